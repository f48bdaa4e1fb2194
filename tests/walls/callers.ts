/**
 * Everybody who can call: every role, the same of another service, merchant and institution, and those who no longer may.
 */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { MerchantRole, OperatorRole, Right } from '#src/domain/rights.ts';
import { newToken, tokenHash } from '#src/modules/people/tokens.ts';
import { aKey, aPerson, type Caller as Credential, type World } from '#tests/support/world.ts';
import type { Owner, Parties } from './parties.ts';

export type Role =
  | `merchant.${MerchantRole}`
  | `operator.${OperatorRole}`
  | 'operator.key'
  | 'merchant.key'
  | 'institution.key';

export type Caller = {
  name: string;
  /** What it may act as; nothing for who is not signed in, and for a key without scopes. */
  roles: readonly Role[];
  isSignedIn: boolean;
  /** Signed in so long ago that actions which want a fresh proof are refused. */
  isStale?: true;
  credential?: Credential;
  /** The tenant that it belongs to, and the services it is limited to. An operator and nobody have none. */
  mid?: string;
  sids?: readonly string[];
  institutionId?: string;
};

const merchantScopes: Right[] = ['read_cases', 'answer_cases', 'manage_webhooks'];
const institutionScopes: Right[] = ['read_cases', 'take_in_cases', 'withdraw_cases', 'manage_webhooks'];

/** Makes them all, in a world with its parties. */
export async function makeCallers(world: World, parties: Parties): Promise<Caller[]> {
  const living = await makeLiving(world, parties);
  return [{ name: 'nobody', roles: [], isSignedIn: false }, ...living, ...(await makeEnded(world, parties))];
}

async function makeLiving(world: World, { m1, m2, i1, i2, canary }: Parties): Promise<Caller[]> {
  const person = async (
    name: string,
    mid: string | null,
    roles: Role[],
    sids?: string[],
  ): Promise<Caller> => {
    const names = roles.map((role) => role.split('.')[1]) as (MerchantRole | OperatorRole)[];
    const seen = mid === null ? ({ only: 'operators' } as const) : { mid };
    const credential = await aPerson(world, { name: canary(seen), mid, roles: names, sids: sids ?? null });
    const tenant = mid === null ? {} : { mid, ...(sids && { sids }) };
    return { name, roles, isSignedIn: true, credential, ...tenant };
  };
  const key = async (name: string, tenant: { mid?: string; institutionId?: string }, rights: Right[]) => {
    const owner = { mid: tenant.mid ?? null, institution_id: tenant.institutionId ?? null };
    const role: Role = tenant.mid
      ? 'merchant.key'
      : tenant.institutionId
        ? 'institution.key'
        : 'operator.key';
    const roles = rights.length > 0 ? [role] : [];
    return { name, roles, isSignedIn: true, credential: await aKey(world, owner, rights), ...tenant };
  };
  const stale = await person('merchant.admin, proved long ago', m1, ['merchant.admin']);
  await change(world, stale, sql`update sessions set proved_at = now() - interval '10 hours'`);
  return [
    await person('merchant.admin', m1, ['merchant.admin']),
    await person('merchant.responder', m1, ['merchant.responder']),
    await person('merchant.viewer', m1, ['merchant.viewer']),
    await person('merchant.responder of 002', m1, ['merchant.responder'], ['002']),
    await person('merchant.admin of 002', m1, ['merchant.admin'], ['002']),
    { ...stale, isStale: true },
    await person('everything of another merchant', m2, ['merchant.admin', 'merchant.responder']),
    await person('operator.admin', null, ['operator.admin']),
    await person('operator.agent', null, ['operator.agent']),
    await person('operator.auditor', null, ['operator.auditor']),
    await key('institution.key', { institutionId: i1 }, institutionScopes),
    await key('key of another institution', { institutionId: i2 }, institutionScopes),
    await key('merchant.key', { mid: m1 }, merchantScopes),
    await key('key of another merchant', { mid: m2 }, merchantScopes),
    await key('operator.key', {}, ['read_cases']),
    await key('merchant.key without scopes', { mid: m1 }, []),
    await key('institution.key without scopes', { institutionId: i1 }, []),
  ];
}

