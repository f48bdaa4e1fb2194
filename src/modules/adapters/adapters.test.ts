import { readdirSync } from 'node:fs';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { usualReasons } from '#src/domain/adapter-settings.ts';
import { adapterWords, anEvent, payload } from '#tests/support/adapters.ts';
import { anOperator, as, type Caller, startWorld } from '#tests/support/world.ts';
import type { AdapterMessage } from './adapter-schemas.ts';
import { eraseOldMessages } from './erase-old-messages.ts';

const world = startWorld();
const { anAdapter, sendStripe, sendAdyen, sendMapped, post } = adapterWords(world);

type Message = z.output<typeof AdapterMessage>;

const messagesOf = async (operator: Caller, adapterId: string): Promise<Message[]> =>
  (await as(world, operator).get(`/adapter-messages?adapterId=${adapterId}`)).body.data;

const casesOf = (institutionId: string) =>
  world.db.selectFrom('cases').selectAll().where('institution_id', '=', institutionId).execute();

describe('the official samples', () => {
  it('of Stripe: an inquiry becomes a case of the right type, with the right amount and due instant', async () => {
    const { id, operator, institution, merchant } = await anAdapter('stripe');
    const reply = await sendStripe(id, anEvent());
    expect([reply.status, reply.body]).toEqual([200, { received: true }]);
    const [found, ...more] = await casesOf(institution.institutionId);
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      ...{ notification_type: 'inquiry.usage_detail', mid: merchant.mid, sid: '001', status: 'received' },
      ...{ institution_reference: 'dp_1Pgc71B7WZ01zgkWMevJiAUx', amount_value: 1000, amount_currency: 'USD' },
      due_at: new Date(1723679999 * 1000),
    });
    const [message] = await messagesOf(operator, id);
    expect(message).toMatchObject({ outcome: 'created', caseId: found?.id, times: 1 });
    const whole = await as(world, operator).get(`/adapter-messages/${message?.id}`);
    expect(JSON.parse(whole.body.body).data.object.id).toBe('dp_1Pgc71B7WZ01zgkWMevJiAUx');
  });

  it('of Stripe: every reason that is known becomes its own type, and an unknown one is refused by name', async () => {
    const { id, operator, institution } = await anAdapter('stripe');
    for (const { reason } of usualReasons.stripe)
      await sendStripe(id, anEvent({ dispute: { id: `dp_${reason}`, reason } }));
    const found = await casesOf(institution.institutionId);
    for (const { reason, notificationType } of usualReasons.stripe)
      expect(found.find((each) => each.institution_reference === `dp_${reason}`)?.notification_type).toBe(
        notificationType,
      );
    await sendStripe(id, anEvent({ dispute: { id: 'dp_new', reason: 'brand_new' } }));
    const [message] = await messagesOf(operator, id);
    expect(message).toMatchObject({
      outcome: 'refused',
      errors: [{ pointer: '/reason', code: 'unknown_reason' }],
    });
  });

  it('that are none of an inquiry are kept and refused with the reason', async () => {
    const { id, operator, institution } = await anAdapter('stripe');
    const other = payload('stripe/event.json');
    const issuing = {
      id: 'evt_i',
      type: 'issuing_dispute.created',
      data: { object: payload('stripe/issuing.dispute.json') },
    };
    const charge = { id: 'evt_c', type: 'charge.succeeded', data: { object: payload('stripe/charge.json') } };
    for (const event of [
      other,
      issuing,
      charge,
      anEvent({ dispute: { id: 'dp_2', status: 'needs_response' } }),
    ])
      expect((await sendStripe(id, event)).status).toBe(200);
    const messages = await messagesOf(operator, id);
    expect(messages.map(({ outcome, errors }) => [outcome, errors[0]?.code])).toEqual(
      Array.from({ length: 4 }, () => ['refused', 'not_an_inquiry']),
    );
    expect(await casesOf(institution.institutionId)).toEqual([]);
  });

  it('of Adyen: two are inquiries, all others are refused', async () => {
    const inquiries: Record<string, string> = {
      'webhook-REQUEST_FOR_INFORMATION.json': 'inquiry.usage_detail',
      'webhook-NOTIFICATION_OF_FRAUD.json': 'fraud_notice.reported',
    };
    for (const name of readdirSync('tests/payloads/adyen').filter(
      (each) => each !== 'dispute-created.json',
    )) {
      const { id, operator, institution } = await anAdapter('adyen', { account: '*' });
      const reply = await sendAdyen(id, payload(`adyen/${name}`));
      expect([name, reply.status, reply.body, reply.headers.get('content-type')]).toEqual([
        name,
        200,
        '[accepted]',
        'text/plain; charset=utf-8',
      ]);
      const [message] = await messagesOf(operator, id);
      const [found] = await casesOf(institution.institutionId);
      if (inquiries[name]) {
        expect([name, message?.errors, found?.notification_type]).toEqual([name, [], inquiries[name]]);
        expect(found).toMatchObject({ amount_value: 1000, amount_currency: 'EUR' });
      } else
        expect([name, message?.outcome, message?.errors[0]?.code, found]).toEqual([
          name,
          'refused',
          'not_an_inquiry',
          undefined,
        ]);
    }
  });
});

