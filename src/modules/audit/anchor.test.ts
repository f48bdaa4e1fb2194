import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '#src/platform/log.ts';
import { signingWith } from '#src/platform/signing.ts';
import { mailsOf } from '#tests/support/opened.ts';
import { anOwnDatabase } from '#tests/support/own-database.ts';
import { anOperator, startWorld } from '#tests/support/world.ts';
import { lineHash, readAnchors } from './anchor.ts';
import { anchorFileIn, readAnchorFile, writeAnchorFile } from './anchor-file.ts';
import { type Anchored, anchorTrail, verifySinceAnchor } from './anchor-trail.ts';
import { auditQueues } from './queues.ts';

const world = startWorld({ database: anOwnDatabase });
const signing = signingWith(Buffer.alloc(32, 'signs'));
const keys = [signing.publicKey];

let folder: string;
let first: Anchored;
let second: Anchored;

const anchored = async (): Promise<Anchored> => {
  const result = await world.bySystem.inTransaction((tx) => anchorTrail(tx, signing));
  if (!result) throw new Error('nothing was anchored');
  return result;
};

beforeAll(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'shokai-anchors-')), 'kept');
  await world.bySystem.inTransaction(async (tx) => tx.record('case.look', ['a']));
  first = await anchored();
  await world.bySystem.inTransaction(async (tx) => tx.record('case.look', ['b']));
  second = await anchored();
  await writeAnchorFile(world.bySystem.reading, folder);
});

afterAll(() => rm(join(folder, '..'), { recursive: true }));

const problemsOf = (text: string) => readAnchors(text, keys).problems;
const lines = async (): Promise<string[]> => (await readAnchorFile(folder)).trimEnd().split('\n');

describe('an anchor', () => {
  it('is the end of the trail with the number of entries since, signed, and in the trail itself', async () => {
    const entry = await world.db
      .selectFrom('audit_entries')
      .selectAll()
      .where('sequence', '=', second.anchor.sequence)
      .executeTakeFirstOrThrow();

    expect(second.anchor).toMatchObject({
      sequence: first.anchor.sequence + 2,
      hash: entry.hash.toString('hex'),
      entries: 2,
      previous: lineHash(first.line),
    });
    expect(first.anchor).toMatchObject({ entries: first.anchor.sequence, previous: null });
    const recorded = await world.db
      .selectFrom('audit_entries')
      .select('details')
      .where('action', '=', 'audit.anchor')
      .execute();
    expect(recorded.map(({ details }) => details)).toContainEqual({
      sequence: second.anchor.sequence,
      entries: 2,
    });
  });

  it('is checked by anybody with the public key and nothing of ours', async () => {
    const { createPublicKey, verify } = await import('node:crypto');
    const { anchor, signature } = JSON.parse(second.line);
    const key = createPublicKey(signing.publicKey.pem);
    const check = (text: string): boolean =>
      verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'));
    expect(check(JSON.stringify(anchor))).toBe(true);
    expect(check(JSON.stringify({ ...anchor, sequence: 1 }))).toBe(false);
  });
});

describe('the file of anchors', () => {
  it('holds every anchor, once, and is only ever added to', async () => {
    expect(await lines()).toEqual([first.line, second.line]);
    expect(await writeAnchorFile(world.bySystem.reading, folder)).toBe(0);
    expect((await stat(anchorFileIn(folder))).mode & 0o027).toBe(0);
    expect(readAnchors(await readAnchorFile(folder), keys)).toEqual({
      anchors: [first.anchor, second.anchor],
      problems: [],
    });
  });

  it('is complete again after it was away, and after a line was cut off by a crash', async () => {
    const elsewhere = join(folder, '..', 'new', 'place');
    await writeAnchorFile(world.bySystem.reading, elsewhere);
    await writeFile(anchorFileIn(elsewhere), `${first.line}\n${second.line.slice(0, 40)}`);
    expect(await writeAnchorFile(world.bySystem.reading, elsewhere)).toBe(1);
    const { anchors, problems } = readAnchors(await readAnchorFile(elsewhere), keys);
    expect(anchors).toEqual([first.anchor, second.anchor]);
    expect(problems).toEqual([{ line: 2, problem: 'not_an_anchor' }]);
  });

  it('tells a line that was changed, one that is gone and one that somebody else signed', async () => {
    const other = signingWith(Buffer.alloc(32, 'other'));
    const [a, b] = (await lines()) as [string, string];
    const changed = a.replace(/"sequence":\d+/, '"sequence":1000');
    expect(problemsOf(`${changed}\n${b}`)).toEqual([
      { line: 1, problem: 'signature' },
      { line: 2, problem: 'line_missing' },
    ]);
    expect(problemsOf(b)).toEqual([{ line: 1, problem: 'line_missing' }]);
    expect(problemsOf(`${b}\n${a}`)).toHaveLength(2);
    expect(readAnchors(`${a}\n${b}`, [other.publicKey])).toEqual({
      anchors: [],
      problems: [
        { line: 1, problem: 'unknown_key' },
        { line: 2, problem: 'unknown_key' },
      ],
    });
  });

  it('may be the text of mails, among whatever else they say', async () => {
    const mail = `監査人 様\n\n${second.line}\n\n-----\n`;
    expect(readAnchors(mail, keys, { isWhole: false })).toEqual({ anchors: [second.anchor], problems: [] });
  });
});

