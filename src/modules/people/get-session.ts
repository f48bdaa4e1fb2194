import { sql } from 'kysely';
import type { z } from 'zod';
import { Refusal } from '#src/domain/refusals.ts';
import type { Database } from '#src/platform/database.ts';
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

type Options = { token: string; idleMinutes: number; rights: z.input<typeof Session>['user']['rights'] };

/** The signed-in user, the services they may see and how they like their screens. */
export async function getSession(
  db: Database,
  { token, idleMinutes, rights }: Options,
): Promise<z.input<typeof Session>> {
  const { rows } = await sql<Row>`
    select users.id, login_id as "loginId", users.name, users.mid, roles, locale, theme,
      coalesce((
        select json_agg(json_build_object('mid', services.mid, 'sid', sid, 'name', services.name, 'merchantName', merchants.name)
               order by services.mid, sid)
        from services join merchants on merchants.mid = services.mid
        where users.mid is null or (services.mid = users.mid and (users.sids is null or sid = any (users.sids)))
      ), '[]') as services
    from sessions join users on users.id = sessions.user_id
    where token_hash = ${tokenHash(token)}`.execute(db);
  const [user] = rows;
  if (!user) throw new Refusal('not_signed_in');
  const { id, loginId, name, mid, roles, locale, theme, services } = user;
  return {
    user: { id, userId: loginId, name, kind: mid === null ? 'operator' : 'merchant', roles, rights },
    services,
    preferences: { locale, theme },
    csrfToken: csrfTokenOf(token),
    idleTimeoutSeconds: idleMinutes * 60,
  };
}
