/** What somebody knows, has or is, by the names of RFC 8176. */
const kinds = new Map(
  Object.entries({
    knowledge: ['pwd', 'pin', 'kba'],
    possession: ['otp', 'hwk', 'swk', 'pop', 'sc', 'sms', 'tel'],
    inherence: ['fpt', 'face', 'iris', 'retina', 'vbm'],
  }).flatMap(([kind, methods]) => methods.map((method) => [method, kind])),
);

/** Classes of authentication that stand for two factors wherever they are used. */
const classes = new Set([
  'http://schemas.openid.net/pape/policies/2007/06/multi-factor',
  'https://refeds.org/profile/mfa',
  'phr',
  'phrh',
]);

/**
 * Whether an identity provider says that two factors were shown: `mfa`, two methods of different kinds (RFC 8176), or a class
 * that means it. Saying nothing means no: what cannot be told apart from a password alone counts as one.
 */
export function isSecondFactorShown(amr: readonly string[] = [], acr?: string): boolean {
  if (amr.includes('mfa') || (acr !== undefined && classes.has(acr))) return true;
  const shown = new Set(amr.map((method) => kinds.get(method)).filter((kind) => kind !== undefined));
  return shown.size > 1;
}
