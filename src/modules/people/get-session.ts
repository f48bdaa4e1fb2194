import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { instantText } from '#src/domain/days.ts';
import { Refusal } from '#src/domain/refusals.ts';
import { type ClosingDaysView, closingDaysJson } from '#src/modules/calendar/index.ts';
import type { Database } from '#src/platform/database.ts';
import { productNow } from '#src/platform/product-clock.ts';
import { rightsOf } from './find-actor.ts';
import type { Session } from './session-schemas.ts';
import { csrfTokenOf, tokenHash } from './tokens.ts';

/** What a session's view is made of. */
export type SessionRow = {
  id: string;
  loginId: string;
  name: string;
  membershipId: string;
  mid: string | null;
  roles: string[];
  locale: 'ja' | 'en';
  theme: 'auto' | 'light' | 'dark';
  services: { mid: string; sid: string; name: string; merchantName: string }[];
  memberships: { id: string; mid: string | null; merchantName: string | null }[];
  now: Date;
  closingDays: z.input<typeof ClosingDaysView>;
};

/** The columns of a `SessionRow`, of a query that has `users` and `memberships`. */
export const sessionColumns: RawBuilder<SessionRow> = sql`
  users.id, login_id as "loginId", users.name, memberships.id as "membershipId", memberships.mid, roles, locale, theme,
  coalesce((
    select json_agg(json_build_object('mid', services.mid, 'sid', sid, 'name', services.name, 'merchantName', merchants.name)
           order by services.mid, sid)
    from services join merchants on merchants.mid = services.mid
    where memberships.mid is null
      or (services.mid = memberships.mid and (memberships.sids is null or sid = any (memberships.sids)))
  ), '[]') as services,
  (select json_agg(json_build_object('id', each.id, 'mid', each.mid, 'merchantName', each.merchant_name))
   from memberships_of(users.id) as each) as memberships,
  ${productNow} as now, ${closingDaysJson()} as "closingDays"`;

/** The signed-in person as the screens know them. */
export function toSession(row: SessionRow, token: string, idleMinutes: number): z.input<typeof Session> {
  const { id, loginId, name, mid, roles, locale, theme, services, memberships, membershipId } = row;
  const rights = [...rightsOf({ mid, roles })];
  return {
    user: { id, userId: loginId, name, kind: mid === null ? 'operator' : 'merchant', roles, rights },
    services,
    membershipId,
    memberships,
    preferences: { locale, theme },
    csrfToken: csrfTokenOf(token),
    idleTimeoutSeconds: idleMinutes * 60,
    now: instantText(row.now),
    closingDays: row.closingDays,
  };
}

type Options = { token: string; idleMinutes: number };

/** The signed-in person, the services they may see and how they like their screens. */
export async function getSession(
  db: Database,
  { token, idleMinutes }: Options,
): Promise<z.input<typeof Session>> {
  const { rows } = await sql<SessionRow>`
    select ${sessionColumns}
    from sessions
      join users on users.id = sessions.user_id
      join memberships on memberships.id = sessions.membership_id
    where token_hash = ${tokenHash(token)}`.execute(db);
  const [row] = rows;
  if (!row) throw new Refusal('not_signed_in');
  return toSession(row, token, idleMinutes);
}
