import { z } from 'zod';
import type { Actor } from '#src/platform/actor.ts';
import type { Database } from '#src/platform/database.ts';

export const Institutions = z
  .object({
    data: z.array(z.object({ id: z.string(), name: z.string() })),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'Institutions' });

type Page = { limit: number; cursor?: string | undefined };

/** The institutions that send requests, by their ids. Only operators ask. */
export async function listInstitutions(
  db: Database,
  _: Actor,
  { limit, cursor }: Page,
): Promise<z.input<typeof Institutions>> {
  const rows = await db
    .selectFrom('institutions')
    .select(['id', 'name'])
    .$if(cursor !== undefined, (query) => query.where('id', '>', cursor ?? ''))
    .orderBy('id')
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  return { data: page, nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}
