import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId } from '#src/platform/ids.ts';
import {
  aMerchant,
  anInstitution,
  anOperator,
  aRequest,
  as,
  givenCase,
  startWorld,
} from '#tests/support/world.ts';
import { cardNumbersIn, isCardNumber } from './card-numbers-sent.ts';

const world = startWorld();
const card = '4111 1111 1111 1111';

describe('a card number that was sent', () => {
  // First: what is computed at length below keeps the product in this process from answering in time.
  it('is refused in the search, in the reason of a hold and in an idempotency key, and stored nowhere', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant);
    const operator = as(world, await anOperator(world));
    const institution = as(world, await anInstitution(world));
    const key = card.replaceAll(' ', '-');
    const replies = [
      await as(world, merchant.hanako).get(`/cases?q=${encodeURIComponent(card)}`),
      await operator.post(`/cases/${caseId}/legal-hold`, { reason: `カード ${card}` }),
      await institution.post('/cases', aRequest(merchant.mid), { 'idempotency-key': key }),
    ];
    for (const { status, body } of replies)
      expect([status, body.code, body.errors?.[0]?.code]).toEqual([400, 'invalid_request', 'card_number']);
    const { body } = await as(world, merchant.hanako).get('/cases?q=38520000023237');
    expect(body.data).toEqual([]);
  });

  it('is found in any text, however deep, with its place', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 6 }), (names) => {
        const input = names.reduceRight<unknown>((inner, name) => ({ [name]: inner }), `番号は${card}`);
        expect(cardNumbersIn(input as object)).toEqual(
          names.some((name) => /password/i.test(name))
            ? []
            : [{ pointer: names.map((name) => `/${name}`).join(''), code: 'card_number' }],
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it('is never seen in what programs make: uuids, hashes, tracking ids; and passwords are let be', () => {
    const hash = fc.stringMatching(/^[0-9a-f]{64}$/);
    const numeric = fc.stringMatching(/^[0-9]{8}-[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{12}$/);
    const tracking = fc.stringMatching(/^[0-9]{14}$/);
    const made = fc.oneof(
      hash,
      numeric,
      tracking,
      fc.constant(0).map(newId),
      fc.constant(0).map(() => randomUUID()),
    );
    expect(fc.sample(made, 20_000).filter(isCardNumber)).toEqual([]);
    expect(cardNumbersIn({ password: card, newPassword: card })).toEqual([]);
  });
});
