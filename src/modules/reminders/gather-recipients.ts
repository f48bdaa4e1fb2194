import { contactsFor } from '#src/modules/merchants/index.ts';
import { findAdmins } from '#src/modules/people/index.ts';
import type { Tx } from '#src/platform/transaction.ts';
import type { DueTurn } from './find-due.ts';
import type { DigestOrder, Recipient } from './write-digest.ts';

/** Who is told of a merchant's cases, and for each case how many of each kind. */
export type Gathered = {
  orders: DigestOrder[];
  counts: Map<string, { contacts: number; merchantAdmins: number; waitsForOperators: boolean }>;
};

type ByAdmin = Map<string, { admin: Recipient; caseIds: string[] }>;

/**
 * Finds who is told of each case: its service's contacts, the merchant's admins. Where there is nobody to be told the next in the
 * ladder are, up to the PSP's operators, so that no reminder is lost for want of an address.
 */
export async function gatherRecipients(tx: Tx, mid: string, turns: readonly DueTurn[]): Promise<Gathered> {
  const gathered: Gathered = { orders: [], counts: new Map() };
  const byAdmin: ByAdmin = new Map();
  for (const ofService of Map.groupBy(turns, ({ sid, category }) => `${sid} ${category}`).values())
    await gatherService(tx, { mid, ofService, gathered, byAdmin });
  for (const { admin, caseIds } of byAdmin.values())
    gathered.orders.push({ audience: 'merchant_admins', mid, sid: null, to: [admin], caseIds });
  return gathered;
}

type Service = { mid: string; ofService: readonly DueTurn[]; gathered: Gathered; byAdmin: ByAdmin };

async function gatherService(tx: Tx, { mid, ofService, gathered, byAdmin }: Service): Promise<void> {
  const [first] = ofService;
  if (!first) return;
  const { sid, category } = first;
  const contacts = await contactsFor(tx, { mid, sid, category });
  const admins = await findAdmins(tx, { mid, sids: [sid] });
  const reachable = contacts.filter(({ isUnreachable }) => !isUnreachable).length;
  const told = ofService.map((turn) => ({ ...turn, ...toldOf(turn, { all: contacts.length, reachable }) }));
  const toContacts = told.filter(({ contacts: areTold }) => areTold).map(({ caseId }) => caseId);
  if (toContacts.length > 0)
    gathered.orders.push({ audience: 'contacts', mid, sid, to: contacts, caseIds: toContacts });
  for (const { caseId, send, contacts: areTold, admins: adminsAreTold } of told) {
    if (adminsAreTold) addTo(byAdmin, admins, caseId);
    gathered.counts.set(caseId, {
      contacts: areTold ? contacts.length : 0,
      merchantAdmins: adminsAreTold ? admins.length : 0,
      waitsForOperators: send.to.includes('operators') || (adminsAreTold && admins.length === 0),
    });
  }
}

type Count = { all: number; reachable: number };

/** Which of a merchant's people are told of a case; its admins also in place of contacts who are not there or not reached. */
function toldOf(
  { send: { to } }: DueTurn,
  { all, reachable }: Count,
): { contacts: boolean; admins: boolean } {
  const wantsContacts = to.includes('contacts');
  return {
    contacts: wantsContacts && all > 0,
    admins: to.includes('merchant_admins') || (wantsContacts && reachable === 0),
  };
}

function addTo(byAdmin: ByAdmin, admins: readonly Recipient[], caseId: string): void {
  for (const admin of admins) {
    const known = byAdmin.get(admin.email) ?? { admin, caseIds: [] };
    known.caseIds.push(caseId);
    byAdmin.set(admin.email, known);
  }
}
