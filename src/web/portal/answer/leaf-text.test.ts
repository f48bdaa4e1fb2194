import { expect, it } from 'vitest';
import { answerFormFor } from '#src/domain/answer-form.ts';
import { leafText } from './leaf-text.ts';

const form = answerFormFor('inquiry.other', { goods: 'lodging', productNameKnown: true, currency: 'JPY' });
const cancellation = answerFormFor('cancellation.other', {
  goods: 'subscription',
  productNameKnown: true,
  currency: 'JPY',
});

it.each([
  ['what was typed', form, '/booker/name', '山田', '山田'],
  ['a choice by its label', form, '/guests/0/guest', 'booker', '予約者と同じ'],
  ['a choice that does not exist as it came', form, '/guests/0/guest', 'friend', 'friend'],
  ['a number that came over the API', form, '/stay/guestCount', 3, '3'],
  [
    'money that came over the API',
    cancellation,
    '/cancellation/lastAmount',
    { value: 1280, currency: 'JPY' },
    '1,280円',
  ],
  ['nothing', form, '/booker/name', undefined, ''],
  [
    'a list entry by entry',
    form,
    '/guests',
    [{ guest: 'booker' }, { guest: 'other', name: '佐藤', phone: '' }, {}],
    '1. 予約者と同じ\n2. 予約者と異なる 佐藤\n3. ',
  ],
] as const)('shows %s', (_, of, pointer, value, shown) => {
  expect(leafText(of, pointer, value, 'ja')).toBe(shown);
});
