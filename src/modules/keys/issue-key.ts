import type { z } from 'zod';
import { givableScopes, type KeyScope } from '#src/domain/api-keys.ts';
import { Refusal } from '#src/domain/refusals.ts';
import { newToken } from '#src/modules/people/index.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { addApiKey } from './add-api-key.ts';
import { getKey } from './find-keys.ts';
import type { IssuedKey, KeyOwner, NewKey } from './key-schemas.ts';

/** A new key: 256 random bits behind letters by which people and scanners of secrets recognise it. */
export const newKey = (): string => `shk_${newToken()}`;

/** Makes a key for an owner that the actor looks after, with no more than the actor has. It is shown in the reply and never again. */
export async function issueKey(
  tx: Tx,
  actor: Actor,
  { owner, scopes, sids, name, expiresInDays }: z.output<typeof NewKey>,
): Promise<z.input<typeof IssuedKey>> {
  await requireOwner(tx, actor, owner);
  requireGivable(actor, owner, scopes);
  const limitedTo = await servicesFor(tx, actor, owner, sids);
  const secret = newKey();
  const rights = [...new Set(scopes)];
  const added = { key: secret, name, owner, rights, sids: limitedTo, days: expiresInDays };
  const id = await addApiKey(tx, { ...added, createdBy: actor.id });
  return { apiKey: await getKey(tx, actor, id), secret };
}

/** A merchant's people look after their own merchant's keys alone. */
async function requireOwner(tx: Tx, actor: Actor, owner: KeyOwner): Promise<void> {
  const isOwn = actor.kind === 'merchant' && owner.kind === 'merchant' && owner.mid === actor.mid;
  if (isOwn || (actor.kind === 'operator' && owner.kind === 'provider')) return;
  if (actor.kind !== 'operator' || owner.kind === 'provider' || !(await exists(tx, owner))) {
    throw new Refusal('not_found');
  }
}

async function exists(tx: Tx, owner: Exclude<KeyOwner, { kind: 'provider' }>): Promise<boolean> {
  const found =
    owner.kind === 'merchant'
      ? tx.selectFrom('merchants').select('mid').where('mid', '=', owner.mid)
      : tx.selectFrom('institutions').select('id').where('id', '=', owner.institutionId);
  return (await found.executeTakeFirst()) !== undefined;
}

/** Nobody makes a key that may do what they may not. So the PSP cannot make one that answers for a merchant. */
export function requireGivable({ rights }: Actor, { kind }: KeyOwner, scopes: readonly KeyScope[]): void {
  const givable = new Set(givableScopes(kind, rights));
  if (!scopes.every((scope) => givable.has(scope))) throw new Refusal('scopes_not_held');
}

/** The services a key is limited to: those asked for, or all that its maker is limited to. */
async function servicesFor(
  tx: Tx,
  actor: Actor,
  owner: KeyOwner,
  asked: readonly string[] | null,
): Promise<readonly string[] | null> {
  if (owner.kind !== 'merchant') {
    if (asked === null) return null;
    throw new Refusal('invalid_request', {}, [
      { pointer: '/sids', code: 'wrong_form', params: { expected: 'null' } },
    ]);
  }
  const own = actor.kind === 'merchant' ? actor.sids : null;
  if (asked === null) return own;
  const known = await tx
    .selectFrom('services')
    .select('sid')
    .where('mid', '=', owner.mid)
    .where('sid', 'in', [...asked])
    .$if(own !== null, (query) => query.where('sid', 'in', [...(own ?? [])]))
    .orderBy('sid')
    .execute();
  const sids = known.map(({ sid }) => sid);
  const unknown = asked.findIndex((sid) => !sids.includes(sid));
  if (unknown >= 0) {
    throw new Refusal('invalid_request', {}, [{ pointer: `/sids/${unknown}`, code: 'unknown_service' }]);
  }
  return sids;
}
