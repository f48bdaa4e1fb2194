import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { answerFormFor } from '#src/domain/answer-form.ts';
import { categories, categoryCodes } from '#src/domain/categories.ts';
import { mask } from '#src/domain/mask.ts';
import { categoryOf, notificationCodes, notificationType } from '#src/domain/notification-types.ts';
import { announceRequests } from '#src/modules/mail/announce-requests.ts';
import { spreadEvents } from '#src/modules/webhooks/spread-events.ts';
import { completeAnswer } from '#tests/support/complete-answer.ts';
import { startMailWorld } from '#tests/support/mail-world.ts';
import { mailsOf } from '#tests/support/opened.ts';
import { readPdf, withoutSpaces } from '#tests/support/read-pdf.ts';
import { aMerchant, anInstitution, aRequest, as, givenCase, proofOf } from '#tests/support/world.ts';

const world = startMailWorld();

const sender = {
  providerName: '照会ペイ',
  supportMail: 'help@psp.example.jp',
  baseUrl: 'https://p.example.jp',
};
const facts = { goods: 'physical', productNameKnown: true, currency: 'JPY' } as const;
const firstOf = (category: string) => notificationCodes.find((code) => categoryOf(code) === category);
const theAnswer = (code: (typeof notificationCodes)[number]) =>
  completeAnswer(answerFormFor(code, facts), { 'deliveryStatus.status': 'delivered' });

describe.each(categoryCodes)('the category %s', (category) => {
  const type = firstOf(category) ?? notificationCodes[0];
  if (type === undefined) throw new Error('no type');
  const given = { type, goods: facts.goods, productName: '単行本' } as const;

  it('comes in, is counted, listed, and found by its own filter alone', async () => {
    const merchant = await aMerchant(world);
    const hanako = as(world, merchant.hanako);
    const caseId = await givenCase(world, merchant, given);

    const { body: counts } = await hanako.get('/cases/counts');
    const counted = counts.categories.map((row: { category: string; counts: object }) => [
      row.category,
      row.counts,
    ]);
    expect(counted).toEqual(categoryCodes.map((code) => [code, code === category ? { received: 1 } : {}]));
    for (const code of categoryCodes) {
      const { body } = await hanako.get(`/cases?category=${code}`);
      expect(body.data.map(({ id }: { id: string }) => id)).toEqual(code === category ? [caseId] : []);
    }
    expect((await hanako.get('/cases.csv')).body).toContain(categories[category].label.ja);
    expect((await hanako.get(`/cases/${caseId}`)).body).toMatchObject({ category, notificationType: type });
  });

  it('is told of under its own subject, to its own contacts only', async () => {
    const merchant = await aMerchant(world);
    for (const code of categoryCodes)
      await sql`insert into contacts (id, mid, category, name, email)
        values (gen_random_uuid(), ${merchant.mid}, ${code}, ${'窓口'}, ${`${code}@shop.example.jp`})`.execute(
        world.db,
      );
    const caseId = await givenCase(world, merchant, given);
    await world.bySystem.inTransaction((tx) => announceRequests(tx, { caseId, sender, isKept: false }));

    const [mail, ...more] = await mailsOf(world, merchant.mid);
    expect(more).toEqual([]);
    const { label, mailSubject } = categories[category];
    expect(mail).toMatchObject({
      to: `${category}@shop.example.jp`,
      subject: `[照会ペイ]${mailSubject.ja}(${merchant.mid}-001)`,
    });
    expect(mail?.text).toContain(`${label.ja}の依頼が到着しました`);
  });

  it('is answered, sealed, masked, printed and given back', async () => {
    const merchant = await aMerchant(world);
    const institution = await anInstitution(world);
    const taken = await as(world, institution).post('/cases', aRequest(merchant.mid, given));
    const caseId: string = taken.body.id;
    const content = theAnswer(type);
    const hanako = as(world, merchant.hanako);
    await hanako.put(`/cases/${caseId}/draft`, { content }, { 'if-match': '"0"' });
    const registered = await hanako.post(`/cases/${caseId}/answer`, { draftVersion: 1 });
    expect([registered.status, registered.body.content]).toEqual([201, content]);

    const { rows } = await sql`select row_to_json(answers)::text as stored from answers
      where case_id = ${caseId}`.execute(world.db);
    expect(JSON.stringify(rows)).not.toContain('hanako@example.jp');
    const seen = (await as(world, merchant.yuki).get(`/cases/${caseId}`)).body.answers[0].content;
    expect(JSON.stringify(seen)).toContain(mask);
    expect(JSON.stringify(seen)).not.toContain('氏名のご回答');

    const sheet = await fetch(`${world.url}/api/v1/cases/${caseId}/answer.pdf`, {
      headers: proofOf(merchant.hanako),
    });
    const printed = withoutSpaces((await readPdf(Buffer.from(await sheet.arrayBuffer()))).join(''));
    expect(printed).toContain(withoutSpaces(notificationType(type).label.ja));
    for (const { title } of answerFormFor(type, facts).sections.filter(({ name }) => name in content))
      expect(printed).toContain(withoutSpaces(title.ja));

    await spreadEvents(world.bySystem.inTransaction, new Date());
    const { body: feed } = await as(world, institution).get('/answers');
    expect(feed.data).toMatchObject([{ caseId, notificationType: type, content }]);
  });
});

describe('what is outside of the domain', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
    (name) =>
      /\.tsx?$/.test(name) &&
      !/^domain\//.test(name) &&
      !/(\.test\.tsx?|texts\.ts|schema\.d\.ts|platform\/tables\.ts)$/.test(name),
  );

  it('names no category and no notification type, but as an example', () => {
    const codes = [...categoryCodes, ...notificationCodes].map((code) => `'${code}'`);
    const named = files.flatMap((name) =>
      readFileSync(join('src', name), 'utf8')
        .split('\n')
        .filter((line) => codes.some((code) => line.includes(code)) && !line.includes('example'))
        .map((line) => `${name}: ${line.trim()}`),
    );
    expect(files.length).toBeGreaterThan(500);
    expect(named).toEqual([]);
  });

  it('samples every type in the demo', () => {
    const sampled = readFileSync('demo/requests.ndjson', 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).notificationType as string);
    expect(new Set(sampled)).toEqual(new Set(notificationCodes));
  });
});
