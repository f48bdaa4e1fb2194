import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { aMerchant, anInstitution, anOperator, as, startWorld } from '#tests/support/world.ts';
import { checkImport } from './check-import.ts';
import { runImport } from './run-import.ts';

/** Without a worker: the tests do the queued work themselves, so that it can die where they want. */
const world = startWorld({ work: false });
let merchant: Awaited<ReturnType<typeof aMerchant>>;
let mori: Awaited<ReturnType<typeof anOperator>>;

beforeAll(async () => {
  merchant = await aMerchant(world);
  mori = await anOperator(world, 'agent');
});

const columns = {
  ...{ institutionReference: '番号', mid: '加盟店', requestedAt: '依頼日', supplement: '補足' },
  ...{ trackingId: '決済', amount: '金額', paidAt: '決済日', customerId: '顧客', notificationType: '理由' },
};
const mapping = {
  columns,
  constants: { method: 'credit_card', goods: 'physical' },
  types: [{ from: 'U01', to: 'inquiry.unrecognized' }],
};
const header = Object.values(columns).join(',');
const lineOf = (reference: string, change: Partial<Record<keyof typeof columns, string>> = {}): string =>
  Object.values({
    ...{ institutionReference: reference, mid: `${merchant.mid}-001`, requestedAt: '2026/08/20 10:00' },
    ...{ supplement: '補足', trackingId: '20260801000123', amount: '"12,800"', paidAt: '2026/08/01' },
    ...{ customerId: 'C-1', notificationType: 'U01', ...change },
  }).join(',');

const upload = (institutionId: string, raw: string | Uint8Array<ArrayBuffer>) =>
  as(world, mori).send('POST', `/imports?institutionId=${institutionId}&name=a.csv`, {
    headers: { 'content-type': 'application/octet-stream' },
    raw,
  });
const read = async (id: string) => (await as(world, mori).get(`/imports/${id}`)).body;
const step = (id: string, name: string) => as(world, mori).post(`/imports/${id}/${name}`);

async function checked(institutionId: string, raw: string): Promise<string> {
  const { body } = await upload(institutionId, raw);
  const mapped = await as(world, mori).put(`/imports/${body.id}/mapping`, { mapping });
  expect(mapped.body.state).toBe('checking');
  await checkImport(world.bySystem, body.id);
  return body.id;
}

const referencesOf = async (institutionId: string): Promise<string[]> => {
  const rows = await world.db
    .selectFrom('cases')
    .select('institution_reference')
    .where('institution_id', '=', institutionId)
    .orderBy('institution_reference')
    .execute();
  return rows.map((row) => row.institution_reference);
};

const names = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `R-${String(index).padStart(5, '0')}`);
const fileOf = (count: number): string =>
  `${header}\n${names(count)
    .map((name) => lineOf(name))
    .join('\n')}\n`;

