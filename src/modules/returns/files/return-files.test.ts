import { createHash } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { spreadEvents } from '#src/modules/webhooks/spread-events.ts';
import { createLog } from '#src/platform/log.ts';
import { anOwnDatabase } from '#tests/support/own-database.ts';
import {
  aMerchant,
  anInstitution,
  anOperator,
  aRequest,
  as,
  type Caller,
  type Institution,
  type Merchant,
  startWorld,
} from '#tests/support/world.ts';
import { folderPlace } from './folder-place.ts';
import { folderOf } from './make-files.ts';
import type { Place } from './place.ts';
import { makeDueFiles } from './queues.ts';
import { writeFiles } from './write-files.ts';

const world = startWorld({ database: anOwnDatabase });
const log = createLog('silent');
let root: string;
let sato: Caller;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'shokai-returns-'));
  sato = await anOperator(world);
});

const usual = {
  isOn: true,
  encoding: 'utf8_bom',
  columns: ['case_number', 'version', 'answer', 'sha256'],
  times: ['09:00'],
};

const write = (place: Place = folderPlace(root)) => writeFiles({ ...world.bySystem, place, log });

async function aChannel(settings: object = {}): Promise<Institution> {
  const institution = await anInstitution(world);
  const path = `/return-channels/${institution.institutionId}`;
  const { status, body } = await as(world, sato).put(path, { ...usual, ...settings }, { 'if-match': '"0"' });
  if (status !== 200) throw new Error(JSON.stringify(body));
  return institution;
}

async function answered(
  institution: Institution,
  { mid, hanako }: Merchant,
  reason: string,
): Promise<string> {
  const { body } = await as(world, institution).post('/cases', aRequest(mid));
  const content = { cancellation: { result: 'refused', reason } };
  await as(world, hanako).put(`/cases/${body.id}/draft`, { content }, { 'if-match': '"0"' });
  const registered = await as(world, hanako).post(`/cases/${body.id}/answer`, { draftVersion: 1 });
  if (registered.status !== 201) throw new Error(JSON.stringify(registered.body));
  await spreadEvents(world.bySystem.inTransaction, new Date());
  return body.id;
}

const makeNow = (institution: Institution) =>
  as(world, sato).post(`/return-channels/${institution.institutionId}/files`);

async function filesOf({ institutionId }: Institution): Promise<Record<string, Buffer>> {
  const folder = join(root, folderOf(institutionId));
  const names = await readdir(folder).catch(() => []);
  const read = await Promise.all(
    names.map(async (name) => [name, await readFile(join(folder, name))] as const),
  );
  return Object.fromEntries(read);
}

const listed = async ({ institutionId }: Institution) =>
  (await as(world, sato).get(`/return-files?institutionId=${institutionId}`)).body.data;

const channelOf = async ({ institutionId }: Institution) =>
  (await as(world, sato).get('/return-channels')).body.data.find(
    (each: { institutionId: string }) => each.institutionId === institutionId,
  );

