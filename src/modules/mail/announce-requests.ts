import { sql } from 'kysely';
import type { CaseStatus } from '#src/domain/case-life.ts';
import type { CategoryCode } from '#src/domain/categories.ts';
import { contactsFor, nameService } from '#src/modules/merchants/index.ts';
import { productNow } from '#src/platform/product-clock.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { announcementLetter } from './letter.ts';
import { type MailParts, writeMail } from './write-mail.ts';

type Service = { mid: string; sid: string; category: CategoryCode };
type Waiting = Service & { caseId: string; status: CaseStatus; dueAt: Date };

export type Announced =
  | { outcome: 'told'; mailIds: string[] }
  | { outcome: 'nobody'; mid: string; sid: string }
  | { outcome: 'closed' | 'before' };

type Order = MailParts & { caseId: string };

/**
 * Writes one mail to each contact of a service about all its requests that wait to be told of. A case that was told of before
 * has nothing done for it: what waits now came after it, and its own window is still open.
 */
export async function announceRequests(tx: Tx, { caseId, ...how }: Order): Promise<Announced> {
  const waiting = await takeWaiting(tx, caseId);
  const own = waiting.find((each) => each.caseId === caseId);
  if (!own) return { outcome: 'before' };
  const open = waiting.filter(({ status }) => status === 'received');
  const contacts = open.length > 0 ? await contactsFor(tx, own) : [];
  await noteOutcome(tx, { waiting, open, outcome: contacts.length > 0 ? 'told' : 'nobody' });
  if (open.length === 0) return { outcome: 'closed' };
  if (contacts.length === 0) return { outcome: 'nobody', mid: own.mid, sid: own.sid };

  const announcement = await summarise(tx, own, open);
  const about = { mid: own.mid, sid: own.sid, caseIds: idsOf(open) };
  const mailIds: string[] = [];
  for (const { id: contactId, name, email, locale } of contacts) {
    const letter = announcementLetter({ ...announcement, contactName: name }, how.sender, locale);
    mailIds.push(await writeMail(tx, { to: { name, address: email, contactId }, letter, about, ...how }));
  }
  return { outcome: 'told', mailIds };
}

/**
 * Locks all that waits for the service of a case, in one order, so that two jobs cannot share it out between them: the second
 * waits for the first and then finds its case told.
 */
async function takeWaiting(tx: Tx, caseId: string): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select waiting.case_id as "caseId", own.mid, own.sid, own.category, cases.status, cases.due_at as "dueAt"
    from announcements own
      join announcements waiting on (waiting.mid, waiting.sid, waiting.category) = (own.mid, own.sid, own.category)
      join cases on cases.id = waiting.case_id
    where own.case_id = ${caseId} and own.announced_at is null and waiting.announced_at is null
    order by waiting.case_id
    for update of waiting`.execute(tx);
  return rows;
}

type Noted = { waiting: readonly Waiting[]; open: readonly Waiting[]; outcome: 'told' | 'nobody' };

/** That nobody was told stays in the row, where an operator finds it. */
async function noteOutcome(tx: Tx, { waiting, open, outcome }: Noted): Promise<void> {
  await sql`
    update announcements
    set announced_at = ${productNow}, outcome = case when case_id = any(${idsOf(open)}) then ${outcome} else 'closed' end
    where case_id = any(${idsOf(waiting)})`.execute(tx);
}

async function summarise(tx: Tx, service: Service, open: readonly Waiting[]) {
  const names = await nameService(tx, service);
  const dues = open.map(({ dueAt }) => dueAt.getTime());
  return {
    ...service,
    merchantName: names.merchant,
    serviceName: names.service,
    count: open.length,
    dueAt: new Date(Math.min(...dues)),
    duesDiffer: new Set(dues).size > 1,
  };
}

const idsOf = (rows: readonly Waiting[]): string[] => rows.map(({ caseId }) => caseId);
