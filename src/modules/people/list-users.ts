import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { z } from 'zod';
import { Refusal } from '#src/domain/refusals.ts';
import type { Database } from '#src/platform/database.ts';
import { isOneself, managedBy, type UserAdmin } from './managed-by.ts';
import type { User, UserFilter, UserPage } from './user-schemas.ts';

type Filter = z.output<typeof UserFilter>;
type Shown = z.input<typeof User>;
type Row = Omit<Shown, 'lastSignedInAt' | 'invitedUntil'> & {
  lastSignedInAt: Date | null;
  invitedUntil: Date | null;
};

/** The users an admin manages, those who were invited among them, by name. */
export async function listUsers(
  db: Database,
  admin: UserAdmin,
  filter: Filter,
): Promise<z.input<typeof UserPage>> {
  const { limit } = filter;
  const { rows } = await sql<Row>`
    ${people(admin)} and ${sql.join(conditions(filter), sql` and `)}
    order by name collate "C", id limit ${limit + 1}`.execute(db);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { data: page.map(toUser), nextCursor: rows.length > limit && last ? cursorAfter(last) : null };
}

/** One of them. */
export async function getUser(
  db: Database,
  admin: UserAdmin,
  { userId }: { userId: string },
): Promise<Shown> {
  const { rows } = await sql<Row>`${people(admin)} and id = ${userId}`.execute(db);
  const [row] = rows;
  if (!row) throw new Refusal('not_found');
  return toUser(row);
}

const people = (admin: UserAdmin): RawBuilder<unknown> => sql`
  select * from (
    select memberships.id, memberships.mid, merchants.name as "merchantName", login_id as "userId",
      coalesce(memberships.name, users.name) as name, users.email, roles, sids, memberships.version,
      case when coalesce(memberships.disabled_at, users.disabled_at) is not null then 'disabled'
        when sign_in_locked_until(users.id) is not null then 'locked' else 'active' end as state,
      ${isOneself(admin)} as "isOneself",
      memberships.mid is null and exists (select from identities where identities.user_id = users.id) as "hasIdentity",
      last_signed_in_at as "lastSignedInAt", null::timestamptz as "invitedUntil"
    from memberships
      join users on users.id = memberships.user_id
      left join merchants on merchants.mid = memberships.mid
    union all
    select invitations.id, invitations.mid, merchants.name, null, invitations.name, email, roles, sids, invitations.version,
      'invited', false, false, null, expires_at
    from invitations left join merchants on merchants.mid = invitations.mid
  ) as people
  where ${managedBy(admin, { mid: sql.ref('mid'), sids: sql.ref('sids') })}`;

function conditions({ mid, q, role, state, cursor }: Filter): RawBuilder<SqlBool>[] {
  const contains = (column: string): RawBuilder<SqlBool> =>
    sql<SqlBool>`position(lower(${q}) in lower(coalesce(${sql.ref(column)}, ''))) > 0`;
  return [
    sql<SqlBool>`true`,
    ...(mid === undefined
      ? []
      : [mid === 'operators' ? sql<SqlBool>`mid is null` : sql<SqlBool>`mid = ${mid}`]),
    ...(q ? [sql<SqlBool>`(${contains('name')} or ${contains('userId')} or ${contains('email')})`] : []),
    ...(role ? [sql<SqlBool>`${role} = any (roles)`] : []),
    ...(state ? [sql<SqlBool>`state = ${state}`] : []),
    ...(cursor === undefined ? [] : [isAfter(cursor)]),
  ];
}

const cursorAfter = ({ name, id }: Row): string =>
  Buffer.from(JSON.stringify([name, id])).toString('base64url');

function isAfter(cursor: string): RawBuilder<SqlBool> {
  const [name, id] = readCursor(cursor);
  return sql<SqlBool>`(name collate "C", id) > (${name}, ${id}::uuid)`;
}

function readCursor(cursor: string): [string, string] {
  try {
    const [name, id]: unknown[] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (
      typeof name === 'string' &&
      typeof id === 'string' &&
      /^[0-9a-f-]{36}$/.test(id) &&
      !name.includes('\0')
    )
      return [name, id];
  } catch {
    // Told below, like every other cursor that is not ours.
  }
  throw new Refusal('invalid_request', {}, [
    { pointer: '/cursor', code: 'wrong_form', params: { expected: 'nextCursor' } },
  ]);
}

const toUser = ({ lastSignedInAt, invitedUntil, ...row }: Row): Shown => ({
  ...row,
  lastSignedInAt: lastSignedInAt?.toISOString() ?? null,
  invitedUntil: invitedUntil?.toISOString() ?? null,
});
