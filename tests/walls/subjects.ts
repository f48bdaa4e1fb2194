/** The things whose ids stand in paths: what each kind is made of, whose they are, and what an id of the kind looks like. */
import { randomBytes, randomUUID } from 'node:crypto';
import { placeOf } from '#src/platform/sealed-columns.ts';
import { aPerson, inDays, type World } from '#tests/support/world.ts';
import { makeAdapters, makeReplies } from './adapter-subjects.ts';
import { call } from './call.ts';
import { type Caller, maySee, withOwnSession } from './callers.ts';
import type { Owner, Parties } from './parties.ts';
import { makeReturnFiles } from './return-subjects.ts';
import { makeWebhooks } from './webhook-subjects.ts';

export type Subject = { id: string; owner: Owner };

type Kind = {
  subjects: readonly Subject[];
  /** A well-formed id of nothing; left out where every well-formed id is something. */
  unknown?: string;
  malformed?: string;
  /** Who sees one, where it is not simply its owner. */
  isSeenBy?: (caller: Caller, owner: Owner) => boolean;
};

export type SubjectKind =
  | 'adapter'
  | 'adapterMessage'
  | 'adapterReply'
  | 'passkey'
  | 'case'
  | 'openCase'
  | 'answeredCase'
  | 'user'
  | 'session'
  | 'notificationType'
  | 'webhook'
  | 'webhookThatIsOff'
  | 'webhookDelivery'
  | 'apiKey'
  | 'merchant'
  | 'institution'
  | 'returnFile'
  | 'closingPeriod'
  | 'contact'
  | 'template'
  | 'savedFilter'
  | 'import';
export type Subjects = Readonly<Record<SubjectKind, Kind>>;

/** Makes subjects of every kind for both merchants, both services and both institutions. */
export async function makeSubjects(
  world: World,
  parties: Parties,
  callers: readonly Caller[],
): Promise<Subjects> {
  const asked = { unknown: '261124-000-000-000', malformed: 'nonsense' };
  const uuids = { unknown: randomUUID(), malformed: 'nonsense' };
  const open = await makeCases(world, parties, callers, false);
  const answered = await makeCases(world, parties, callers, true);
  const admin = callers.find(({ roles }) => roles.includes('operator.admin'));
  for (const { id } of answered)
    await done(world, admin, `POST /cases/${id}/legal-hold`, { reason: '訴訟のため' });
  const webhooks = await makeWebhooks(world, parties);
  const adapters = await makeAdapters(world, parties);
  return {
    ...webhooks,
    adapter: { subjects: adapters.map(({ adapter }) => adapter), ...uuids, isSeenBy: maySee },
    adapterMessage: { subjects: adapters.map(({ message }) => message), ...uuids, isSeenBy: maySee },
    adapterReply: {
      subjects: await makeReplies(
        world,
        adapters[0]?.adapter.id ?? '',
        answered.map(({ id }) => id),
      ),
      ...uuids,
      isSeenBy: maySee,
    },
    case: { subjects: [...open, ...answered], ...asked },
    openCase: { subjects: open, ...asked },
    answeredCase: { subjects: answered, ...asked },
    passkey: {
      subjects: [await makePasskey(world, parties)],
      unknown: '018f0000-0000-7000-8000-000000000000',
      malformed: 'nonsense',
      // A passkey is its person's alone, whoever else works for the same merchant.
      isSeenBy: () => false,
    },
    user: { subjects: await makeUsers(world, parties), ...uuids, isSeenBy: managesUsersOf },
    // Nobody has anything to do with another person's session.
    session: { subjects: [await makeSession(world, parties)], ...uuids, isSeenBy: () => false },
    notificationType: {
      subjects: [{ id: 'inquiry.other', owner: { only: 'operators' } }],
      malformed: 'nonsense',
      isSeenBy: () => true,
    },
    apiKey: {
      subjects: await makeKeys(world, parties),
      ...uuids,
      isSeenBy: (caller, owner) =>
        maySee(caller, owner) && (!caller.sids || ('sid' in owner && owner.sid !== undefined)),
    },
    merchant: {
      subjects: [parties.m1, parties.m2].map((mid) => ({ id: mid, owner: { mid } })),
      unknown: '00000',
      malformed: 'nonsense',
    },
    institution: {
      subjects: [parties.i1, parties.i2].map((id) => ({ id, owner: { institutionId: id } })),
      unknown: 'NONE',
      malformed: 'nonsense',
    },
    returnFile: { subjects: await makeReturnFiles(world, parties), ...uuids },
    // Operators alone come to them, and one that is removed is gone for whoever asks next.
    closingPeriod: { subjects: [], ...uuids },
    contact: { subjects: await makeContacts(world, parties), ...uuids },
    import: { subjects: [await makeImport(world, parties)], ...uuids },
    savedFilter: { subjects: await makeSavedFilters(world, parties), ...uuids, isSeenBy: () => false },
    template: { subjects: [await makeTemplate(world, parties)], ...uuids },
  };
}

