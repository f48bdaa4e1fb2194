import { merchantRoles, operatorRoles } from '#src/domain/rights.ts';
import type { Locale } from '#src/domain/text.ts';

/** The roles that users of a merchant, or operators (`mid` null), can have. */
export const rolesOf = (mid: string | null): string[] =>
  Object.keys(mid === null ? operatorRoles : merchantRoles);

/** What a role is called. */
export function roleLabel(role: string, locale: Locale): string {
  const known = { ...operatorRoles, ...merchantRoles };
  return known[role as keyof typeof known]?.label[locale] ?? role;
}
