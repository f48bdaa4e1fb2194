import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { readPdf, withoutSpaces } from '#tests/support/read-pdf.ts';
import {
  aMerchant,
  anInstitution,
  anOperator,
  aRequest,
  as,
  type Caller,
  givenCase,
  type Merchant,
  proofOf,
  startWorld,
} from '#tests/support/world.ts';
import { openPrinter } from './sheet/printer.ts';
import type { Sheet } from './sheet/sheet.ts';

const world = startWorld();

/** Fetches an answer sheet as its bytes. */
async function sheetOf(caller: Caller, caseId: string, version?: number) {
  const query = version === undefined ? '' : `?version=${version}`;
  const response = await fetch(`${world.url}/api/v1/cases/${caseId}/answer.pdf${query}`, {
    headers: proofOf(caller),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, bytes };
}

const textOf = async (bytes: Buffer): Promise<string> => withoutSpaces((await readPdf(bytes)).join(''));

const reason = '山田 花子様ご本人から、𠮷野家の分は継続とのお申し出があったため😀';
const refused = { cancellation: { result: 'refused', reason } };

async function anAnswered(merchant: Merchant, draft: object = refused): Promise<string> {
  const caseId = await givenCase(world, merchant, { draft });
  const { status } = await as(world, merchant.hanako).post(`/cases/${caseId}/answer`, { draftVersion: 1 });
  if (status !== 201) throw new Error('not registered');
  return caseId;
}

describe('an answer sheet', () => {
  it('says the case, the payment, the answer as registered, and what proves it', async () => {
    const merchant = await aMerchant(world);
    const caseId = await anAnswered(merchant);
    const { status, headers, bytes } = await sheetOf(merchant.hanako, caseId);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/pdf');
    expect(headers.get('content-disposition')).toBe(`attachment; filename="${caseId}-v1.pdf"`);
    expect(headers.get('etag')).toBe(`"${createHash('sha256').update(bytes).digest('hex')}"`);
    const { body: found } = await as(world, merchant.hanako).get(`/cases/${caseId}`);
    const said = [caseId, found.institutionReference, found.institutionName, found.payment.trackingId];
    said.push('12,800円', '山田花子', '第1版', found.answers[0].sha256, found.supplement, '1/2');
    said.push('山田花子様ご本人から、𠮷野家の分は継続とのお申し出があったため〓[U+1F600]');
    for (const { title, entries } of found.answers[0].document)
      said.push(
        title,
        ...entries.flatMap(({ fields }: { fields: { label: string }[] }) => fields.map(({ label }) => label)),
      );
    const text = await textOf(bytes);
    expect(said.filter((each) => !text.includes(withoutSpaces(each)))).toEqual([]);
  });

  it('is the same bytes each time, for the same reader', async () => {
    const merchant = await aMerchant(world);
    const caseId = await anAnswered(merchant);
    const [first, second] = [await sheetOf(merchant.hanako, caseId), await sheetOf(merchant.hanako, caseId)];
    expect(first.bytes.equals(second.bytes)).toBe(true);
  });

  it('of each version stays, the newest comes when none is named', async () => {
    const merchant = await aMerchant(world);
    const caseId = await anAnswered(merchant);
    const before = await sheetOf(merchant.hanako, caseId, 1);
    await as(world, await anOperator(world)).post(`/cases/${caseId}/corrections`, {
      reason: 'お申し出のため',
    });
    const content = { cancellation: { result: 'refused', reason: '訂正後の理由' } };
    await as(world, merchant.hanako).put(`/cases/${caseId}/draft`, { content }, { 'if-match': '"1"' });
    expect(
      (await as(world, merchant.hanako).post(`/cases/${caseId}/answer`, { draftVersion: 2 })).status,
    ).toBe(201);
    expect((await sheetOf(merchant.hanako, caseId, 1)).bytes.equals(before.bytes)).toBe(true);
    const text = await textOf((await sheetOf(merchant.hanako, caseId)).bytes);
    expect(text).toContain('第2版(第1版の訂正)');
    expect(text).toContain('訂正後の理由');
    expect((await sheetOf(merchant.hanako, caseId, 3)).status).toBe(404);
  });

  it('of an answer to a further question says what was asked, to the institution too', async () => {
    const merchant = await aMerchant(world);
    const institution = await anInstitution(world);
    const { body: taken } = await as(world, institution).post('/cases', aRequest(merchant.mid));
    const hanako = as(world, merchant.hanako);
    const answerWith = async (reason: string, version: number) => {
      const content = { cancellation: { result: 'refused', reason } };
      await hanako.put(`/cases/${taken.id}/draft`, { content }, { 'if-match': `"${version - 1}"` });
      return (await hanako.post(`/cases/${taken.id}/answer`, { draftVersion: version })).status;
    };
    const sato = as(world, await anOperator(world));
    const open = (because: string, reason: string) =>
      sato.post(`/cases/${taken.id}/corrections`, { because, reason });
    expect(await answerWith('契約が続いているため', 1)).toBe(201);
    await open('follow_up', '契約はいつまで続きますか');
    expect(await answerWith('来年の三月末まで続くため', 2)).toBe(201);
    await open('correction', '日付の誤りのため');
    expect(await answerWith('来年の四月末まで続くため', 3)).toBe(201);
    const [first, second, third] = await Promise.all(
      [1, 2, 3].map(async (version) => textOf((await sheetOf(institution, taken.id, version)).bytes)),
    );
    expect(first).not.toContain('契約はいつまで続きますか');
    expect(second).toContain('契約はいつまで続きますか');
    expect(second).toContain('第2版(第1版への追加の照会に対する回答)');
    expect(third).toContain('第3版(第2版の訂正)');
    expect(third).not.toContain('契約はいつまで続きますか');
  });

  it('is masked for who may not read personal data, and names nobody to the institution', async () => {
    const merchant = await aMerchant(world);
    const caseId = await anAnswered(merchant);
    const masked = await textOf((await sheetOf(merchant.yuki, caseId)).bytes);
    expect(masked).toContain('●●●●');
    expect(masked).not.toContain('𠮷野家');
    expect((await sheetOf(await anInstitution(world), caseId)).status).toBe(404);
  });

  it('is another merchant’s affair, and not there before there is an answer', async () => {
    const [merchant, other] = [await aMerchant(world), await aMerchant(world)];
    const caseId = await anAnswered(merchant);
    expect((await sheetOf(other.hanako, caseId)).status).toBe(404);
    expect((await sheetOf(merchant.taro, caseId)).status).toBe(404);
    const open = await givenCase(world, merchant);
    expect((await sheetOf(merchant.hanako, open)).status).toBe(404);
  });

  it('is recorded', async () => {
    const merchant = await aMerchant(world);
    const caseId = await anAnswered(merchant);
    await sheetOf(merchant.yuki, caseId);
    const { rows } = await sql`
      select subjects, details from audit_entries where action = 'answer.print' and actor_id = ${merchant.yuki.id}`.execute(
      world.db,
    );
    expect(rows).toEqual([{ subjects: [caseId], details: { version: 1, personalData: 'masked' } }]);
  });
});

describe('the printer', () => {
  const long: Sheet = {
    ...{ locale: 'ja', title: '回答書', provider: '', lead: '', reference: '', missingNote: '' },
    at: new Date('2026-11-24T08:00:00Z'),
    groups: [
      {
        heading: '',
        blocks: [{ title: null, rows: [{ label: '', text: '長い回答です。'.repeat(5_000), empty: '' }] }],
      },
    ],
  };

  it('draws in a thread of its own: the others hardly notice', async () => {
    const printer = openPrinter();
    await printer.print(long);
    const before = performance.eventLoopUtilization();
    await Promise.all([printer.print(long), printer.print(long), printer.print(long)]);
    const { active, idle } = performance.eventLoopUtilization(before);
    expect(active).toBeLessThan((active + idle) / 3);
    await printer.stop();
  });

  it('refuses more than it can have waiting, and draws again after that', async () => {
    const printer = openPrinter();
    const waiting = Array.from({ length: 50 }, () => printer.print({ ...long, groups: [] }));
    expect(() => printer.print(long)).toThrow('busy');
    expect((await Promise.all(waiting)).every(({ length }) => length > 500)).toBe(true);
    await printer.print({ ...long, groups: [] });
    await printer.stop();
  });
});
