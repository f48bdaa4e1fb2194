/**
 * Takes a file of requests in from the command line: `npm run import -- FILE [--institution ID] [--key KEY] [--mapping
 * FILE]`. With a mapping of columns (JSON) the file is CSV or XLSX, without one NDJSON. A running Shokai takes it over its API; when
 * none runs, the file is taken in here, by the same code.
 */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable, Transform } from 'node:stream';
import { parseArgs } from 'node:util';
import { Presets, SingleBar } from 'cli-progress';
import { ndjsonOf } from '#src/modules/imports/index.ts';
import { takeInLines, toLineResult } from '#src/modules/intake/index.ts';
import { theSystem } from '#src/platform/actor.ts';
import { createLog } from '#src/platform/log.ts';
import { CommandError, runCommand, say } from './command.ts';
import { type Config, environment, readConfig } from './config.ts';
import { demoInstitution, demoKeys } from './demo/demo-parties.ts';
import { openStorage } from './open-storage.ts';
import { createShokai } from './shokai.ts';

type Options = Record<'institution' | 'key' | 'mapping', string | undefined> & { file: string };
type Result = ReturnType<typeof toLineResult>;
type Bytes = AsyncIterable<Uint8Array>;

await runCommand(async () => {
  const config = readConfig(environment());
  const options = readOptions(config);
  const { size } = await stat(options.file).catch(() => {
    throw new CommandError(`${options.file} cannot be read.`);
  });
  const bar = new SingleBar(
    { format: ' {bar} {percentage}% | {lines} lines', hideCursor: true },
    Presets.shades_classic,
  );
  bar.start(size, 0, { lines: 0 });
  const counts = { created: 0, duplicate: 0, refused: 0, unknown: 0 };
  const refused: Result[] = [];
  let lines = 0;
  const source = await linesOf(options, size, (bytes) => bar.increment(bytes));
  for await (const result of await resultsOf(config, options, source)) {
    lines += 1;
    counts[result.outcome] += 1;
    if (result.outcome === 'refused' || result.outcome === 'unknown') refused.push(result);
    bar.update({ lines });
  }
  bar.stop();
  for (const result of refused) say(toText(result));
  say(
    `${counts.created} created, ${counts.duplicate} known before, ${counts.refused} refused, ${counts.unknown} unknown`,
  );
  if (refused.length > 0) process.exitCode = 1;
});

function readOptions(config: Config): Options {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { institution: { type: 'string' }, key: { type: 'string' }, mapping: { type: 'string' } },
  });
  const [file] = positionals;
  if (!file || positionals.length > 1) {
    throw new CommandError('Use: npm run import -- FILE [--institution ID] [--key KEY] [--mapping FILE]');
  }
  const demo = config.isDemo ? { institution: demoInstitution, key: demoKeys[0].key } : {};
  const { mapping } = values;
  return { file, mapping, institution: values.institution ?? demo.institution, key: values.key ?? demo.key };
}

/** The file's requests as NDJSON. */
async function linesOf(
  { file, mapping }: Options,
  size: number,
  onBytes: (bytes: number) => void,
): Promise<Readable> {
  if (mapping === undefined) return counted(file, onBytes);
  const known: unknown = JSON.parse(await readFile(mapping, 'utf8'));
  const read = (from = 0, to = size): AsyncIterable<Uint8Array> =>
    to <= from ? Readable.from([]) : createReadStream(file, { start: from, end: to - 1 });
  return Readable.from(ndjsonOf({ size, read }, known));
}

function counted(file: string, onBytes: (bytes: number) => void): Readable {
  return createReadStream(file).pipe(
    new Transform({
      transform(piece: Buffer, _, done) {
        onBytes(piece.length);
        done(null, piece);
      },
    }),
  );
}

async function resultsOf(config: Config, options: Options, source: Readable): Promise<AsyncIterable<Result>> {
  const runs = await fetch(`${config.baseUrl}/healthz`).then(
    () => true,
    () => false,
  );
  return runs ? overApi(config, options, source) : here(config, options, source);
}

async function* overApi(
  { baseUrl }: Config,
  { key, institution }: Options,
  source: Readable,
): AsyncGenerator<Result> {
  if (!key) throw new CommandError(`Shokai runs at ${baseUrl}: name an institution's key with --key.`);
  const query = institution ? `?institutionId=${encodeURIComponent(institution)}` : '';
  const response = await fetch(`${baseUrl}/api/v1/cases/batch${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
    body: Readable.toWeb(source) as ReadableStream,
    duplex: 'half',
  });
  if (!response.ok || !response.body)
    throw new CommandError(`Shokai refused the file: ${await response.text()}`);
  const lines = createInterface({ input: Readable.fromWeb(response.body as never), crlfDelay: Infinity });
  for await (const line of lines) yield JSON.parse(line) as Result;
}

async function* here(config: Config, { institution }: Options, source: Bytes): AsyncGenerator<Result> {
  if (!institution) throw new CommandError('Name the institution that sends the file with --institution.');
  const storage = await openStorage(config, () => process.exit(1));
  const log = createLog('error');
  const shokai = await createShokai({ config, storage, log, work: false });
  const sender = {
    actor: theSystem,
    institutionId: institution,
    onError: (err: unknown) => log.error({ err }, 'import'),
  };
  try {
    for await (const outcomes of takeInLines(shokai.bySystem.inTransaction, sender, source)) {
      for (const outcome of outcomes) yield toLineResult(outcome, 'ja');
    }
  } finally {
    await shokai.stop();
    await storage.stop();
  }
}

function toText({ line, institutionReference, outcome, code, errors = [] }: Result): string {
  const reasons = errors.map(({ pointer, detail }) => `${pointer || '/'} ${detail}`).join(' ');
  return `line ${line} ${institutionReference ?? ''}: ${outcome} ${code ?? ''} ${reasons}`.trim();
}
