import { describe, expect, it } from 'vitest';
import {
  aMerchant,
  anInstitution,
  anOperator,
  aRequest,
  as,
  givenCase,
  inDays,
  type Merchant,
  startWorld,
} from '#tests/support/world.ts';

const world = startWorld();

const ids = ({ body }: { body: { data: { id: string }[] } }): string[] => body.data.map(({ id }) => id);

/** Takes requests in for a merchant; returns their case numbers in the order given. */
async function given(
  { mid }: Merchant,
  requests: readonly Partial<ReturnType<typeof aRequest>>[],
): Promise<string[]> {
  const institution = as(world, await anInstitution(world));
  const created: string[] = [];
  for (const request of requests) {
    const { body } = await institution.post('/cases', { ...aRequest(mid), ...request });
    created.push(body.id);
  }
  return created;
}

describe('the list of cases', () => {
  it('shows the most urgent first, page by page, none twice and none left out', async () => {
    const merchant = await aMerchant(world);
    // Three with the very same due instant, so that a page ends among equals.
    const dueAt = inDays(5);
    const created = await given(
      merchant,
      [9, 5, 5, 5, 2].map((days) => ({ dueAt: days === 5 ? dueAt : inDays(days) })),
    );
    const hanako = as(world, merchant.hanako);

    const all = ids(await hanako.get('/cases?limit=200'));
    const paged: string[] = [];
    let cursor = '';
    do {
      const page = await hanako.get(`/cases?limit=2${cursor}`);
      paged.push(...ids(page));
      cursor = page.body.nextCursor ? `&cursor=${page.body.nextCursor}` : '';
    } while (cursor);

    expect(all).toEqual([created[4], created[1], created[2], created[3], created[0]]);
    expect(paged).toEqual(all);
    expect(ids(await hanako.get('/cases?sort=-due'))).toEqual([...all].reverse());
  });

  it('filters by status, type, service and due', async () => {
    const merchant = await aMerchant(world);
    const [inquiry, overdue] = await given(merchant, [
      { notificationType: 'inquiry.other', sid: '002' },
      { requestedAt: inDays(-9), dueAt: inDays(-2) },
    ]);
    const answered = await givenCase(world, merchant, { answered: true });
    const hanako = as(world, merchant.hanako);

    expect(ids(await hanako.get('/cases?status=answered'))).toEqual([answered]);
    expect(ids(await hanako.get('/cases?status=received,correcting'))).toEqual([overdue, inquiry]);
    expect(ids(await hanako.get('/cases?notificationType=inquiry.other'))).toEqual([inquiry]);
    expect(ids(await hanako.get('/cases?sid=002'))).toEqual([inquiry]);
    expect(ids(await hanako.get('/cases?due=overdue'))).toEqual([overdue]);
    expect(ids(await hanako.get(`/cases?dueBefore=${inDays(0)}`))).toEqual([overdue]);
  });

  it('finds by the start of a case number, tracking id, order id or customer id, and takes what was typed for no pattern', async () => {
    const merchant = await aMerchant(world);
    const { payment } = aRequest(merchant.mid);
    const [caseId = ''] = await given(merchant, [
      { payment: { ...payment, orderId: 'ORD_77%', customerId: 'CUST-9', trackingId: '29998887776665' } },
    ]);
    await given(merchant, [{ payment: { ...payment, trackingId: '21112223334445' } }]);
    const search = async (q: string) =>
      ids(await as(world, merchant.hanako).get(`/cases?q=${encodeURIComponent(q)}`));

    expect(await search(caseId.toLowerCase().replaceAll('-', ''))).toEqual([caseId]);
    expect(await search('2999888')).toEqual([caseId]);
    expect(await search('ORD_77%')).toEqual([caseId]);
    expect(await search('CUST-9')).toEqual([caseId]);
    expect(await search('ORD%')).toEqual([]);
    expect(await search('_')).toEqual([]);
  });

  it.each([
    ['limit=0', '/limit'],
    ['limit=201', '/limit'],
    ['status=nonsense', '/status/0'],
    ['cursor=nonsense', '/cursor'],
    ['cursor=WyIyMDI2IiwxXQ', '/cursor'],
    [`q=${'x'.repeat(65)}`, '/q'],
    ['dueBefore=tomorrow', '/dueBefore'],
  ])('refuses %s and names it', async (query, pointer) => {
    const { hanako } = await aMerchant(world);
    const { status, body } = await as(world, hanako).get(`/cases?${query}`);
    expect([status, body.errors[0].pointer]).toEqual([400, pointer]);
  });

  it('comes as a file that spreadsheets read, in which no cell is a formula', async () => {
    const merchant = await aMerchant(world);
    const [caseId] = await given(merchant, [{ dueAt: '2027-01-15T08:00:00Z' }]);
    await world.db
      .updateTable('services')
      .set({ name: '=1+1,"x"' })
      .where('mid', '=', merchant.mid)
      .execute();

    const { headers, body } = await as(world, merchant.hanako).get('/cases.csv?status=received');

    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toBe('attachment; filename="cases.csv"');
    expect(body.split('\r\n')[0]).toContain(
      '依頼管理番号,MID-SID,サービス名,依頼カテゴリ,通知種別,依頼日,回答期限',
    );
    expect(body.split('\r\n')[1]).toContain(
      `${caseId},${merchant.mid}-001,"'=1+1,""x""",利用照会・代行解約,`,
    );
    expect(body).toContain(',12800,JPY,依頼受領');
  });
});

