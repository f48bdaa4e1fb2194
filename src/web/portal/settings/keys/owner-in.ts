import type { Owner } from './key-queries.ts';

/** Whose keys an address names: `provider`, `institution:JCB-DEMO` or `merchant:12345`. */
export function ownerIn(chosen: string | undefined): Owner | undefined {
  const [kind, id] = (chosen ?? '').split(':');
  if (kind === 'provider') return { kind };
  if (kind === 'institution' && id) return { kind, institutionId: id };
  return kind === 'merchant' && id ? { kind, mid: id } : undefined;
}