describe('a file', () => {
  it('is mapped, checked, confirmed once and taken in, with a result for every line', async () => {
    const { institutionId } = await anInstitution(world);
    const id = await checked(
      institutionId,
      `${header}\n${lineOf('A-1')}\n${lineOf('A-2', { amount: 'abc' })}\n`,
    );
    expect((await read(id)).check).toEqual({ line: 3, new: 1, known: 0, wrong: 1 });
    expect(await referencesOf(institutionId)).toEqual([]);
    expect((await step(id, 'confirmation')).status).toBe(200);
    expect((await step(id, 'confirmation')).body.code).toBe('import_not_possible');
    await runImport(world.bySystem, id);
    expect(await read(id)).toMatchObject({
      state: 'done',
      result: { line: 3, created: 1, known: 0, refused: 1 },
    });
    expect(await referencesOf(institutionId)).toEqual(['A-1']);
    const { body } = await as(world, mori).get(`/imports/${id}/result.csv`);
    expect(body).toMatch(/2,登録,\d{6}-\w{3}-\w{3}-\w{3},A-1,,\r\n3,エラー,,,金額,"?金額は0以上の数字/);
  });

  it('tells at each cell what is wrong, and nothing of what stands there is stored', async () => {
    const { institutionId } = await anInstitution(world);
    const wrong = [
      lineOf('A-1', { requestedAt: '昨日', amount: '-1' }),
      lineOf('A-2', { mid: '00000-999' }),
      lineOf('A-3', { notificationType: 'X99' }),
      lineOf('A-4', { supplement: '4111 1111 1111 1111' }),
      lineOf('', {}),
    ];
    const id = await checked(institutionId, `${header}\n${wrong.join('\n')}`);
    const { problems } = await read(id);
    expect(problems.map(({ line, field, code }: Record<string, unknown>) => [line, field, code])).toEqual([
      [2, 'requestedAt', 'not_an_instant'],
      [2, 'amount', 'not_an_amount'],
      [3, 'sid', 'unknown_service'],
      [4, 'notificationType', 'unknown_notification_type'],
      [5, 'supplement', 'card_number'],
      [6, 'institutionReference', 'missing'],
    ]);
    const { body } = await as(world, mori).get(`/imports/${id}/preview`);
    expect(body.rows[0]).toMatchObject({ line: 2, outcome: 'wrong' });
    expect(body.rows[0].problems).toHaveLength(2);
    const row = await world.db.selectFrom('imports').selectAll().where('id', '=', id).executeTakeFirst();
    expect(JSON.stringify(row)).not.toMatch(/昨日|4111/);
  });

  it('sent twice adds nothing, and that is told beforehand', async () => {
    const { institutionId } = await anInstitution(world);
    for (const expected of [
      { check: { new: 3, known: 0 }, result: { created: 3, known: 0 } },
      { check: { new: 0, known: 3 }, result: { created: 0, known: 3 } },
    ]) {
      const id = await checked(institutionId, fileOf(3));
      await step(id, 'confirmation');
      await runImport(world.bySystem, id);
      expect(await read(id)).toMatchObject(expected);
    }
    expect(await referencesOf(institutionId)).toEqual(names(3));
  });

  it('taken in by two at once, and by two workers at once, makes every case once', async () => {
    const { institutionId } = await anInstitution(world);
    const ids = [await checked(institutionId, fileOf(1_100)), await checked(institutionId, fileOf(1_100))];
    for (const id of ids) await step(id, 'confirmation');
    await Promise.all([...ids, ...ids].map((id) => runImport(world.bySystem, id)));
    expect(await referencesOf(institutionId)).toEqual(names(1_100));
    const results = await Promise.all(ids.map(read));
    expect(results.map(({ result }) => result.created + result.known)).toEqual([1_100, 1_100]);
    expect(results[0].result.created + results[1].result.created).toBe(1_100);
  });

  it('goes on behind the last line that is in after its worker died', async () => {
    const { institutionId } = await anInstitution(world);
    const id = await checked(institutionId, fileOf(1_200));
    await step(id, 'confirmation');
    let transactions = 0;
    const dying: typeof world.bySystem = {
      ...world.bySystem,
      inTransaction: async (work) => {
        transactions += 1;
        // The third batch is written, and then nothing of it stays.
        return world.bySystem.inTransaction(async (tx) => {
          const result = await work(tx);
          if (transactions === 3) throw new Error('killed');
          return result;
        });
      },
    };
    await expect(runImport(dying, id)).rejects.toThrow('killed');
    expect(await read(id)).toMatchObject({ state: 'running', result: { created: 1_000, line: 1_001 } });
    expect(await referencesOf(institutionId)).toEqual(names(1_000));
    await runImport(world.bySystem, id);
    expect(await read(id)).toMatchObject({
      state: 'done',
      result: { created: 1_200, known: 0, line: 1_201 },
    });
    expect(await referencesOf(institutionId)).toEqual(names(1_200));
  });

  it('that is stopped keeps what is in, says so, and can go on', async () => {
    const { institutionId } = await anInstitution(world);
    const id = await checked(institutionId, fileOf(900));
    await step(id, 'confirmation');
    let transactions = 0;
    const stopping: typeof world.bySystem = {
      ...world.bySystem,
      inTransaction: async (work) => {
        const result = await world.bySystem.inTransaction(work);
        transactions += 1;
        if (transactions === 1) expect((await step(id, 'cancellation')).body.state).toBe('cancelling');
        return result;
      },
    };
    await runImport(stopping, id);
    expect(await read(id)).toMatchObject({ state: 'cancelled', result: { created: 500 } });
    expect(await referencesOf(institutionId)).toEqual(names(500));
    expect((await step(id, 'resumption')).body.state).toBe('running');
    await runImport(world.bySystem, id);
    expect(await referencesOf(institutionId)).toEqual(names(900));
  });

  it('that cannot be read is refused with the reason', async () => {
    const { institutionId } = await anInstitution(world);
    for (const [raw, code] of [
      ['', 'file_empty'],
      ['a,a\n1,2', 'file_duplicate_header'],
      [new Uint8Array([0xff, 0xfd, 0xff, 0x2c]), 'file_wrong_encoding'],
      ['PK\u0003\u0004 no zip', 'file_broken'],
    ] as const) {
      const { status, body } = await upload(institutionId, raw);
      expect([status, body.errors]).toMatchObject([422, [{ pointer: '/file', code }]]);
    }
    expect((await upload('NOBODY', 'a,b')).status).toBe(400);
  });

  it('is kept sealed, and its mapping for the institution’s next one', async () => {
    const { institutionId } = await anInstitution(world);
    const id = await checked(institutionId, fileOf(1));
    const [piece] = await world.db
      .selectFrom('import_pieces')
      .select('sealed_bytes')
      .where('import_id', '=', id)
      .execute();
    expect(piece?.sealed_bytes.includes('R-00000')).toBe(false);
    const next = await upload(institutionId, fileOf(1));
    const { body } = await as(world, mori).get(`/imports/${next.body.id}/preview`);
    expect(body.keptMapping.columns).toEqual(columns);
  });

  it('is no auditor’s, merchant’s or institution’s', async () => {
    const institution = await anInstitution(world);
    const id = await checked(institution.institutionId, fileOf(1));
    for (const caller of [await anOperator(world, 'auditor'), merchant.hanako, institution])
      for (const path of [
        `/imports/${id}`,
        `/imports/${id}/preview`,
        `/imports/${id}/result.csv`,
        '/imports',
      ])
        expect((await as(world, caller).get(path)).status).toBe(403);
    expect((await as(world, mori).get(`/imports/${randomUUID()}`)).status).toBe(404);
  });
});