/** Reads CSV, and takes away the apostrophe that keeps a value from being a formula. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    const cell = quoted?.replaceAll('""', '"') ?? plain;
    rows.at(-1)?.push(cell.startsWith("'") ? cell.slice(1) : cell);
    if (end === '\r\n') rows.push([]);
    if (end === '') break;
  }
  return rows.filter((row) => row.some(Boolean));
}

describe('a file of answers', () => {
  it('holds each answer once, is whole, and is told by a manifest', async () => {
    const [jcb, merchant] = [await aChannel(), await aMerchant(world)];
    const [first, second] = [
      await answered(jcb, merchant, '理由その一'),
      await answered(jcb, merchant, '理由その二'),
    ];
    expect((await makeNow(jcb)).status).toBe(200);
    await write();
    const files = await filesOf(jcb);
    const [name = '', manifest = ''] = Object.keys(files).sort();
    expect(name).toMatch(/^answers_T-[0-9A-F-]+_\d{8}_000001\.csv$/);
    const bytes = files[name] ?? Buffer.alloc(0);
    const rows = readCsv(bytes.toString('utf8').replace('\ufeff', ''));
    expect(rows.map(([caseId]) => caseId)).toEqual(['依頼管理番号', first, second]);
    expect(rows[1]?.[2]).toContain('理由その一');
    expect(JSON.parse(String(files[manifest]))).toMatchObject({
      ...{ file: name, institution: jcb.institutionId, number: 1, answers: 2, bytes: bytes.length },
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
    expect(await listed(jcb)).toMatchObject([{ state: 'written', answers: 2, number: 1 }]);
    await makeNow(jcb);
    await write();
    expect(Object.keys(await filesOf(jcb))).toHaveLength(2);
  });

  it('begins with the answers after the channel was set up', async () => {
    const [jcb, merchant] = [await anInstitution(world), await aMerchant(world)];
    await answered(jcb, merchant, '以前の回答');
    await as(world, sato).put(`/return-channels/${jcb.institutionId}`, usual, { 'if-match': '"0"' });
    const later = await answered(jcb, merchant, '以後の回答');
    await makeNow(jcb);
    await write();
    const [[, csv = Buffer.alloc(0)] = []] = Object.entries(await filesOf(jcb));
    expect(
      readCsv(csv.toString())
        .slice(1)
        .map(([caseId]) => caseId),
    ).toEqual([later]);
  });

  it.each(['=1+1', '+81-3', '-1', '@SUM(A1)', "'=1", "''", 'ふつうの"文"、,\n二行目', '＝全角'])(
    'neither starts a formula nor loses anything: %j',
    async (reason) => {
      const [jcb, merchant] = [await aChannel({ columns: ['content'] }), await aMerchant(world)];
      await answered(jcb, merchant, reason);
      await sql`update return_channels set columns = '{answer,content}' where institution_id = ${jcb.institutionId}`.execute(
        world.db,
      );
      await makeNow(jcb);
      await write();
      const [[, csv = Buffer.alloc(0)] = []] = Object.entries(await filesOf(jcb));
      const [, row] = readCsv(csv.toString().replace('\ufeff', ''));
      expect(JSON.parse(row?.[1] ?? '').cancellation.reason).toBe(reason);
    },
  );

  it('in Shift_JIS reads back as it was, and what it cannot say is set aside and told, never replaced', async () => {
    const [jcb, merchant] = [await aChannel({ encoding: 'shift_jis' }), await aMerchant(world)];
    const fits = await answered(jcb, merchant, '髙橋様・﨑山様・①㈱ﾊﾝｶｸ~～');
    const fitsNot = await answered(jcb, merchant, '𠮷野家様😀');
    await makeNow(jcb);
    await write();
    const [[, csv = Buffer.alloc(0)] = []] = Object.entries(await filesOf(jcb));
    const rows = readCsv(new TextDecoder('shift_jis', { fatal: true }).decode(csv));
    expect(rows.slice(1).map(([caseId]) => caseId)).toEqual([fits]);
    expect(rows[1]?.[2]).toContain('髙橋様・﨑山様・①㈱ﾊﾝｶｸ~～');
    const { body } = await as(world, sato).get(`/return-files/set-aside?institutionId=${jcb.institutionId}`);
    expect(body.data).toMatchObject([{ caseId: fitsNot, version: 1, characters: ['U+20BB7', 'U+1F600'] }]);
    expect(await channelOf(jcb)).toMatchObject({ setAside: 1 });

    const path = `/return-channels/${jcb.institutionId}`;
    await as(world, sato).put(path, usual, { 'if-match': '"1"' });
    expect((await as(world, sato).post(`${path}/set-aside/retry`)).body).toMatchObject({ setAside: 0 });
    await makeNow(jcb);
    await write();
    const names = Object.keys(await filesOf(jcb)).filter((name) => name.endsWith('_000002.csv'));
    expect(names).toHaveLength(1);
  });

  it('is made when its time has come on a business day, once', async () => {
    const [jcb, merchant] = [await aChannel(), await aMerchant(world)];
    await answered(jcb, merchant, '定時の返送');
    const made = async (now: string) => {
      await sql`update return_channels set done_until = ${'2026-11-20T09:00:00+09:00'}
        where institution_id = ${jcb.institutionId} and done_until > ${'2026-12-31T00:00:00Z'}`.execute(
        world.db,
      );
      await makeDueFiles(world.bySystem, new Date(now));
      return (await listed(jcb)).length;
    };
    await sql`update return_channels set done_until = ${'2026-11-20T09:00:00+09:00'}
      where institution_id = ${jcb.institutionId}`.execute(world.db);
    // A Saturday, a Sunday and a holiday.
    expect(await made('2026-11-21T12:00:00+09:00')).toBe(0);
    expect(await made('2026-11-23T12:00:00+09:00')).toBe(0);
    expect(await made('2026-11-24T08:59:59+09:00')).toBe(0);
    expect(await made('2026-11-24T09:00:00+09:00')).toBe(1);
    expect(await made('2026-11-24T12:00:00+09:00')).toBe(1);
  });
});

describe('a file that cannot be written', () => {
  it('is tried again, told with the reason, and written when somebody asks', async () => {
    const [jcb, merchant] = [await aChannel(), await aMerchant(world)];
    await answered(jcb, merchant, '書けない');
    await makeNow(jcb);
    await write(folderPlace('/dev/null'));
    const [file] = await listed(jcb);
    expect(file).toMatchObject({ state: 'waiting', tries: 1, lastError: 'ENOTDIR' });
    await write();
    expect(await filesOf(jcb)).toEqual({});
    expect((await as(world, sato).post(`/return-files/${file.id}/rewrite`)).status).toBe(200);
    await write();
    expect(await listed(jcb)).toMatchObject([{ state: 'written', lastError: null }]);
  });

  it('is given up after its tries, and counted', async () => {
    const [jcb, merchant] = [await aChannel(), await aMerchant(world)];
    await answered(jcb, merchant, '書けない');
    await makeNow(jcb);
    for (let tries = 0; tries < 12; tries += 1) {
      await sql`update return_files set next_attempt_at = now() where state = 'waiting'`.execute(world.db);
      await write(folderPlace('/dev/null'));
    }
    expect(await listed(jcb)).toMatchObject([{ state: 'failed', tries: 12 }]);
    expect(await channelOf(jcb)).toMatchObject({ failed: 1 });
  });

  it('never takes the place of another file of its name', async () => {
    const [jcb, merchant] = [await aChannel(), await aMerchant(world)];
    await answered(jcb, merchant, '上書き禁止');
    await makeNow(jcb);
    await write();
    const [file] = await listed(jcb);
    const path = join(root, folderOf(jcb.institutionId), file.name);
    await chmod(path, 0o600);
    await writeFile(path, 'somebody else’s');
    await as(world, sato).post(`/return-files/${file.id}/rewrite`);
    await write();
    expect(await listed(jcb)).toMatchObject([{ state: 'waiting', lastError: 'other_file_there' }]);
    expect(await readFile(path, 'utf8')).toBe('somebody else’s');
  });
});

describe('files of answers', () => {
  it('are in one file each, however many make and write at once', async () => {
    const [jcb, merchant] = [await aChannel({ columns: ['case_number'] }), await aMerchant(world)];
    const cases: string[] = [];
    for (let count = 0; count < 6; count += 1) cases.push(await answered(jcb, merchant, `回答${count}`));
    await Promise.all(Array.from({ length: 4 }, () => makeNow(jcb)));
    await Promise.all(Array.from({ length: 4 }, () => write()));
    const files = Object.entries(await filesOf(jcb)).filter(([name]) => name.endsWith('.csv'));
    const written = files.flatMap(([, csv]) => readCsv(csv.toString().replace('\ufeff', '')).slice(1).flat());
    expect(written.sort()).toEqual(cases.sort());
  });

  it('can be downloaded again by operators’ admins alone, which is recorded', async () => {
    const [jcb, merchant] = [await aChannel(), await aMerchant(world)];
    await answered(jcb, merchant, '再取得');
    await makeNow(jcb);
    await write();
    const [file] = await listed(jcb);
    const { status, body } = await as(world, sato).get(`/return-files/${file.id}/content`);
    expect(status).toBe(200);
    expect(body).toContain('再取得');
    for (const other of [
      merchant.hanako,
      jcb,
      await anOperator(world, 'auditor'),
      await anOperator(world, 'agent'),
    ])
      expect((await as(world, other).get(`/return-files/${file.id}/content`)).status).toBe(403);
    const { rows } = await sql`
      select subjects from audit_entries where action = 'return.download' and subjects @> ${[file.id]}`.execute(
      world.db,
    );
    expect(rows).toHaveLength(1);
  });

  it('stay what they are: not even the database lets an answer change its file', async () => {
    const [jcb, merchant] = [await aChannel(), await aMerchant(world)];
    await answered(jcb, merchant, '不変');
    await makeNow(jcb);
    for (const change of [
      sql`update return_files set sha256 = 'x' where institution_id = ${jcb.institutionId}`,
      sql`delete from return_answers where institution_id = ${jcb.institutionId}`,
      sql`update return_answers set line = 9 where institution_id = ${jcb.institutionId}`,
    ])
      await expect(change.execute(world.db)).rejects.toThrow(/stays|append-only/);
  });
});

describe('the settings', () => {
  it('are changed by one at a time, and wrong ones are refused', async () => {
    const jcb = await aChannel();
    const put = (body: object, version: string) =>
      as(world, sato).put(`/return-channels/${jcb.institutionId}`, body, { 'if-match': version });
    expect((await put(usual, '"0"')).status).toBe(412);
    expect((await put({ ...usual, times: ['9:00'] }, '"1"')).status).toBe(400);
    expect((await put({ ...usual, columns: [] }, '"1"')).status).toBe(400);
    expect((await put({ ...usual, columns: ['mid', 'mid'] }, '"1"')).status).toBe(400);
    expect((await put({ ...usual, encoding: 'utf16' }, '"1"')).status).toBe(400);
    expect((await put(usual, '"1"')).status).toBe(200);
    expect((await makeNow(await anInstitution(world))).status).toBe(409);
  });
});
