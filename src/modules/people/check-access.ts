import type { Problem } from '#src/domain/problems.ts';
import { Refusal } from '#src/domain/refusals.ts';
import { merchantRoles, operatorRoles } from '#src/domain/rights.ts';
import type { Tx } from '#src/platform/transaction.ts';
import type { UserAdmin } from './managed-by.ts';

/** What somebody may do, and for which services; `sids` null is for all of them. */
export type Access = { roles: readonly string[]; sids: readonly string[] | null };

/** Refuses roles that a merchant's user or an operator cannot have, services that do not exist, and what the admin lacks. */
export async function checkAccess(
  tx: Tx,
  admin: UserAdmin,
  mid: string | null,
  access: Access,
): Promise<void> {
  const problems = [
    ...roleProblems(mid, access.roles),
    ...(await serviceProblems(tx, admin, mid, access.sids)),
  ];
  if (problems.length > 0) throw new Refusal('invalid_request', {}, problems);
}

function roleProblems(mid: string | null, roles: readonly string[]): Problem[] {
  const possible = mid === null ? operatorRoles : merchantRoles;
  return roles.flatMap((role, place) =>
    Object.hasOwn(possible, role) ? [] : [{ pointer: `/roles/${place}`, code: 'not_a_choice' as const }],
  );
}

async function serviceProblems(
  tx: Tx,
  admin: UserAdmin,
  mid: string | null,
  sids: Access['sids'],
): Promise<Problem[]> {
  const isLimited = admin.kind === 'merchant' && admin.sids !== null;
  if (sids === null) return isLimited ? [{ pointer: '/sids', code: 'more_than_own_services' }] : [];
  if (mid === null) return [{ pointer: '/sids', code: 'not_a_choice' }];
  const services = await tx.selectFrom('services').select('sid').where('mid', '=', mid).execute();
  const known = new Set(services.map(({ sid }) => sid));
  return sids.flatMap((sid, place): Problem[] => {
    const pointer = `/sids/${place}`;
    if (isLimited && !admin.sids?.includes(sid)) return [{ pointer, code: 'more_than_own_services' }];
    return known.has(sid) ? [] : [{ pointer, code: 'unknown_service' }];
  });
}