async function makePasskey(world: World, { m1 }: Parties): Promise<Subject> {
  const { id: user_id } = await aPerson(world, { name: '鍵の持ち主', mid: m1, roles: ['admin'], sids: null });
  const id = randomUUID();
  await world.db
    .insertInto('passkeys')
    .values({
      ...{ id, user_id, name: '鍵', credential_id: id, sign_count: 0 },
      ...{ public_key: Buffer.alloc(1), transports: [] },
    })
    .execute();
  return { id, owner: { mid: m1 } };
}

/** Keys that work no longer, so that nothing comes of it when one is replaced. */
async function makeKeys({ db }: World, { m1, m2, i1, canary }: Parties): Promise<Subject[]> {
  const owners: Owner[] = [
    { mid: m1 },
    { mid: m1, sid: '002' },
    { mid: m2 },
    { institutionId: i1 },
    { only: 'operators' },
  ];
  const subjects = owners.map((owner) => ({ id: randomUUID(), owner }));
  const rows = subjects.map(({ id, owner }) => ({
    id,
    key_hash: randomBytes(32),
    name: canary(owner),
    rights: [],
    mid: 'mid' in owner ? owner.mid : null,
    sids: 'sid' in owner && owner.sid ? [owner.sid] : null,
    institution_id: 'institutionId' in owner && !('mid' in owner) ? (owner.institutionId ?? null) : null,
    disabled_at: new Date(),
  }));
  await db.insertInto('api_keys').values(rows).execute();
  return subjects;
}

async function makeImport({ db, vault }: World, { i1 }: Parties): Promise<Subject> {
  const id = randomUUID();
  const sealed_name = vault.seal('a.csv', placeOf('imports.sealed_name', id));
  const values = { id, institution_id: i1, sealed_name, uploaded_by: randomUUID() };
  await db
    .insertInto('imports')
    .values({ ...values, format: 'csv', encoding: 'utf-8', state: 'done' })
    .execute();
  return { id, owner: { only: 'operators' } };
}

/** Of people who are none of the callers: nobody sees what another keeps, colleague or operator. */
async function makeSavedFilters(world: World, { m1, m2, canary }: Parties): Promise<Subject[]> {
  const subjects: Subject[] = [];
  for (const mid of [m1, m2, null]) {
    const roles = [mid === null ? 'agent' : 'viewer'] as const;
    const person = await aPerson(world, { name: '条件の持ち主', mid, roles: [...roles], sids: null });
    const owner: Owner = { only: 'operators' };
    const { id: membership_id } = await world.db
      .selectFrom('memberships')
      .select('id')
      .where('user_id', '=', person.id)
      .executeTakeFirstOrThrow();
    const id = randomUUID();
    const values = { id, membership_id, name: canary(owner), query: JSON.stringify({}) };
    await world.db.insertInto('saved_filters').values(values).execute();
    subjects.push({ id, owner });
  }
  return subjects;
}

async function makeTemplate({ db }: World, { i1, canary }: Parties): Promise<Subject> {
  const owner: Owner = { only: 'operators' };
  const id = randomUUID();
  await db
    .insertInto('supplement_templates')
    .values({ id, institution_id: i1, name: canary(owner), body: canary(owner) })
    .execute();
  return { id, owner };
}

async function makeContacts({ db }: World, { m1, m2, canary }: Parties): Promise<Subject[]> {
  const owners = [
    { mid: m1, sid: '001' },
    { mid: m1, sid: '002' },
    { mid: m2, sid: '001' },
  ];
  const subjects = owners.map((owner) => ({ id: randomUUID(), owner }));
  const rows = subjects.map(({ id, owner }) => ({
    id,
    ...owner,
    category: 'inquiry_cancellation' as const,
    // Mails are written to them, and name them: they are the merchant's, whatever service they hear of.
    name: canary({ mid: owner.mid }),
    email: `${canary({ mid: owner.mid })}@example.jp`,
  }));
  await db.insertInto('contacts').values(rows).execute();
  return subjects;
}

/** Whether a caller sees a subject of a kind. */
export const sees = (kind: Kind, caller: Caller, owner: Owner): boolean =>
  (kind.isSeenBy ?? maySee)(caller, owner);

