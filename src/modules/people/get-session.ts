import { sql } from 'kysely';
import type { z } from 'zod';
import { Refusal } from '#src/domain/refusals.ts';
import type { Database } from '#src/platform/database.ts';
import { rightsOf } from './find-actor.ts';
import type { Session } from './session-schemas.ts';
import { csrfTokenOf, tokenHash } from './tokens.ts';

type Row = {
  id: string;
  loginId: string;
  name: string;
  mid: string | null;
  roles: string[];
  locale: 'ja' | 'en';
  theme: 'auto' | 'light' | 'dark';
  services: { mid: string; sid: string; name: string; merchantName: string }[];
};

type Options = { token: string; idleMinutes: number };

/** The signed-in user, the services they may see and how they like their screens. */
export async function getSession(
  db: Database,
  { token, idleMinutes }: Options,
): Promise<z.input<typeof Session>> {
  const { rows } = await sql<Row>`
    select users.id, login_id as "loginId", users.name, memberships.mid, roles, locale, theme,
      coalesce((
        select json_agg(json_build_object('mid', services.mid, 'sid', sid, 'name', services.name, 'merchantName', merchants.name)
               order by services.mid, sid)
        from services join merchants on merchants.mid = services.mid
        where memberships.mid is null
          or (services.mid = memberships.mid and (memberships.sids is null or sid = any (memberships.sids)))
      ), '[]') as services
    from sessions
      join users on users.id = sessions.user_id
      join memberships on memberships.id = sessions.membership_id
    where token_hash = ${tokenHash(token)}`.execute(db);
  const [user] = rows;
  if (!user) throw new Refusal('not_signed_in');
  const { id, loginId, name, mid, roles, locale, theme, services } = user;
  const rights = [...rightsOf({ mid, roles })];
  return {
    user: { id, userId: loginId, name, kind: mid === null ? 'operator' : 'merchant', roles, rights },
    services,
    preferences: { locale, theme },
    csrfToken: csrfTokenOf(token),
    idleTimeoutSeconds: idleMinutes * 60,
  };
}
