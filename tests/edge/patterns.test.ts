import { readdir, readFile } from 'node:fs/promises';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { z } from 'zod';

/** Longer than anything that passes the limits of a field; a pattern that reads it once needs about a millisecond. */
const long = 100_000;

/** Short enough that a pattern which goes back and forth ends, and long enough that it shows. */
const short = 20_000;

const longestMs = 10;

/** Patterns that take the square of what they read, and what keeps that short. */
const boundedBy: Readonly<Record<string, string>> = {
  'src/domain/field-types.ts: /0+$/': 'the pattern before it takes at most ten digits',
  'src/domain/money.ts: /\\B(?=(\\d{3})+$)/g': 'the digits of a number',
};

type Pattern = { where: string; pattern: RegExp };

async function patternsOf(path: string): Promise<Pattern[]> {
  const source = ts.createSourceFile(path, await readFile(path, 'utf8'), ts.ScriptTarget.ES2022);
  const found: Pattern[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const [, body = '', flags = ''] = /^\/(.*)\/(\w*)$/s.exec(node.text) ?? [];
      found.push({ where: `${path}: ${node.text}`, pattern: new RegExp(body, flags) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The patterns that a library of ours brings for what schemas name. */
const zodPatterns: Pattern[] = Object.entries({
  uuid: z.uuid(),
  email: z.email(),
  'iso.date': z.iso.date(),
  'iso.datetime': z.iso.datetime({ offset: true }),
}).flatMap(([name, { _zod }]) =>
  _zod.def.pattern ? [{ where: `zod ${name}`, pattern: _zod.def.pattern }] : [],
);

/** What is repeated to attack a pattern: what it names itself, so that it goes on matching as long as it can. */
function piecesFor({ source }: RegExp): string[] {
  const signs = [...new Set(source.replace(/\\[a-zA-Z]/g, '').replace(/[\\^$()[\]?+*|]/g, ''))].slice(0, 12);
  const words = source.match(/[A-Za-z0-9@./:%-]{2,9}/g) ?? [];
  return [...new Set([...signs, ...words.slice(0, 6), 'a', '0', ' ', '\t', 'あ', '0,', '0-', 'a.', 'a@'])];
}

const textOf = (piece: string, length: number): string =>
  `${piece.repeat(Math.ceil(length / piece.length)).slice(0, length)}\u0000`;

/** What the processor spends, so that a busy machine changes nothing; the best of some tries, as other threads count too. */
function timeOf(pattern: RegExp, text: string): number {
  let best = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 4 && best > longestMs; tries += 1) {
    pattern.lastIndex = 0;
    const before = process.cpuUsage();
    pattern.test(text);
    best = Math.min(best, process.cpuUsage(before).user / 1000);
  }
  return best;
}

/** The first thing whose repetition keeps a pattern busy. */
const weakness = (pattern: RegExp): string | undefined =>
  piecesFor(pattern).find((piece) =>
    [short, long].some((length) => timeOf(pattern, textOf(piece, length)) > longestMs),
  );

it('has no pattern that a long text keeps busy', async () => {
  const files = (await readdir('src', { recursive: true })).filter(
    (name) => /\.tsx?$/.test(name) && !/\.test\.|schema\.d\.ts$/.test(name),
  );
  const patterns = (await Promise.all(files.map((name) => patternsOf(`src/${name}`)))).flat();
  expect(patterns.length).toBeGreaterThan(50);
  const weak = [...patterns, ...zodPatterns].flatMap(({ where, pattern }) => {
    const piece = where in boundedBy ? undefined : weakness(pattern);
    return piece === undefined ? [] : [`${where} with ${JSON.stringify(piece)}`];
  });
  expect(weak).toEqual([]);
}, 120_000);

// Patterns that take the square of a text's length, no worse: one that takes a power would never end.
it.each([/\s+$/, /[0-9]+,$/])('would find %s', (pattern) => {
  expect(weakness(pattern)).toBeDefined();
});
