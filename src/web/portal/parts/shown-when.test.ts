import { expect, it } from 'vitest';
import { shownWhen } from './shown-when.ts';

it('leaves the day out today, as it is in Tokyo, and names it otherwise', () => {
  const now = new Date('2026-11-24T00:10:00+09:00');
  expect(shownWhen('2026-11-24T00:05:00+09:00', 'ja', now)).toBe('00:05');
  expect(shownWhen('2026-11-23T23:59:00+09:00', 'ja', now)).toBe('2026年11月23日(月) 23:59');
  expect(shownWhen('2025-11-24T00:05:00+09:00', 'en', now)).toBe('Mon 2025-11-24 00:05');
});
