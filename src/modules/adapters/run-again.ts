import type { z } from 'zod';
import { Refusal } from '#src/domain/refusals.ts';
import type { Locale } from '#src/domain/text.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Acting, Tx } from '#src/platform/transaction.ts';
import type { AdapterMessageInFull } from './adapter-schemas.ts';
import { applyMessage } from './apply-message.ts';
import { type AdapterRules, getRules } from './find-adapters.ts';
import { getMessage } from './find-messages.ts';
import { readMessage, type Said } from './read-message.ts';
import { accountOf, parsedBody, referenceOf } from './receive-message.ts';

type Asked = { messageId: string };

/** Reads a refused message once more by the rules as they are now. One that became a case meanwhile is left as it is. */
export async function runAgain(
  { inTransaction, reading }: Acting,
  actor: Actor,
  { messageId }: Asked,
  locale: Locale,
): Promise<z.input<typeof AdapterMessageInFull>> {
  const { rules, body } = await reading(async (db) => {
    const found = await getMessage(db, actor, messageId, locale);
    return { rules: await getRules(db, found.adapterId), body: found.body };
  });
  // Outside of the transaction: an expression takes its time.
  const [said] = body === null ? [] : await readMessage(rules, parsedBody(body));
  return inTransaction(async (tx) => {
    if (said) await runLocked(tx, actor, { rules, said, messageId });
    tx.record('adapter.run_again', [messageId]);
    return getMessage(tx, actor, messageId, locale);
  });
}

async function runLocked(
  tx: Tx,
  actor: Actor,
  { rules, said, messageId }: { rules: AdapterRules; said: Said; messageId: string },
): Promise<void> {
  const found = await tx
    .selectFrom('adapter_messages')
    .select(['outcome', 'sealed_body'])
    .where('id', '=', messageId)
    .forUpdate()
    .executeTakeFirst();
  if (!found) throw new Refusal('not_found');
  if (found.outcome !== 'refused' || !found.sealed_body) return;
  const { outcome, caseId, problems } = await applyMessage(tx, actor, { rules, said, messageId });
  await tx
    .updateTable('adapter_messages')
    .set({ outcome, case_id: caseId, problems: JSON.stringify(problems) })
    .set({ reference: referenceOf(said), account: accountOf(said) })
    .where('id', '=', messageId)
    .execute();
}
