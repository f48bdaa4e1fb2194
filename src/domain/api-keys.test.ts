import fc from 'fast-check';
import { expect, it } from 'vitest';
import { givableScopes, keyOwnerKinds, keyOwners, keyScopes } from './api-keys.ts';
import { rights } from './rights.ts';

it('gives a key at most what its maker has and its kind can hold, whatever the maker has (INV-39)', () => {
  fc.assert(
    fc.property(fc.constantFrom(...keyOwnerKinds), fc.subarray([...rights]), (kind, held) => {
      const given = givableScopes(kind, new Set(held));
      expect(given.filter((scope) => !held.includes(scope))).toEqual([]);
      const { scopes } = keyOwners[kind];
      expect(given.filter((scope) => !scopes.some((each) => each === scope))).toEqual([]);
      expect(held.filter((right) => scopes.some((each) => each === right))).toHaveLength(given.length);
    }),
    { numRuns: 2_000 },
  );
});

it('lets no key manage users, keys or contacts', () => {
  expect(keyScopes.filter((scope) => scope.startsWith('manage_'))).toEqual(['manage_webhooks']);
  expect(
    keyOwnerKinds.flatMap((kind) => keyOwners[kind].scopes).filter((scope) => !keyScopes.includes(scope)),
  ).toEqual([]);
});