/** Those who could call once, or never: whatever they ask for, they are told to sign in. */
async function makeEnded(world: World, { m1, i1 }: Parties): Promise<Caller[]> {
  const person = async (name: string, statement?: ReturnType<typeof sql>): Promise<Caller> => {
    const of = { name, mid: m1, roles: ['admin', 'responder'] as MerchantRole[], sids: null };
    const caller = { name, roles: [], isSignedIn: false, credential: await aPerson(world, of) };
    if (statement) await change(world, caller, statement);
    return caller;
  };
  const key = async (name: string, statement: ReturnType<typeof sql>): Promise<Caller> => {
    const credential = await aKey(world, { mid: null, institution_id: i1 }, institutionScopes);
    await sql`${statement} where id = ${credential.id}`.execute(world.db);
    return { name, roles: [], isSignedIn: false, credential };
  };
  const hour = sql`now() - interval '1 hour'`;
  return [
    await person('a session that was ended', sql`delete from sessions`),
    await person('a session that is over', sql`update sessions set expires_at = ${hour}`),
    await person('a session that lay idle', sql`update sessions set last_used_at = ${hour}`),
    await person('a disabled user', sql`update users set disabled_at = now()`),
    await person('a member no longer', sql`update memberships set disabled_at = now()`),
    await key('a key that was withdrawn', sql`update api_keys set disabled_at = now()`),
    await key('a key that is over', sql`update api_keys set expires_at = ${hour}`),
    { ...made('an invented session'), credential: { id: randomUUID(), name: '', token: newToken() } },
    { ...made('an invented key'), credential: { id: randomUUID(), name: '', key: newToken() } },
  ];
}

const made = (name: string) => ({ name, roles: [], isSignedIn: false });

/** Changes a person's rows of one table. */
async function change(
  { db }: World,
  { credential }: Caller,
  statement: ReturnType<typeof sql>,
): Promise<void> {
  const id = credential?.id ?? '';
  const own = sql`(select id from users where id = ${id})`;
  const isUsers = statement.compile(db).sql.startsWith('update users');
  await sql`${statement} where ${isUsers ? sql`id` : sql`user_id`} in ${own}`.execute(db);
}

/** The same person with a session of its own, for calls that end it. */
export async function withOwnSession({ db }: World, caller: Caller): Promise<Caller> {
  if (!caller.isSignedIn || !caller.credential || 'key' in caller.credential) return caller;
  const token = newToken();
  await sql`
    insert into sessions (token_hash, user_id, membership_id, expires_at)
    select ${tokenHash(token)}, user_id, membership_id, expires_at from sessions
    where token_hash = ${tokenHash(caller.credential.token)}`.execute(db);
  const { id, name } = caller.credential;
  return { ...caller, credential: { id, name, token } };
}

/** Calls as somebody else with the same roles, who is there for the call alone: it may end everything the caller has. */
export async function asOwnPerson<Result>(
  { db }: World,
  caller: Caller,
  call: (caller: Caller) => Promise<Result>,
): Promise<Result> {
  if (!caller.isSignedIn || !caller.credential || 'key' in caller.credential) return call(caller);
  const { rows } = await sql<Parameters<typeof aPerson>[1]>`
    select 'somebody' as name, mid, roles, sids from memberships where user_id = ${caller.credential.id}`.execute(
    db,
  );
  const [like] = rows;
  if (!like) throw new Error(`${caller.name} is a member of nothing`);
  const credential = await aPerson({ db }, like);
  const result = await call({ ...caller, credential });
  for (const table of ['sessions', 'memberships'] as const)
    await db.deleteFrom(table).where('user_id', '=', credential.id).execute();
  await db.deleteFrom('users').where('id', '=', credential.id).execute();
  return result;
}

/** Whether a caller may be shown what belongs to an owner: the one rule of tenancy, told apart from the product's own. */
export function maySee({ roles, mid, sids, institutionId }: Caller, owner: Owner): boolean {
  if (roles.some((role) => role.startsWith('operator.'))) return true;
  if ('only' in owner) return false;
  if (mid) {
    if (!('mid' in owner) || owner.mid !== mid) return false;
    return !sids || owner.sid === undefined || sids.includes(owner.sid);
  }
  return institutionId !== undefined && owner.institutionId === institutionId;
}