describe('a message', () => {
  it('with a wrong signature is refused, counted and shown, and nothing of it is kept', async () => {
    const { id, operator, institution } = await anAdapter('stripe');
    const old = Math.floor(Date.now() / 1000) - 301;
    const replies = [
      await sendStripe(id, anEvent(), { secret: 'whsec_another_secret_000' }),
      await sendStripe(id, anEvent(), { at: old }),
      await post(id, JSON.stringify(anEvent())),
      await post(id, JSON.stringify(anEvent()), { 'stripe-signature': 't=,v1=' }),
    ];
    expect(replies.map(({ status, body }) => [status, body.code])).toEqual(
      replies.map(() => [401, 'wrong_signature']),
    );
    const adyen = await anAdapter('adyen');
    expect(
      (await sendAdyen(adyen.id, payload('adyen/webhook-NOTIFICATION_OF_FRAUD.json'), '00'.repeat(32)))
        .status,
    ).toBe(401);
    const [message, ...more] = await messagesOf(operator, id);
    expect(more).toEqual([]);
    expect(message).toMatchObject({
      times: 4,
      outcome: 'refused',
      canRunAgain: false,
      errors: [{ code: 'wrong_signature' }],
    });
    expect(await casesOf(institution.institutionId)).toEqual([]);
  });

  it('that is sent again, also at the same time, does nothing twice', async () => {
    const { id, operator, institution } = await anAdapter('stripe');
    const event = anEvent();
    const replies = await Promise.all([1, 2, 3, 4, 5].map(() => sendStripe(id, event)));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    await Promise.all([1, 2].map(() => sendStripe(id, anEvent({ type: 'charge.dispute.updated' }))));
    expect(await casesOf(institution.institutionId)).toHaveLength(1);
    const outcomes = (await messagesOf(operator, id)).map(({ outcome, times }) => [outcome, times]);
    expect(outcomes.sort()).toEqual([
      ['created', 5],
      ['known', 1],
      ['known', 1],
    ]);
  });

  it('that ends an inquiry withdraws its case, and comes before its beginning without harm', async () => {
    const { id, operator, institution } = await anAdapter('stripe');
    await sendStripe(id, anEvent());
    await sendStripe(id, anEvent({ type: 'charge.dispute.closed', dispute: { status: 'warning_closed' } }));
    const [found] = await casesOf(institution.institutionId);
    expect(found?.status).toBe('withdrawn');
    await sendStripe(id, anEvent({ dispute: { id: 'dp_late', status: 'warning_under_review' } }));
    await sendStripe(id, anEvent({ dispute: { id: 'dp_late' } }));
    const [late] = await messagesOf(operator, id);
    expect([late?.outcome, late?.errors[0]?.code]).toEqual(['refused', 'already_ended']);
  });

  it('that ends an inquiry whose answer is being corrected withdraws it too, and leaves what is answered', async () => {
    const { id, institution } = await anAdapter('stripe');
    const ended = { type: 'charge.dispute.closed' };
    await sendStripe(id, anEvent());
    await sendStripe(id, anEvent({ dispute: { id: 'dp_answered' } }));
    const [first, second] = await casesOf(institution.institutionId);
    for (const [one, status] of [
      [first, 'correcting'],
      [second, 'answered'],
    ] as const)
      await world.db
        .updateTable('cases')
        .set({ status })
        .where('id', '=', one?.id ?? '')
        .execute();
    // The provider has the first version: that is no end.
    await sendStripe(
      id,
      anEvent({ type: 'charge.dispute.updated', dispute: { status: 'warning_under_review' } }),
    );
    const still = (await casesOf(institution.institutionId)).find((one) => one.id === first?.id);
    expect(still?.status).toBe('correcting');
    await sendStripe(id, anEvent({ ...ended, dispute: { status: 'warning_closed' } }));
    await sendStripe(id, anEvent({ ...ended, dispute: { id: 'dp_answered', status: 'warning_closed' } }));
    const after = new Map((await casesOf(institution.institutionId)).map((one) => [one.id, one.status]));
    expect([after.get(first?.id ?? ''), after.get(second?.id ?? '')].toSorted()).toEqual([
      'answered',
      'withdrawn',
    ]);
  });

  it('that moves the due instant changes nothing of the case, and says so', async () => {
    const { id, operator, institution } = await anAdapter('stripe');
    await sendStripe(id, anEvent());
    const later = { evidence_details: { due_by: 1723679999 + 86_400 } };
    await sendStripe(id, anEvent({ type: 'charge.dispute.updated', dispute: later }));
    await sendStripe(id, anEvent({ type: 'charge.dispute.updated' }));
    const told = (await messagesOf(operator, id)).map(({ outcome, errors }) => [outcome, errors[0]?.code]);
    expect(told).toEqual([
      ['known', undefined],
      ['known', 'due_changed'],
      ['created', undefined],
    ]);
    const [found] = await casesOf(institution.institutionId);
    expect(found?.due_at).toEqual(new Date(1723679999 * 1000));
  });

  it('with a card number is refused and not kept', async () => {
    const { id, operator } = await anAdapter('stripe');
    await sendStripe(id, anEvent({ dispute: { metadata: { note: '4242424242424242' } } }));
    const [message] = await messagesOf(operator, id);
    expect(message).toMatchObject({
      outcome: 'refused',
      canRunAgain: false,
      errors: [{ code: 'card_number' }],
    });
    expect(JSON.stringify(message)).not.toContain('4242424242424242');
  });

  it('that lacks what a case needs is refused at each place, and becomes a case once the rules are mended', async () => {
    const { id, operator, institution, settings } = await anAdapter('stripe', {
      account: 'acct_other',
      fillsGaps: false,
    });
    await sendStripe(id, anEvent({ dispute: { currency: 'xyz' } }));
    await sendStripe(id, anEvent());
    const [message, wrong] = await messagesOf(operator, id);
    expect(wrong?.errors.map(({ code }) => code)).toContain('unknown_currency');
    expect(message?.errors.map(({ pointer }) => pointer)).toEqual([
      '/account',
      '/payment/trackingId',
      '/payment/paidAt',
    ]);
    const accounts = settings.accounts.map((each) => ({ ...each, account: '*' }));
    const mended = { name: '接続', isOn: true, settings: { ...settings, accounts, fillsGaps: true } };
    expect((await as(world, operator).put(`/adapters/${id}`, mended)).status).toBe(200);
    const runs = await Promise.all(
      [1, 2].map(() => as(world, operator).post(`/adapter-messages/${message?.id}/runs`)),
    );
    expect(runs.map(({ status, body }) => [status, body.outcome])).toEqual([
      [200, 'created'],
      [200, 'created'],
    ]);
    expect(await casesOf(institution.institutionId)).toHaveLength(1);
  });
});

