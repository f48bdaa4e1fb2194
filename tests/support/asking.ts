import { sql } from 'kysely';
import { expect } from 'vitest';
import {
  anOperator,
  as,
  type Caller,
  cancelled,
  everythingAbout,
  type Merchant,
  type World,
} from './world.ts';

export const reason = '金額に誤りがあったため';

type Kind = 'correction' | 'extension';
type Decision = { decision: 'granted' | 'refused'; dueAt?: string; reason?: string; number?: number };

/** Another complete answer than `cancelled`. */
export const corrected = {
  cancellation: { ...cancelled.cancellation, lastAmount: { value: 1980, currency: 'JPY' } },
};

/** The words of tests about what comes after an answer. */
export function askingIn(world: World) {
  return {
    ask: (who: Caller, caseId: string, kind: Kind, why = reason) =>
      as(world, who).post(`/cases/${caseId}/${kind}-requests`, { reason: why }),
    decide: async (caseId: string, kind: Kind, { number = 1, ...decision }: Decision, who?: Caller) =>
      as(world, who ?? (await anOperator(world, 'agent'))).post(
        `/cases/${caseId}/${kind}-requests/${number}/decision`,
        { reason: '承知しました', ...decision },
      ),
    /** Saves a draft over the one of that version, and registers it. */
    registerNext: async ({ hanako }: Merchant, caseId: string, content: object, base: number) => {
      const saved = await as(world, hanako).put(
        `/cases/${caseId}/draft`,
        { content },
        { 'if-match': `"${base}"` },
      );
      expect(saved.status).toBe(200);
      return as(world, hanako).post(`/cases/${caseId}/answer`, { draftVersion: base + 1 });
    },
    traces: (caseId: string) => traces(world, caseId),
    institutionOf: async (caseId: string): Promise<string> =>
      (
        await world.db
          .selectFrom('cases')
          .select('institution_id')
          .where('id', '=', caseId)
          .executeTakeFirstOrThrow()
      ).institution_id,
  };
}

/** The case as its rows say, its requests, and the number of jobs, events and entries that tell of it. */
async function traces(world: World, caseId: string) {
  const { rows } = await sql<{ requests: object; told: number; entries: number; due: string }>`
    select (select coalesce(json_agg(json_build_object('kind', kind, 'state', state) order by asked_sequence), '[]')
        from merchant_requests where case_id = ${caseId}) as requests,
      (select count(*)::int from events where case_id = ${caseId}) as told,
      (select count(*)::int from audit_entries where subjects @> array[${caseId}] and action like 'case.%' and action <> 'case.look') as entries,
      (select due_at::text from cases where id = ${caseId}) as due`.execute(world.db);
  return { ...rows[0], ...(await everythingAbout(world, caseId)) };
}
