import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Locale } from '#src/domain/text.ts';
import { startMailWorld } from '#tests/support/mail-world.ts';
import { mailsOf as openedMailsOf } from '#tests/support/opened.ts';
import {
  aMerchant,
  anInstitution,
  aRequest,
  as,
  givenCase,
  inDays,
  type Merchant,
} from '#tests/support/world.ts';
import { type Announced, announceRequests } from './announce-requests.ts';
import type { Sender } from './letter.ts';

const world = startMailWorld();

const sender: Sender = {
  providerName: 'SBペイメントサービス',
  supportMail: 'sbps-support@sbpayment.jp',
  baseUrl: 'https://portal.example.jp',
};

/** What the job of a case does when its window is over. */
const windowEnds = (caseId: string, isKept = false): Promise<Announced> =>
  world.bySystem.inTransaction((tx) => announceRequests(tx, { caseId, sender, isKept }));

type NewContact = { sid?: string | null; category?: string; email?: string; locale?: Locale };

async function aContact({ mid }: Merchant, given: NewContact = {}): Promise<string> {
  const { sid = null, category = 'inquiry_cancellation', locale = 'ja' } = given;
  const { email = `${randomUUID()}@shop.example.jp` } = given;
  await sql`insert into contacts (id, mid, sid, category, name, email, locale)
    values (${randomUUID()}, ${mid}, ${sid}, ${category}, ${'山田 花子'}, ${email}, ${locale})`.execute(
    world.db,
  );
  return email;
}

/** The mails of a merchant, and which cases each tells of. */
const mailsOf = ({ mid }: Merchant) => openedMailsOf(world, mid);

const outcomesOf = async ({ mid }: Merchant) => {
  const rows = await world.db
    .selectFrom('announcements')
    .select(['case_id', 'outcome', 'announced_at'])
    .where('mid', '=', mid)
    .execute();
  return new Map(rows.map((row) => [row.case_id, row.outcome]));
};

const jobsOf = async (queue: string, key: string, ids: readonly string[]): Promise<unknown[]> => {
  const { rows } = await sql`
    select data from pgboss.job where name = ${queue} and data ->> ${key} = any(${ids})`.execute(world.db);
  return rows;
};