describe('a message that is kept', () => {
  const bodyOf = async (caseId: string | undefined) =>
    world.db
      .selectFrom('adapter_messages')
      .select('sealed_body')
      .where('case_id', '=', caseId ?? '')
      .executeTakeFirstOrThrow();
  const received = async (days: number) => {
    const { id, operator, institution } = await anAdapter('stripe');
    await sendStripe(id, anEvent());
    const [found] = await casesOf(institution.institutionId);
    await world.db.transaction().execute(async (tx) => {
      await sql`set local session_replication_role = replica`.execute(tx);
      await sql`update adapter_messages set received_at = now() - make_interval(days => ${days})
        where adapter_id = ${id}`.execute(tx);
    });
    return { operator, caseId: found?.id };
  };

  it('is emptied after 90 days, and later where a legal hold keeps its case', async () => {
    const [young, old, held] = [await received(89), await received(91), await received(91)];
    const holding = as(world, held.operator);
    await holding.post(`/cases/${held.caseId}/legal-hold`, { reason: '訴訟対応のため' });

    await eraseOldMessages(world.bySystem.inTransaction);
    const kept = [await bodyOf(young.caseId), await bodyOf(old.caseId), await bodyOf(held.caseId)];
    expect(kept.map(({ sealed_body }) => sealed_body !== null)).toEqual([true, false, true]);

    await holding.post(`/cases/${held.caseId}/legal-hold/lift`, { reason: '訴訟終結' });
    await eraseOldMessages(world.bySystem.inTransaction);
    expect((await bodyOf(held.caseId)).sealed_body).toBeNull();
  });

  it('is emptied with its case, however young it is', async () => {
    const { caseId } = await received(1);
    await world.db.transaction().execute(async (tx) => {
      await sql`set local session_replication_role = replica`.execute(tx);
      // Closed, as a case is that is erased: another test that closes what is over must not come upon it.
      await sql`update cases set status = 'expired', erased_at = now(), sealed_request = null, customer_index = null,
        order_id = null where id = ${caseId}`.execute(tx);
    });
    await eraseOldMessages(world.bySystem.inTransaction);
    expect((await bodyOf(caseId)).sealed_body).toBeNull();
  });
});