describe('the daily look', () => {
  it('finds nothing when nothing was touched, and looks only at what came since', async () => {
    const third = await anchored();
    const { anchors } = readAnchors(await readAnchorFile(folder), keys);
    expect(await verifySinceAnchor(world.db, anchors)).toMatchObject({ entries: 1, count: 0 });
    expect(third.anchor.entries).toBe(1);
  });

  it('finds a trail that was cut behind what stands outside', async () => {
    const later = { ...second.anchor, sequence: second.anchor.sequence + 500, hash: 'f'.repeat(64) };
    expect(await verifySinceAnchor(world.db, [later])).toMatchObject({
      count: 1,
      findings: [{ sequence: later.sequence, problems: ['cut_behind_anchor'] }],
    });
  });

  it('finds an older entry that is not the one that was signed', async () => {
    const other = { ...first.anchor, hash: 'f'.repeat(64) };
    expect(await verifySinceAnchor(world.db, [other])).toMatchObject({
      count: 1,
      findings: [{ sequence: first.anchor.sequence, problems: ['anchor'] }],
    });
  });
});

it('cannot be taken back', async () => {
  await expect(world.db.deleteFrom('audit_anchors').execute()).rejects.toThrow('append-only');
  await expect(world.db.updateTable('audit_anchors').set({ line: '' }).execute()).rejects.toThrow(
    'append-only',
  );
});

describe('the daily job', () => {
  it('looks, signs, queues the file and mails every auditor who has an address, and nobody else', async () => {
    const auditor = await anOperator(world, 'auditor');
    const admin = await anOperator(world, 'admin');
    const addresses = [
      [auditor.id, 'ito@example.jp'],
      [admin.id, 'sato@example.jp'],
    ] as const;
    for (const [id, email] of addresses)
      await world.db.updateTable('users').set({ email }).where('id', '=', id).execute();
    const silent = await anOperator(world, 'auditor');

    const [anchoring] = auditQueues({
      acting: async () => world.bySystem,
      signing,
      folder,
      sender: {
        providerName: 'PSP',
        supportMail: 'support@example.jp',
        baseUrl: 'https://portal.example.jp',
      },
      isKept: true,
      log: createLog('silent'),
    });
    await anchoring?.work({});

    const mails = await mailsOf(world, null);
    expect(mails).toMatchObject([{ to: 'ito@example.jp', subject: '[PSP]監査証跡のアンカー' }]);
    const { anchors } = readAnchors(mails[0]?.text.replaceAll('署名：', '') ?? '', keys, {
      isWhole: false,
    });
    const newest = await world.db
      .selectFrom('audit_anchors')
      .select('sequence')
      .orderBy('sequence', 'desc')
      .execute();
    expect(anchors).toMatchObject([{ sequence: newest[0]?.sequence }]);
    expect(silent.id).not.toBe(auditor.id);
    const looked = await world.db
      .selectFrom('audit_entries')
      .select('details')
      .where('action', '=', 'audit.verify')
      .execute();
    expect(looked).toMatchObject([{ details: { scope: 'since_anchor', findings: 0 } }]);
  });
});