/** People who do not call themselves: of both merchants, for all services and for one, and one of the operators. */
async function makeUsers(world: World, { m1, m2, canary }: Parties): Promise<Subject[]> {
  const owners: { mid: string | null; sid?: string }[] = [
    ...[{ mid: m1 }, { mid: m1, sid: '001' }, { mid: m1, sid: '002' }],
    ...[{ mid: m2 }, { mid: m2, sid: '002' }, { mid: null }],
  ];
  const subjects: Subject[] = [];
  for (const { mid, sid } of owners) {
    const owner: Owner = mid === null ? { only: 'operators' } : { mid, ...(sid && { sid }) };
    const name = canary(mid === null ? owner : { mid });
    const roles = mid === null ? (['auditor'] as const) : (['viewer'] as const);
    const { id } = await aPerson(world, { name, mid, roles: [...roles], sids: sid ? [sid] : null });
    const membership = await membershipOf(world, id);
    subjects.push({ id: membership, owner });
  }
  return subjects;
}

const membershipOf = async ({ db }: World, userId: string): Promise<string> =>
  (await db.selectFrom('memberships').select('id').where('user_id', '=', userId).executeTakeFirstOrThrow())
    .id;

/** Who is limited to services manages those who are limited to the same. */
const managesUsersOf = (caller: Caller, owner: Owner): boolean =>
  maySee(caller, owner) && (!caller.sids || ('sid' in owner && owner.sid !== undefined));

async function makeSession(world: World, { m1, canary }: Parties): Promise<Subject> {
  const person = { name: canary({ mid: m1 }), mid: m1, roles: ['viewer' as const], sids: null };
  const { id } = await aPerson(world, person);
  const session = await world.db
    .selectFrom('sessions')
    .select('id')
    .where('user_id', '=', id)
    .executeTakeFirstOrThrow();
  return { id: session.id, owner: { mid: m1 } };
}

async function makeCases(
  world: World,
  parties: Parties,
  callers: readonly Caller[],
  isAnswered: boolean,
): Promise<Subject[]> {
  const { m1, m2, i1, i2 } = parties;
  const owners = [
    { mid: m1, sid: '001', institutionId: i1 },
    { mid: m1, sid: '002', institutionId: i1 },
    { mid: m1, sid: '001', institutionId: i2 },
    { mid: m2, sid: '001', institutionId: i1 },
    { mid: m2, sid: '001', institutionId: i2 },
  ];
  const subjects: Subject[] = [];
  for (const owner of owners) subjects.push(await makeCase(world, parties, callers, { owner, isAnswered }));
  return subjects;
}

type NewCase = { owner: { mid: string; sid: string; institutionId: string }; isAnswered: boolean };

/** A case with a draft or an answer, taken in and answered over the API; all its texts are canaries. */
async function makeCase(
  world: World,
  { canary }: Parties,
  callers: readonly Caller[],
  { owner, isAnswered }: NewCase,
): Promise<Subject> {
  const sender = callers.find(
    ({ institutionId, roles }) => institutionId === owner.institutionId && roles.length > 0,
  );
  const clerk = callers.find(
    ({ mid, sids, roles }) => mid === owner.mid && !sids && roles.includes('merchant.responder'),
  );
  const { mid, sid } = owner;
  const request = {
    institutionReference: canary(owner),
    notificationType: 'cancellation.method_unknown',
    ...{ mid, sid, requestedAt: inDays(-1), dueAt: inDays(7), supplement: canary(owner) },
    payment: {
      trackingId: String(Math.floor(Math.random() * 1e13)).padStart(14, '3'),
      method: 'credit_card',
      amount: { value: 12_800, currency: 'JPY' },
      ...{ customerId: canary(owner), orderId: canary(owner), productName: canary(owner) },
      ...{ paidAt: inDays(-20), goods: 'subscription', cardBrand: canary(owner), cardLast4: '1234' },
    },
  };
  const id: string = (await done(world, sender, 'POST /cases', request, { 'idempotency-key': randomUUID() }))
    .id;
  // What is being written is the merchant's alone until it is registered.
  const reason = canary(isAnswered ? owner : { mid, sid });
  const content = { cancellation: { result: 'refused', reason } };
  await done(world, clerk, `PUT /cases/${id}/draft`, { content }, { 'if-match': '"0"' });
  if (isAnswered) await done(world, clerk, `POST /cases/${id}/answer`, { draftVersion: 1 });
  return { id, owner };
}

async function done(
  world: World,
  caller: Caller | undefined,
  route: string,
  body: unknown,
  headers: Record<string, string> = {},
) {
  const [method = '', path = ''] = route.split(' ');
  const reply = await call(world, caller && (await withOwnSession(world, caller)), {
    method,
    path: `/api/v1${path}`,
    body,
    headers,
  });
  if (reply.status >= 300) throw new Error(`${route} gave ${reply.status}: ${reply.text}`);
  return JSON.parse(reply.text);
}
