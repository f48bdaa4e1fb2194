import { expect, it } from 'vitest';
import { answerFormFor } from '#src/domain/answer-form.ts';
import { sectionOf } from '#src/domain/answer-sections.ts';
import { readingOf } from './reading-of.ts';

const form = answerFormFor('cancellation.other', {
  goods: 'subscription',
  productNameKnown: true,
  currency: 'JPY',
});
const { cancelledOn, lastAmount, reason } = sectionOf('cancellation').fields;
const { phone } = sectionOf('contactDesk').fields;

it.each([
  ['a day in the Japanese calendar', cancelledOn, '令和８年１１月２日', '2026年11月2日(月)'],
  ['full-width digits', lastAmount, '１，２８０', '1,280円'],
  ['spaces in a phone number', phone, '03 1234 5678', '03-1234-5678'],
  ['nothing for what stays as typed', phone, '03-1234-5678', undefined],
  ['nothing for free text', reason, ' 契約者ではないため ', undefined],
  ['nothing for what cannot be read', cancelledOn, 'あした', undefined],
  ['nothing for nothing', cancelledOn, ' ', undefined],
] as const)('shows %s', (_, field, typed, shown) => {
  expect(field && readingOf(field, typed, form, 'ja')).toBe(shown);
});