describe('a secret', () => {
  it('that was replaced is believed until its overlap is over', async () => {
    const { id, operator } = await anAdapter('stripe');
    const secret = 'whsec_next_0123456789abcdef';
    await as(world, operator).post(`/adapters/${id}/secrets`, { secret, overlapHours: 1 });
    expect((await sendStripe(id, anEvent())).status).toBe(200);
    expect((await sendStripe(id, anEvent(), { secret })).status).toBe(200);
    await as(world, operator).post(`/adapters/${id}/secrets`, { secret: `${secret}2`, overlapHours: 0 });
    expect((await sendStripe(id, anEvent())).status).toBe(401);
    expect((await sendStripe(id, anEvent(), { secret: `${secret}2` })).status).toBe(200);
  });
});

describe('an adapter', () => {
  it('is nobody’s to see but operators’, and makes cases for its own institution alone', async () => {
    const { id, merchant, institution } = await anAdapter('stripe');
    const other = await anAdapter('stripe');
    await sendStripe(id, anEvent());
    expect(await casesOf(other.institution.institutionId)).toEqual([]);
    expect(await casesOf(institution.institutionId)).toHaveLength(1);
    for (const caller of [merchant.hanako, institution, await anOperator(world, 'auditor')])
      expect((await as(world, caller).get('/adapters')).status).toBe(403);
    expect(
      (await as(world, await anOperator(world, 'agent')).post(`/adapters/${id}/secrets`, {})).status,
    ).toBe(403);
  });

  it('that is off or unknown receives nothing', async () => {
    const { id, operator, settings } = await anAdapter('stripe');
    await as(world, operator).put(`/adapters/${id}`, { name: '接続', isOn: false, settings });
    expect((await sendStripe(id, anEvent())).status).toBe(401);
    expect((await sendStripe('018f0000-0000-7000-8000-000000000000', anEvent())).status).toBe(401);
  });
});