describe('when the window of a service is over', () => {
  it('tells each contact of the service, of all services and of the category, and nobody else', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant, { sid: '001' });
    const told = [
      await aContact(merchant),
      await aContact(merchant, { sid: '001' }),
      await aContact(merchant, { sid: '001' }),
    ];
    await aContact(merchant, { sid: '001', email: told[0] ?? '' });
    await aContact(merchant, { sid: '002' });
    await aContact(merchant, { category: 'chargeback' });
    await aContact(await aMerchant(world), { sid: '001' });

    await windowEnds(caseId);

    const mails = await mailsOf(merchant);
    expect(mails.map(({ to }) => to)).toEqual(told.sort());
    for (const mail of mails) {
      expect(mail).toMatchObject({
        subject: `[SBペイメントサービス]利用照会・代行解約発生のご連絡(${merchant.mid}-001)`,
        state: 'queued',
        caseIds: [caseId],
        message_id: `<${mail.id}@portal.example.jp>`,
      });
    }
    expect(
      await jobsOf(
        'send-mail',
        'mailId',
        mails.map(({ id }) => id),
      ),
    ).toHaveLength(3);
  });

  it('tells of all that came for the service in one mail, with the first due instant, and of no other service', async () => {
    const merchant = await aMerchant(world);
    await aContact(merchant);
    const first = await givenCase(world, merchant, { dueAt: inDays(9) });
    const urgent = await givenCase(world, merchant, { dueAt: '2026-12-25T23:59:59+09:00' });
    const other = await givenCase(world, merchant, { sid: '002' });

    expect(await windowEnds(urgent)).toMatchObject({ outcome: 'told' });
    expect(await windowEnds(first)).toEqual({ outcome: 'before' });

    const mails = await mailsOf(merchant);
    expect(mails.map(({ caseIds }) => caseIds)).toEqual([[first, urgent].sort()]);
    expect(mails[0]?.text).toContain('2件');
    expect(mails[0]?.text).toContain('回答期限は依頼ごとに異なります');
    expect(await outcomesOf(merchant)).toEqual(
      new Map([
        [first, 'told'],
        [urgent, 'told'],
        [other, null],
      ]),
    );
  });

  it('leaves what came after it to its own window', async () => {
    const merchant = await aMerchant(world);
    await aContact(merchant);
    const early = await givenCase(world, merchant);
    const alsoEarly = await givenCase(world, merchant);
    await windowEnds(early);
    const late = await givenCase(world, merchant);

    // Its job comes while the window of the late one is still open.
    expect(await windowEnds(alsoEarly)).toEqual({ outcome: 'before' });
    expect(await outcomesOf(merchant)).toContainEqual([late, null]);
    expect(await windowEnds(late)).toMatchObject({ outcome: 'told' });

    expect((await mailsOf(merchant)).map(({ caseIds }) => caseIds)).toEqual(
      expect.arrayContaining([[early, alsoEarly].sort(), [late]]),
    );
  });

  it('makes one mail for each contact of 400 requests that came together', async () => {
    const merchant = await aMerchant(world);
    await aContact(merchant);
    await aContact(merchant, { sid: '001' });
    const lines = Array.from({ length: 400 }, () => JSON.stringify(aRequest(merchant.mid)));
    const institution = await anInstitution(world);
    const reply = await as(world, institution).send('POST', '/cases/batch', {
      raw: lines.join('\n'),
      headers: { 'content-type': 'application/x-ndjson' },
    });
    expect(reply.status).toBe(200);
    const caseIds = [...(await outcomesOf(merchant)).keys()];
    expect(caseIds).toHaveLength(400);
    const jobs = (await jobsOf('announce-requests', 'caseId', caseIds)) as { data: { caseId: string } }[];
    expect(jobs.length).toBeLessThan(10);

    for (const { data } of jobs) await windowEnds(data.caseId);

    const mails = await mailsOf(merchant);
    expect(mails.map((mail) => mail.caseIds?.length)).toEqual([400, 400]);
    expect(mails[0]?.text).toContain('400件');
    expect(new Set((await outcomesOf(merchant)).values())).toEqual(new Set(['told']));
  });

  it('does not tell of a request that was taken back meanwhile', async () => {
    const merchant = await aMerchant(world);
    await aContact(merchant);
    const kept = await givenCase(world, merchant);
    const institution = await anInstitution(world);
    const taken = await as(world, institution).post('/cases', aRequest(merchant.mid));
    const withdrawn: string = taken.body.id;
    const reply = await as(world, institution).post(`/cases/${withdrawn}/withdrawal`, { reason: '取下げ' });
    expect(reply.status).toBeLessThan(300);

    await windowEnds(withdrawn);

    expect((await mailsOf(merchant)).map(({ caseIds }) => caseIds)).toEqual([[kept]]);
    expect(await outcomesOf(merchant)).toEqual(
      new Map([
        [kept, 'told'],
        [withdrawn, 'closed'],
      ]),
    );
  });

  it('writes no mail when nothing is left to answer', async () => {
    const merchant = await aMerchant(world);
    await aContact(merchant);
    const caseId = await givenCase(world, merchant, { answered: true });

    expect(await windowEnds(caseId)).toEqual({ outcome: 'closed' });

    expect(await mailsOf(merchant)).toEqual([]);
    expect(await outcomesOf(merchant)).toEqual(new Map([[caseId, 'closed']]));
  });

  it('leaves to be seen that nobody is registered and nobody was told', async () => {
    const merchant = await aMerchant(world);
    await aContact(merchant, { sid: '002' });
    const caseId = await givenCase(world, merchant, { sid: '001' });

    expect(await windowEnds(caseId)).toEqual({ outcome: 'nobody', mid: merchant.mid, sid: '001' });

    expect(await outcomesOf(merchant)).toEqual(new Map([[caseId, 'nobody']]));
  });

  it('writes in the language of each contact', async () => {
    const merchant = await aMerchant(world);
    const english = await aContact(merchant, { locale: 'en' });
    await aContact(merchant);
    const caseId = await givenCase(world, merchant);

    await windowEnds(caseId);

    for (const { to, text } of await mailsOf(merchant)) {
      expect(text.includes('Requests: 1'), text).toBe(to === english);
      expect(text.includes('依頼件数'), text).toBe(to !== english);
    }
  });

  it('says nothing of what the requests are about', async () => {
    const merchant = await aMerchant(world);
    await aContact(merchant);
    const institution = await anInstitution(world);
    const request = aRequest(merchant.mid, { productName: 'CANARY-product' });
    const payment = { ...request.payment, trackingId: '98765432101234', customerId: 'CANARY-customer' };
    const secret = {
      ...request,
      supplement: 'CANARY-supplement',
      payment: { ...payment, orderId: 'CANARY-order', amount: { value: 7_654_321, currency: 'JPY' } },
    };
    const taken = await as(world, institution).post('/cases', secret);

    await windowEnds(taken.body.id);

    const [mail] = await mailsOf(merchant);
    const all = `${mail?.subject} ${mail?.text} ${mail?.html}`;
    for (const word of [
      'CANARY',
      '98765432101234',
      '7,654,321',
      'JCB',
      '1234<',
      'クレジット',
      taken.body.id,
    ]) {
      expect(all).not.toContain(word);
    }
  });

  it('writes a mail that stays when there is no mail server, and queues nothing', async () => {
    const merchant = await aMerchant(world);
    await aContact(merchant);
    const caseId = await givenCase(world, merchant);

    await windowEnds(caseId, true);

    const mails = await mailsOf(merchant);
    expect(mails.map(({ state }) => state)).toEqual(['kept']);
    expect(
      await jobsOf(
        'send-mail',
        'mailId',
        mails.map(({ id }) => id),
      ),
    ).toEqual([]);
  });

  it('leaves nothing behind when it fails, and works the next time', async () => {
    const merchant = await aMerchant(world);
    await aContact(merchant);
    const caseId = await givenCase(world, merchant);
    const failing = world.bySystem.inTransaction(async (tx) => {
      await announceRequests(tx, { caseId, sender, isKept: false });
      throw new Error('the database went away');
    });
    await expect(failing).rejects.toThrow('went away');
    expect(await mailsOf(merchant)).toEqual([]);
    expect(await outcomesOf(merchant)).toEqual(new Map([[caseId, null]]));

    await windowEnds(caseId);

    expect(await mailsOf(merchant)).toHaveLength(1);
  });

  it('writes one mail though the jobs of two requests run at the same time, and leaves a third that comes between', async () => {
    const merchant = await aMerchant(world);
    await aContact(merchant);
    const caseIds = [await givenCase(world, merchant), await givenCase(world, merchant)];
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    const { promise: isHeld, resolve: nowHeld } = Promise.withResolvers<void>();
    const holding = world.db.transaction().execute(async (tx) => {
      await tx
        .selectFrom('announcements')
        .select('case_id')
        .where('mid', '=', merchant.mid)
        .forUpdate()
        .execute();
      nowHeld();
      await held;
    });
    await isHeld;
    const first = windowEnds(caseIds[0] ?? '');
    await expect.poll(waiting, { timeout: 5_000 }).toBe(1);
    const between = await givenCase(world, merchant);
    const second = windowEnds(caseIds[1] ?? '');
    await expect.poll(waiting, { timeout: 5_000 }).toBe(2);
    release();
    await holding;

    expect(await first).toMatchObject({ outcome: 'told' });
    expect(await second).toEqual({ outcome: 'before' });
    expect(await outcomesOf(merchant)).toContainEqual([between, null]);
    expect((await mailsOf(merchant)).map((mail) => mail.caseIds)).toEqual([caseIds.sort()]);
  });
});

async function waiting(): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and query like '%for update of waiting%'`.execute(
    world.db,
  );
  return rows[0]?.count ?? 0;
}
