/**
 * Proves that nobody changed the audit trail: `npm run audit:verify -- [--from N] [--to N] [--anchors FILE]
 * [--public-key FILE] [--no-record]`. It computes every hash anew and compares the trail with the anchors that were signed.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { Presets, SingleBar } from 'cli-progress';
import { sql } from 'kysely';
import { caseActions } from '#src/domain/case-life.ts';
import {
  type AnchorsRead,
  anchorFileIn,
  findingText,
  readAnchors,
  recordVerification,
  type Verification,
  verifyTrail,
} from '#src/modules/audit/index.ts';
import { theSystem } from '#src/platform/actor.ts';
import { type Database, openDatabase } from '#src/platform/database.ts';
import { readPublicKey } from '#src/platform/signing.ts';
import { type Acting, actingWith, type Reactions } from '#src/platform/transaction.ts';
import { noVault } from '#src/platform/vault.ts';
import { CommandError, runCommand, say } from './command.ts';
import { type Config, environment, readConfig } from './config.ts';
import { openSigningKey } from './open-keys.ts';
import { openToRead } from './open-storage.ts';

type Options = ReturnType<typeof readOptions>;

await runCommand(async () => {
  const config = readConfig(environment());
  const options = readOptions();
  const read = await anchorsOf(config, options);
  const storage = await openToRead(config);
  const db = openDatabase({ connectionString: storage.connectionString });
  try {
    await verify(db, options, read);
  } finally {
    await db.destroy();
    await storage.stop();
  }
});

function readOptions() {
  const { values } = parseArgs({
    options: {
      from: { type: 'string' },
      to: { type: 'string' },
      anchors: { type: 'string' },
      'public-key': { type: 'string', multiple: true },
      'no-record': { type: 'boolean' },
    },
  });
  const numberOf = (text: string | undefined): number | undefined => {
    if (text === undefined) return undefined;
    if (!/^[1-9]\d{0,14}$/.test(text)) throw new CommandError(`${text} is no number of an entry.`);
    return Number(text);
  };
  const { anchors, 'public-key': publicKeys = [], 'no-record': isSilent = false } = values;
  return { from: numberOf(values.from), upTo: numberOf(values.to), anchors, publicKeys, isSilent };
}

/** The anchors of the file outside, or of the file that is named, which may be the text of mails. */
async function anchorsOf(config: Config, { anchors, publicKeys }: Options): Promise<AnchorsRead> {
  const path = anchors ?? anchorFileIn(config.anchorFolder);
  const text = await readFile(path, 'utf8').catch(() => {
    if (anchors !== undefined) throw new CommandError(`${anchors} cannot be read.`);
    say(`There is no file of anchors at ${path}: that the end was cut off cannot be seen.`);
    return '';
  });
  const named = await Promise.all(
    publicKeys.map(async (file) => readPublicKey(await readFile(file, 'utf8'))),
  );
  const keys = named.length > 0 ? named : [(await openSigningKey(config)).publicKey];
  return readAnchors(text, keys, { isWhole: anchors === undefined || anchors.endsWith('.jsonl') });
}

async function verify(db: Database, options: Options, { anchors, problems }: AnchorsRead): Promise<void> {
  const total = await countOf(db, options);
  const bar = new SingleBar(
    { format: ' {bar} {percentage}% | {value} of {total} entries | {rate}/s', hideCursor: true },
    Presets.shades_classic,
  );
  const start = performance.now();
  const rateOf = (entries: number): number => Math.round(entries / ((performance.now() - start) / 1000));
  bar.start(total, 0, { rate: 0 });
  const result = await verifyTrail(db, {
    ...options,
    anchors,
    onProgress: (entries) => {
      bar.setTotal(Math.max(total, entries));
      bar.update(entries, { rate: rateOf(entries) });
    },
  });
  bar.stop();
  const rate = rateOf(result.entries);
  for (const { line, problem } of problems) say(`anchors, line ${line}: ${problem}`);
  for (const finding of result.findings) say(findingText(finding));
  const count = result.count + problems.length;
  const looked = `${result.entries} entries up to number ${result.through} and ${anchors.length} anchors, ${rate} entries/s`;
  say(
    count === 0
      ? `The audit trail is intact: ${looked}.`
      : `THE AUDIT TRAIL DOES NOT FIT in ${count} places: ${looked}.`,
  );
  if (count > 0) process.exitCode = 2;
  if (!options.isSilent) await record(db, options, { ...result, count });
}

async function record(db: Database, { from, upTo }: Options, result: Verification): Promise<void> {
  const scope = from === undefined && upTo === undefined ? 'all' : 'range';
  try {
    await bySystem(db).inTransaction(async (tx) => recordVerification(tx, { ...result, scope }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    say(`The verification could not be recorded in the trail itself (${reason}); --no-record does without.`);
    process.exitCode ??= 1;
  }
}

async function countOf(db: Database, { from = 1, upTo }: Options): Promise<number> {
  const { rows } = await sql<{
    last: number | null;
  }>`select max(sequence) as last from audit_entries`.execute(db);
  return Math.max(0, Math.min(rows[0]?.last ?? 0, upTo ?? Number.POSITIVE_INFINITY) - from + 1);
}

/** The ways to the database of the product itself; a verification queues no jobs. */
function bySystem(db: Database): Acting {
  const noJobs = { insert: async () => undefined, stop: async () => undefined };
  const noReactions = Object.fromEntries(
    Object.keys(caseActions).map((action) => [action, []]),
  ) as unknown as Reactions;
  return actingWith(db, { jobs: noJobs, reactions: noReactions, vault: noVault })({ actor: theSystem });
}