const mapping = `{
  "eventId": id, "reference": inquiry.no, "says": kind = "inquiry" ? "inquiry" : "nothing", "because": kind,
  "reason": $trim(inquiry.code), "account": shop, "requestedAt": inquiry.at, "dueAt": inquiry.answer_by,
  "amount": { "decimal": payment.amount, "currency": payment.currency }, "method": "credit_card",
  "trackingId": payment.tracking, "paidAt": payment.paid, "orderId": payment.order, "note": inquiry.text
}`;
const aMessage = {
  ...{ id: 'A-1', kind: 'inquiry', shop: 'S-9' },
  inquiry: {
    no: 'Q-77',
    code: ' U01 ',
    at: '2026-11-20 10:00',
    answer_by: '2026-11-27',
    text: '利用覚えなし',
  },
  payment: {
    amount: '12800.00',
    currency: 'JPY',
    tracking: '20261101000123',
    paid: '2026-11-01 09:12:00',
    order: 'A-7',
  },
};

describe('a mapping', () => {
  it('makes cases of messages that only its operator knows', async () => {
    const { id, operator, institution, settings } = await anAdapter('mapping', { mapping });
    const reasons = [{ reason: 'U01', notificationType: 'inquiry.unrecognized' }];
    const changed = { name: 'X', isOn: true, settings: { ...settings, reasons } };
    const tried = await as(world, operator).post(`/adapters/${id}/trials`, {
      message: JSON.stringify(aMessage),
      settings: changed.settings,
    });
    expect(tried.body.items[0]).toMatchObject({
      errors: [],
      request: { notificationType: 'inquiry.unrecognized', dueAt: '2026-11-27T23:59:59+09:00' },
    });
    await as(world, operator).put(`/adapters/${id}`, changed);
    expect((await sendMapped(id, aMessage)).status).toBe(200);
    const [found] = await casesOf(institution.institutionId);
    expect(found).toMatchObject({
      amount_value: 12800,
      amount_currency: 'JPY',
      tracking_id: '20261101000123',
      notification_type: 'inquiry.unrecognized',
    });
  });

  it('that is hostile or broken ends in time, and others are served meanwhile', async () => {
    const hostile = {
      '($f := function($x) { $f($x) }; $f(1))': /timed_out/,
      '($f := function($x) { $f($x) & $f($x) }; $f(1))': /timed_out|out_of_memory|error|S0|U1/,
      '[1..9999999].("0123456789012345678901234567890123456789")': /timed_out|out_of_memory|too_large/,
      '$match("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", /^(a+)+$/)': /timed_out/,
      '$eval("1 + 1")': /error|T1006/,
      '{ "a": ': /S0/,
    };
    const { id, operator, settings } = await anAdapter('mapping');
    for (const [expression, why] of Object.entries(hostile)) {
      const body = { message: '{}', settings: { ...settings, mapping: expression } };
      const trying = as(world, operator).post(`/adapters/${id}/trials`, body);
      const started = performance.now();
      await as(world, operator).get('/environment');
      expect(performance.now() - started).toBeLessThan(1000);
      const { status, body: reply } = await trying;
      expect([expression, status, reply.items?.[0].errors[0].code]).toEqual([
        expression,
        200,
        'mapping_failed',
      ]);
      expect(reply.items[0].errors[0].detail).toMatch(why);
    }
  }, 60_000);
});
