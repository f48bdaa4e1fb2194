import { expect, it } from 'vitest';
import { answerFormFor } from '#src/domain/answer-form.ts';
import { inFormOrder } from './form-order.ts';

it('goes down the page: section by section, guest by guest, field by field', () => {
  const form = answerFormFor('inquiry.other', { goods: 'lodging', productNameKnown: true, currency: 'JPY' });
  const pointers = [
    '/booker/name',
    '/booker/address',
    '/guests',
    '/guests/0/guest',
    '/guests/0/name',
    '/guests/1/guest',
    '/guests/10/guest',
    '/stay/bookedOn',
    '/supplementReply/reply',
  ];
  const problems = [...pointers].reverse().map((pointer) => ({ pointer, code: 'required' as const }));

  expect(inFormOrder(form, problems).map(({ pointer }) => pointer)).toEqual(pointers);
});
