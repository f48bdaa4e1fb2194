import { sql } from 'kysely';
import { jsonArrayFrom, jsonObjectFrom } from 'kysely/helpers/postgres';
import type { z } from 'zod';
import type { AdapterKind } from '#src/domain/adapter-settings.ts';
import { instantText } from '#src/domain/days.ts';
import { Refusal } from '#src/domain/refusals.ts';
import { takesAnswer } from '#src/domain/replies.ts';
import { visibleTo } from '#src/modules/cases/index.ts';
import type { OperatorActor } from '#src/platform/actor.ts';
import type { Database } from '#src/platform/database.ts';
import { placeOf } from '#src/platform/sealed-columns.ts';
import type { Reader } from '#src/platform/transaction.ts';
import { selectReplies, toReply } from './list-replies.ts';
import type { CaseReplies } from './reply-schemas.ts';

type Found = z.input<typeof CaseReplies>;

/** What a case came by, and what became of each version of its answer there, with every call, in one statement. */
export async function getCaseReplies(
  db: Reader,
  actor: OperatorActor,
  { caseId }: { caseId: string },
): Promise<Found> {
  const found = await selectCaseReplies(db, actor)
    .where('cases.id', '=', caseId)
    .where(visibleTo(actor))
    .executeTakeFirst();
  if (!found) throw new Refusal('case_not_found');
  const { wrapped_key, adapter, replies } = found;
  const maySee = actor.rights.has('read_personal_data');
  const key = wrapped_key && maySee ? db.vault.caseKey(caseId, wrapped_key) : undefined;
  return {
    caseId,
    adapter: adapter && toAdapter(adapter),
    data: replies.map(({ calls, ...row }) => ({
      ...toReply(row),
      calls: calls.map(({ id, at, sealed, ...call }) => {
        const place = placeOf('adapter_reply_calls.sealed_said', id);
        const said = key && sealed ? key.open(Buffer.from(sealed, 'base64'), place).toString() : null;
        return { ...call, at: instantText(new Date(at)), said };
      }),
    })),
  };
}

const selectCaseReplies = (db: Database, actor: OperatorActor) =>
  db
    .selectFrom('cases')
    .leftJoin('case_keys', 'case_keys.case_id', 'cases.id')
    .select('wrapped_key')
    .select((eb) => [
      jsonObjectFrom(
        eb
          .selectFrom('adapter_messages as message')
          .innerJoin('adapters', 'adapters.id', 'message.adapter_id')
          .leftJoin('adapter_outlets as outlet', 'outlet.adapter_id', 'adapters.id')
          .select(['adapters.id', 'adapters.name', 'adapters.kind', 'message.reference'])
          .select(['outlet.is_on', 'outlet.broken_at'])
          .whereRef('message.case_id', '=', 'cases.id')
          .where('message.outcome', '=', 'created')
          .orderBy('message.received_at')
          .limit(1),
      ).as('adapter'),
      jsonArrayFrom(
        selectReplies(db, actor)
          .select((reply) =>
            jsonArrayFrom(
              reply
                .selectFrom('adapter_reply_calls as call')
                .select(['call.id', 'call.at', 'call.call', 'call.status', 'call.reason', 'milliseconds'])
                .select(sql<string | null>`encode(sealed_said, 'base64')`.as('sealed'))
                .whereRef('call.reply_id', '=', 'reply.id')
                .orderBy('call.at')
                .orderBy('call.id'),
            ).as('calls'),
          )
          .where(sql<boolean>`reply.case_id = cases.id`)
          .orderBy('reply.version'),
      ).as('replies'),
    ]);

type AdapterRow = NonNullable<
  Awaited<ReturnType<ReturnType<typeof selectCaseReplies>['executeTakeFirstOrThrow']>>['adapter']
>;

function toAdapter({ id, name, kind: stored, reference, is_on, broken_at }: AdapterRow): Found['adapter'] {
  const kind = stored as AdapterKind;
  const state = { isOn: is_on ?? false, isBroken: broken_at !== null };
  return { id, name, kind, takesAnswer: takesAnswer(kind, reference), ...state };
}
