import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { addBusinessDays } from '#src/domain/business-days.ts';
import { dayOf } from '#src/domain/days.ts';
import {
  aMerchant,
  anInstitution,
  anOperator,
  aRequest,
  as,
  everythingAbout,
  inDays,
  startWorld,
} from '#tests/support/world.ts';

const world = startWorld();

const casesOf = async (mid: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from cases where mid = ${mid}`.execute(
    world.db,
  );
  return rows[0]?.n ?? -1;
};

describe('taking a request in', () => {
  it('makes a case with its payment, its history and its announcement', async () => {
    const { mid } = await aMerchant(world);
    const institution = await anInstitution(world);
    const request = aRequest(mid);

    const { status, body } = await as(world, institution).post('/cases', request);

    expect(status).toBe(201);
    expect(body).toMatchObject({
      mid,
      sid: '001',
      status: 'received',
      institutionReference: request.institutionReference,
    });
    expect(body.payment).toEqual({ ...request.payment, paidAt: expect.stringContaining('+09:00') });
    expect(body.id).toMatch(/^\d{6}-[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}$/);
    expect(await everythingAbout(world, body.id)).toMatchObject({
      status: 'received',
      events: ['receive'],
      announced: 1,
    });
  });

  it('computes the due instant by the institution’s rule when the request names none', async () => {
    const { mid } = await aMerchant(world);
    const request = aRequest(mid, { dueAt: null });

    const { body } = await as(world, await anInstitution(world)).post('/cases', request);

    const day = addBusinessDays(dayOf(new Date(request.requestedAt)), 7);
    expect(body.dueAt).toBe(`${day}T23:59:59+09:00`);
  });

  it('gives the same case for the same request, and refuses other content under its reference', async () => {
    const { mid } = await aMerchant(world);
    const institution = as(world, await anInstitution(world));
    const request = aRequest(mid);
    const first = await institution.post('/cases', request);

    const again = await institution.post('/cases', {
      ...request,
      requestedAt: new Date(request.requestedAt).toISOString(),
    });
    const other = await institution.post('/cases', { ...request, supplement: '別の内容' });

    expect([first.status, again.status, other.status]).toEqual([201, 200, 409]);
    expect(again.body.id).toBe(first.body.id);
    expect(other.body.code).toBe('different_content');
    expect(await casesOf(mid)).toBe(1);
  });

  it('makes one case of the same request sent several times at once', async () => {
    const { mid } = await aMerchant(world);
    const institution = as(world, await anInstitution(world));
    const request = aRequest(mid);

    const replies = await Promise.all(Array.from({ length: 6 }, () => institution.post('/cases', request)));

    expect(replies.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 201]);
    expect(new Set(replies.map(({ body }) => body.id)).size).toBe(1);
    expect(await casesOf(mid)).toBe(1);
  });

  it('takes the kind of goods from the service where the request leaves it out, and wants it where neither tells', async () => {
    const merchant = await aMerchant(world);
    const institution = await anInstitution(world);
    const { goods: _, ...payment } = aRequest(merchant.mid).payment;
    const request = { ...aRequest(merchant.mid), payment };
    const post = (sent: object) => as(world, institution).post('/cases', sent);
    const sell = (goods: string) =>
      sql`update services set goods = ${goods} where mid = ${merchant.mid} and sid = '001'`.execute(world.db);

    const refused = await post(request);
    expect([refused.status, refused.body.errors]).toMatchObject([
      422,
      [{ pointer: '/payment/goods', code: 'missing' }],
    ]);
    await sell('lodging');
    const taken = await post(request);
    expect([taken.status, taken.body.payment.goods]).toEqual([201, 'lodging']);
    // It is the same request, whatever the service sells by then.
    await sell('digital');
    const again = await post({ ...request, payment: { ...payment, goods: null } });
    expect([again.status, again.body.id, again.body.payment.goods]).toEqual([200, taken.body.id, 'lodging']);
    const said = await post({ ...aRequest(merchant.mid), payment: { ...payment, goods: 'physical' } });
    expect(said.body.payment.goods).toBe('physical');
  });

  it('keeps references of two institutions apart', async () => {
    const { mid } = await aMerchant(world);
    const request = aRequest(mid);
    for (const institution of [await anInstitution(world), await anInstitution(world)]) {
      expect((await as(world, institution).post('/cases', request)).status).toBe(201);
    }
    expect(await casesOf(mid)).toBe(2);
  });

  it('takes amounts in the minor units of many currencies', async () => {
    const { mid } = await aMerchant(world);
    const institution = as(world, await anInstitution(world));
    for (const [currency, value] of [
      ['JPY', 12800],
      ['USD', 1280],
      ['KWD', 12800],
    ] as const) {
      const request = aRequest(mid, { currency });
      request.payment.amount.value = value;
      const { body } = await institution.post('/cases', request);
      expect(body.payment.amount).toEqual({ value, currency });
    }
  });

  const wrong: [string, (request: ReturnType<typeof aRequest>) => object, string, string][] = [
    [
      'an unknown type',
      (r) => ({ ...r, notificationType: 'inquiry.unknown' }),
      '/notificationType',
      'unknown_notification_type',
    ],
    ['a service that does not exist', (r) => ({ ...r, sid: '999' }), '/sid', 'unknown_service'],
    ['an amount with a fraction', (r) => amount(r, 12.5), '/payment/amount/value', 'not_minor_units'],
    ['a negative amount', (r) => amount(r, -1), '/payment/amount/value', 'not_minor_units'],
    [
      'an amount beyond the largest',
      (r) => amount(r, 1_000_000_000_001),
      '/payment/amount/value',
      'not_minor_units',
    ],
    [
      'an unknown currency',
      (r) => ({ ...r, payment: { ...r.payment, amount: { value: 1, currency: 'YEN' } } }),
      '/payment/amount/currency',
      'unknown_currency',
    ],
    [
      'a due instant before the request',
      (r) => ({ ...r, dueAt: inDays(-5) }),
      '/dueAt',
      'due_before_requested',
    ],
    ['a due instant years away', (r) => ({ ...r, dueAt: inDays(800) }), '/dueAt', 'due_too_far'],
    [
      'a request from the future',
      (r) => ({ ...r, requestedAt: inDays(3), dueAt: inDays(9) }),
      '/requestedAt',
      'requested_in_the_future',
    ],
    [
      'a card number in the supplement',
      (r) => ({ ...r, supplement: '番号は 4111-1111-1111-1111 です' }),
      '/supplement',
      'card_number',
    ],
    [
      'a card number as an order id',
      (r) => ({ ...r, payment: { ...r.payment, orderId: '4111111111111111' } }),
      '/payment/orderId',
      'card_number',
    ],
    [
      'a supplement that is too long',
      (r) => ({ ...r, supplement: '長'.repeat(4001) }),
      '/supplement',
      'too_long',
    ],
    ['a NUL in a text', (r) => ({ ...r, supplement: 'a\u0000b' }), '/supplement', 'not_readable'],
    ['half a surrogate pair', (r) => ({ ...r, supplement: 'a\ud842' }), '/supplement', 'not_readable'],
    ['a field that is not known', (r) => ({ ...r, status: 'answered' }), '/status', 'unknown_field'],
    ['a part that is missing', ({ mid: _, ...r }) => r, '/mid', 'missing'],
    [
      'a tracking id of the wrong form',
      (r) => ({ ...r, payment: { ...r.payment, trackingId: '123' } }),
      '/payment/trackingId',
      'wrong_form',
    ],
    [
      'an instant without an offset',
      (r) => ({ ...r, requestedAt: '2026-11-20T10:00:00' }),
      '/requestedAt',
      'wrong_form',
    ],
    [
      'full-width characters in an order id',
      (r) => ({ ...r, payment: { ...r.payment, orderId: 'Ａ１' } }),
      '/payment/orderId',
      'wrong_form',
    ],
  ];

  it.each(wrong)(
    'refuses %s with its place and the rule, and stores nothing',
    async (_, change, pointer, code) => {
      const { mid } = await aMerchant(world);

      const { status, body } = await as(world, await anInstitution(world)).post(
        '/cases',
        change(aRequest(mid)),
      );

      expect(status).toBe(422);
      expect(body).toMatchObject({
        code: 'request_invalid',
        errors: [{ pointer, code, detail: expect.any(String) }],
      });
      expect(await casesOf(mid)).toBe(0);
    },
  );

  it('tells every problem at once, in the language of the caller', async () => {
    const { mid } = await aMerchant(world);
    const request = { ...aRequest(mid), mid: '1', supplement: 'x'.repeat(5000) };

    const { body } = await as(world, await anInstitution(world)).post('/cases', request, {
      'accept-language': 'en',
    });

    expect(body.errors).toEqual([
      { pointer: '/mid', code: 'wrong_form', detail: expect.any(String) },
      { pointer: '/supplement', code: 'too_long', detail: 'Use at most 4000 characters (now 5000).' },
    ]);
  });

  it('wants a due instant from an institution without a rule', async () => {
    const { mid } = await aMerchant(world);
    const institution = await anInstitution(world, { dueRule: false });

    const { body } = await as(world, institution).post('/cases', aRequest(mid, { dueAt: null }));

    expect(body.errors).toMatchObject([{ pointer: '/dueAt', code: 'no_due_rule' }]);
  });

  it.each([
    ['that is not JSON', '{"mid":', 400, 'not_json'],
    ['that is not UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]), 400, 'not_utf8'],
    ['that is larger than a megabyte', JSON.stringify({ supplement: 'x'.repeat(1_100_000) }), 413, undefined],
  ])('refuses a body %s', async (_, raw, status, code) => {
    const institution = await anInstitution(world);

    const reply = await as(world, institution).send('POST', '/cases', {
      raw,
      headers: { 'content-type': 'application/json' },
    });

    expect(reply.status).toBe(status);
    expect(reply.headers.get('content-type')).toContain('application/problem+json');
    expect(reply.body.errors?.[0]?.code).toBe(code);
  });

  it('is done by operators for the institution they name, and by nobody of a merchant', async () => {
    const { mid, hanako } = await aMerchant(world);
    const { institutionId } = await anInstitution(world);
    const operator = as(world, await anOperator(world, 'agent'));

    expect((await operator.post('/cases', { ...aRequest(mid), institutionId })).status).toBe(201);
    expect((await operator.post('/cases', aRequest(mid))).body.errors).toMatchObject([
      { pointer: '/institutionId' },
    ]);
    expect((await as(world, hanako).post('/cases', aRequest(mid))).status).toBe(403);
    expect((await as(world, await anOperator(world, 'auditor')).post('/cases', aRequest(mid))).status).toBe(
      403,
    );
    expect((await as(world).post('/cases', aRequest(mid))).status).toBe(401);
  });

  it('refuses an institution that speaks for another', async () => {
    const { mid } = await aMerchant(world);
    const [one, other] = [await anInstitution(world), await anInstitution(world)];

    const reply = await as(world, one).post('/cases', {
      ...aRequest(mid),
      institutionId: other.institutionId,
    });

    expect(reply.status).toBe(403);
  });

  it('takes a fixed number of statements for any number of lines', async () => {
    const { mid } = await aMerchant(world);
    const institution = await anInstitution(world);
    const count = async (lines: number): Promise<number> => {
      const raw = Array.from({ length: lines }, () => JSON.stringify(aRequest(mid))).join('\n');
      world.statements.length = 0;
      await as(world, institution).send('POST', '/cases/batch', {
        raw,
        headers: { 'content-type': 'application/x-ndjson' },
      });
      return world.statements.length;
    };

    expect(await count(20)).toBe(await count(2));
  });
});

function amount(request: ReturnType<typeof aRequest>, value: number): object {
  return { ...request, payment: { ...request.payment, amount: { value, currency: 'JPY' } } };
}
