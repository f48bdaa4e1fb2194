import { type SqlBool, sql } from 'kysely';
import type { z } from 'zod';
import { instantText } from '#src/domain/days.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Database } from '#src/platform/database.ts';
import type { InstitutionFilter, Institutions } from './institution-schemas.ts';

type Wanted = z.output<typeof InstitutionFilter> & { limit: number; cursor?: string | undefined };

/** The institutions that send requests, by their ids. Only operators ask. */
export async function listInstitutions(
  db: Database,
  _: Actor,
  { limit, cursor, q, kind, state }: Wanted,
): Promise<z.input<typeof Institutions>> {
  const rows = await db
    .selectFrom('institutions')
    .select(['id', 'name', 'kind', 'retired_at as retiredAt'])
    .select(waitingOf.as('waiting'))
    .$if(cursor !== undefined, (query) => query.where('id', '>', cursor ?? ''))
    .$if(q !== undefined && q !== '', (query) => query.where(contains(q ?? '')))
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? 'card'))
    .$if(state !== undefined, (query) =>
      query.where('retired_at', state === 'retired' ? 'is not' : 'is', null),
    )
    .orderBy('id')
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  return {
    data: page.map(({ retiredAt, ...row }) => ({ ...row, retiredAt: retiredAt && instantText(retiredAt) })),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

const contains = (q: string) => sql<SqlBool>`position(lower(${q}) in lower(id || ' ' || name)) > 0`;

/** How many of an institution's cases wait for an answer, from the kept counts. */
export const waitingOf = sql<number>`(
  select coalesce(sum(count), 0)::integer from case_counts
  where case_counts.institution_id = institutions.id and status in ('received', 'correcting'))`;
