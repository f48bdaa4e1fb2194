import { Refusal } from '#src/domain/refusals.ts';

/** The version that If-Match names, as rows count them. */
export function versionIn(ifMatch: string | undefined): number {
  if (ifMatch === undefined || !/^\d{1,9}$/.test(ifMatch)) throw new Refusal('version_required');
  return Number(ifMatch);
}