describe('who sees which cases', () => {
  it('is decided by tenant, service and institution, the same in lists, counts, search and files', async () => {
    const [ours, theirs] = [await aMerchant(world), await aMerchant(world)];
    const [one] = await given(ours, [{ sid: '001' }]);
    const [two] = await given(ours, [{ sid: '002' }]);
    await given(theirs, [{}]);
    const sees = async (who: Merchant['hanako'], query = '') => {
      const { body } = await as(world, who).get(`/cases?sort=requested&mid=${ours.mid}${query}`);
      const { body: counts } = await as(world, who).get(`/cases/counts?mid=${ours.mid}`);
      return { list: ids({ body }).sort(), count: counts.categories[0].counts.received ?? 0 };
    };

    expect(await sees(ours.hanako)).toEqual({ list: [one, two].sort(), count: 2 });
    expect(await sees(ours.yuki)).toEqual({ list: [one, two].sort(), count: 2 });
    expect(await sees(ours.taro)).toEqual({ list: [two], count: 1 });
    expect(await sees(ours.taro, '&sid=001')).toEqual({ list: [], count: 1 });
    expect(await sees(theirs.hanako)).toEqual({ list: [], count: 0 });
    expect(await sees(await anInstitution(world))).toEqual({ list: [], count: 0 });
    expect(await sees(await anOperator(world, 'auditor'))).toEqual({ list: [one, two].sort(), count: 2 });
  });

  it('makes a foreign case and an unknown one the same on every route', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant, { answered: true, sid: '001' });
    const strangers = [(await aMerchant(world)).hanako, merchant.taro, await anInstitution(world)];
    const paths = ['', '/events', '/answer-form', '/draft', '/answer'];
    for (const stranger of strangers) {
      for (const path of paths) {
        const foreign = await as(world, stranger).get(`/cases/${caseId}${path}`);
        const unknown = await as(world, stranger).get(`/cases/261124-000-000-000${path}`);
        expect([403, 404]).toContain(foreign.status);
        expect({ ...foreign.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' });
      }
    }
  });

  it('shows institutions no names of the merchant’s people', async () => {
    const merchant = await aMerchant(world);
    const institution = await anInstitution(world);
    const { body: taken } = await as(world, institution).post('/cases', aRequest(merchant.mid));
    const hanako = as(world, merchant.hanako);
    const content = { cancellation: { result: 'refused', reason: '契約者本人の確認が取れないため' } };
    await hanako.put(`/cases/${taken.id}/draft`, { content }, { 'if-match': '"0"' });
    await hanako.post(`/cases/${taken.id}/answer`, { draftVersion: 1 });

    const { body } = await as(world, institution).get(`/cases/${taken.id}`);

    expect(body.answers[0]).toMatchObject({ version: 1, content, registeredBy: null });
    expect(JSON.stringify(body)).not.toContain(merchant.hanako.name);
  });
});

describe('every screen', () => {
  it('asks one statement for its data, one for its session, and tells the audit trail where it shows a case', async () => {
    const merchant = await aMerchant(world);
    const caseId = await givenCase(world, merchant, { answered: true });
    const screens: [string, number][] = [
      ['/cases/counts', 2],
      ['/cases', 2],
      [`/cases/${caseId}`, 3],
      [`/cases/${caseId}/answer-form`, 3],
      [`/cases/${caseId}/draft`, 3],
      ['/session', 2],
    ];
    for (const [path, statements] of screens) {
      world.statements.length = 0;
      const { status } = await as(world, merchant.hanako).get(path);
      expect([path, status, world.statements.length]).toEqual([path, 200, statements]);
    }
  });
});
