import { hash } from 'node:crypto';
import { sql } from 'kysely';
import { objectIn, type Sent } from '#src/domain/provider-message.ts';
import { Refusal } from '#src/domain/refusals.ts';
import { type InstitutionActor, theSystem } from '#src/platform/actor.ts';
import { newId } from '#src/platform/ids.ts';
import { placeOf } from '#src/platform/sealed-columns.ts';
import type { Sealing } from '#src/platform/sealing.ts';
import type { ActingFor, Tx } from '#src/platform/transaction.ts';
import { applyMessage } from './apply-message.ts';
import { type AdapterRules, findRules } from './find-adapters.ts';
import { type Arrived, isSigned } from './is-signed.ts';
import { mayBeKept, readMessage, type Said } from './read-message.ts';

export type AdapterParts = { sealing: Sealing; actingFor: ActingFor };

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

type Sending = { adapterId: string; body: Buffer; header: Arrived['header'] };

/**
 * Takes in what a provider sends. It is stored before it is answered, whatever becomes of it, and does nothing a second time;
 * what is not signed as it should be is refused and counted.
 */
export async function receiveMessage(
  { sealing, actingFor }: AdapterParts,
  { adapterId, body, header }: Sending,
): Promise<AdapterRules['kind']> {
  if (!uuid.test(adapterId)) throw new Refusal('wrong_signature');
  const system = actingFor({ actor: theSystem });
  const { rules, secrets } = await system.reading(async (db) => ({
    rules: await findRules(db, adapterId),
    secrets: await db
      .selectFrom('adapter_secrets')
      .select(['id', 'sealed_secret'])
      .where('adapter_id', '=', adapterId)
      .where(sql<boolean>`(expires_at is null or expires_at > now())`)
      .execute(),
  }));
  if (!rules?.isOn) throw new Refusal('wrong_signature');
  const opened = secrets.map(({ id, sealed_secret }) =>
    sealing.open(sealed_secret, placeOf('adapter_secrets.sealed_secret', id)).toString(),
  );
  const parsed = body.length === 0 ? {} : objectIn(JSON.parse(body.toString()));
  if (!isSigned(rules.kind, { body, parsed, header, now: new Date() }, opened)) {
    await system.inTransaction((tx) => countWrong(tx, rules));
    throw new Refusal('wrong_signature');
  }
  const named = rules.kind === 'mapping' ? header('webhook-id') : undefined;
  const acting = actingFor({ actor: actorOf(rules), right: 'take_in_cases' });
  for (const said of await readMessage(rules, parsed)) {
    const eventKey = (named ?? said.message.eventKey) || hash('sha256', body);
    const text = rules.kind === 'adyen' ? JSON.stringify(said.part) : body.toString();
    await acting.inTransaction((tx) =>
      store(tx, { sealing, rules, said, eventKey: eventKey.slice(0, 300), text }),
    );
  }
  return rules.kind;
}

/** What an adapter does is done as its institution: the database lets it make cases for no other. */
const actorOf = ({ id, name, institutionId }: AdapterRules): InstitutionActor => ({
  kind: 'institution',
  ...{ id, name, institutionId },
  rights: new Set(['take_in_cases', 'withdraw_cases']),
});

type Stored = { sealing: Sealing; rules: AdapterRules; said: Said; eventKey: string; text: string };

/** Two of the same wait for each other at the row, and the second finds it. */
async function store(tx: Tx, { sealing, rules, said, eventKey, text }: Stored): Promise<void> {
  const id = newId();
  const sealed = mayBeKept(said.part)
    ? sealing.seal(text, placeOf('adapter_messages.sealed_body', id))
    : null;
  const added = await tx
    .insertInto('adapter_messages')
    .values({
      ...{ id, adapter_id: rules.id, institution_id: rules.institutionId, event_key: eventKey },
      ...{ reference: referenceOf(said), account: accountOf(said), outcome: 'refused', sealed_body: sealed },
    })
    .onConflict((conflict) => conflict.columns(['adapter_id', 'event_key']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!added) return countAgain(tx, rules.id, eventKey);
  const { outcome, caseId, problems } = await applyMessage(tx, actorOf(rules), {
    rules,
    said,
    messageId: id,
  });
  await tx
    .updateTable('adapter_messages')
    .set({ outcome, case_id: caseId, problems: JSON.stringify(problems) })
    .where('id', '=', id)
    .execute();
  tx.record('adapter.receive', [rules.id, ...(caseId ? [caseId] : [])], { outcome });
}

export const referenceOf = ({ message }: Said): string | null => message.reference?.slice(0, 300) ?? null;

/** The provider's account that an inquiry belongs to; an answer has to name it. */
export const accountOf = ({ message }: Said): string | null =>
  (message.says === 'inquiry' && message.facts.account.slice(0, 300)) || null;

async function countAgain(tx: Tx, adapterId: string, eventKey: string): Promise<void> {
  await sql`update adapter_messages set times = times + 1 where adapter_id = ${adapterId} and event_key = ${eventKey}`.execute(
    tx,
  );
}

/** One row an hour, however many come: whoever knows the address could fill the database otherwise. */
async function countWrong(tx: Tx, { id, institutionId }: AdapterRules): Promise<void> {
  await sql`
    insert into adapter_messages (id, adapter_id, institution_id, event_key, outcome, problems)
    values (${newId()}, ${id}, ${institutionId}, 'wrong-signature ' || to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24'),
      'refused', '[{"pointer": "", "code": "wrong_signature"}]')
    on conflict (adapter_id, event_key) do update set times = adapter_messages.times + 1, run_at = now()`.execute(
    tx,
  );
  tx.record('adapter.refuse', [id]);
}

/** A message as it was kept, to be read again. */
export const parsedBody = (text: string): Sent => objectIn(JSON.parse(text));
