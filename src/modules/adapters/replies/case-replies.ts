import type { z } from 'zod';
import type { AdapterKind } from '#src/domain/adapter-settings.ts';
import { Refusal } from '#src/domain/refusals.ts';
import { takesAnswer } from '#src/domain/replies.ts';
import { visibleTo } from '#src/modules/cases/index.ts';
import type { OperatorActor } from '#src/platform/actor.ts';
import { placeOf } from '#src/platform/sealed-columns.ts';
import type { Reader } from '#src/platform/transaction.ts';
import { selectReplies, toReply } from './list-replies.ts';
import type { CaseReplies } from './reply-schemas.ts';

type Found = z.input<typeof CaseReplies>;

/** What a case came by, and what became of each version of its answer there, with every call. */
export async function getCaseReplies(
  db: Reader,
  actor: OperatorActor,
  { caseId }: { caseId: string },
): Promise<Found> {
  const found = await db
    .selectFrom('cases')
    .leftJoin('case_keys', 'case_keys.case_id', 'cases.id')
    .select('wrapped_key')
    .where('cases.id', '=', caseId)
    .where(visibleTo(actor))
    .executeTakeFirst();
  if (!found) throw new Refusal('case_not_found');
  const replies = await selectReplies(db, actor)
    .where('reply.case_id', '=', caseId)
    .orderBy('version')
    .execute();
  const key =
    found.wrapped_key &&
    actor.rights.has('read_personal_data') &&
    db.vault.caseKey(caseId, found.wrapped_key);
  const calls = await db
    .selectFrom('adapter_reply_calls')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return {
    caseId,
    adapter: await adapterOf(db, caseId),
    data: replies.map((row) => ({
      ...toReply(row),
      calls: calls
        .filter(({ reply_id }) => reply_id === row.id)
        .map(({ id, at, call, status, reason, milliseconds, sealed_said: sealed }) => {
          const place = placeOf('adapter_reply_calls.sealed_said', id);
          const said = key && sealed ? key.open(sealed, place).toString() : null;
          return { at: at.toISOString(), call, status, reason, said, milliseconds };
        }),
    })),
  };
}

async function adapterOf(db: Reader, caseId: string): Promise<Found['adapter']> {
  const row = await db
    .selectFrom('adapter_messages as message')
    .innerJoin('adapters', 'adapters.id', 'message.adapter_id')
    .leftJoin('adapter_outlets as outlet', 'outlet.adapter_id', 'adapters.id')
    .select([
      'adapters.id',
      'adapters.name',
      'adapters.kind',
      'message.reference',
      'outlet.is_on',
      'broken_at',
    ])
    .where('message.case_id', '=', caseId)
    .where('message.outcome', '=', 'created')
    .orderBy('message.received_at')
    .limit(1)
    .executeTakeFirst();
  if (!row) return null;
  const kind = row.kind as AdapterKind;
  return {
    ...{ id: row.id, name: row.name, kind, takesAnswer: takesAnswer(kind, row.reference) },
    ...{ isOn: row.is_on ?? false, isBroken: row.broken_at !== null },
  };
}
