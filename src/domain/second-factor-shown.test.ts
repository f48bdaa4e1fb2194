import { expect, it } from 'vitest';
import { isSecondFactorShown } from './second-factor-shown.ts';

it.each([
  [['pwd', 'mfa']],
  [['pwd', 'otp']],
  [['pin', 'hwk']],
  [['fpt', 'swk']],
  [[], 'https://refeds.org/profile/mfa'],
  [['pwd'], 'phr'],
])('%j %s shows a second factor', (amr, acr?: string) => {
  expect(isSecondFactorShown(amr, acr)).toBe(true);
});

it.each([
  [undefined],
  [[]],
  [['pwd']],
  [['pwd', 'pin']],
  [['otp', 'sms']],
  [['hwk']],
  [['MFA']],
  [['constructor', 'pwd']],
  [['pwd'], '0'],
  [['pwd'], 'urn:mace:incommon:iap:silver'],
])('%j %s shows none', (amr?: string[], acr?: string) => {
  expect(isSecondFactorShown(amr, acr)).toBe(false);
});
