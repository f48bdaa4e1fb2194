/** INV-27: no card number is taken in anywhere that a text is, however it is written. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  aMerchant,
  anInstitution,
  anOperator,
  aRequest,
  as,
  givenCase,
  startWorld,
} from '#tests/support/world.ts';

const world = startWorld();

/** A number that a card could have: a brand's first digits, its length, and the digit that makes it right (Luhn). */
const cardNumbers = fc
  .tuple(
    fc.constantFrom(
      ['4', 16],
      ['51', 16],
      ['55', 16],
      ['2221', 16],
      ['34', 15],
      ['37', 15],
      ['3528', 16],
      ['3566', 16],
      ['36', 14],
      ['6011', 16],
      ['62', 16],
      ['62', 19],
    ) as fc.Arbitrary<[string, number]>,
    fc.array(fc.nat({ max: 9 }), { minLength: 19, maxLength: 19 }),
  )
  .map(([[start, length], digits]) => {
    const body = `${start}${digits.join('')}`.slice(0, length - 1);
    return `${body}${luhnDigit(body)}`;
  });

function luhnDigit(body: string): number {
  const sum = [...body].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return (10 - (sum % 10)) % 10;
}

/** As people write them: in groups, with other signs between, in full width. */
const written = fc
  .tuple(cardNumbers, fc.constantFrom('', ' ', '-', '　', '－', '.'), fc.boolean())
  .map(([number, between, isWide]) => {
    const grouped = number.replace(/(\d{4})(?=\d)/g, `$1${between}`);
    return isWide
      ? grouped.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
      : grouped;
  });

const places = ['supplement', 'productName', 'cardBrand', 'customerId', 'orderId'] as const;

function requestWith(mid: string, place: (typeof places)[number], text: string) {
  const request = aRequest(mid);
  if (place === 'supplement') return { ...request, supplement: `番号は${text}です` };
  return { ...request, payment: { ...request.payment, [place]: text } };
}

it('refuses 1,000 of them in every text of a request, one by one', async () => {
  const { mid } = await aMerchant(world);
  const institution = await anInstitution(world);
  const texts = fc.sample(fc.tuple(written, fc.constantFrom(...places)), 1_000);
  const lines = texts.map(([text, place]) => JSON.stringify(requestWith(mid, place, text)));
  const { body } = await as(world, institution).send('POST', '/cases/batch', {
    raw: `${lines.join('\n')}\n`,
    headers: { 'content-type': 'application/x-ndjson' },
  });
  const outcomes: { outcome: string }[] = String(body)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const taken = outcomes.flatMap(({ outcome }, index) => (outcome === 'refused' ? [] : [texts[index]]));
  expect([outcomes.length, taken]).toEqual([1_000, []]);
});

it('refuses them in reasons and in answers', async () => {
  const merchant = await aMerchant(world);
  const caseId = await givenCase(world, merchant);
  const operator = as(world, await anOperator(world));
  for (const text of fc.sample(written, 25)) {
    const withdrawn = await operator.post(`/cases/${caseId}/withdrawal`, { reason: `番号${text}のため` });
    expect([text, withdrawn.status, withdrawn.body.errors?.[0]?.code]).toEqual([text, 400, 'card_number']);
    const content = { cancellation: { result: 'refused', reason: text } };
    const saved = await as(world, merchant.hanako).put(
      `/cases/${caseId}/draft`,
      { content },
      { 'if-match': '"0"' },
    );
    expect([text, saved.status, saved.body.errors?.[0]?.code]).toEqual([text, 422, 'card_number']);
  }
});
