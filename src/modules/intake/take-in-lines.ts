import type { Problem } from '#src/domain/problems.ts';
import type { Actor, SystemActor } from '#src/platform/actor.ts';
import type { InTransaction } from '#src/platform/transaction.ts';
import { type Line, splitLines } from './ndjson-lines.ts';
import { type Outcome, takeIn } from './take-in.ts';

/** What became of a line. `unknown`: the database went away while it was being taken in; send it again to find out. */
export type LineOutcome = { line: number } & (Outcome | { outcome: 'unknown'; institutionReference: null });

const linesAtOnce = 200;
const maxLineBytes = 65_536;
const utf8 = new TextDecoder('utf-8', { fatal: true });

type Sender = {
  actor: Actor | SystemActor;
  institutionId: string;
  /** Told why the outcome of lines is unknown. */
  onError: (error: unknown) => void;
};

/**
 * Takes in a file of requests, one JSON object a line, as it streams: a bounded number of lines at a time, each group in a
 * transaction of its own, with an outcome for every line in order. Lines taken in stay so if the stream breaks off.
 */
export async function* takeInLines(
  inTransaction: InTransaction,
  sender: Sender,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<LineOutcome[]> {
  for await (const lines of splitLines(source, maxLineBytes)) {
    for (let from = 0; from < lines.length; from += linesAtOnce) {
      const group = lines.slice(from, from + linesAtOnce).map(readLine);
      try {
        yield await takeInGroup(inTransaction, sender, group);
      } catch (error) {
        sender.onError(error);
        yield group.map(({ number }) => ({ line: number, outcome: 'unknown', institutionReference: null }));
        return;
      }
    }
  }
}

type ReadLine = { number: number } & ({ value: unknown } | { problem: Problem });

function readLine({ number, bytes }: Line): ReadLine {
  if (bytes === 'too_long')
    return { number, problem: { pointer: '', code: 'line_too_long', params: { max: maxLineBytes } } };
  try {
    const text = utf8.decode(bytes);
    return { number, ...parsed(text) };
  } catch {
    return { number, problem: { pointer: '', code: 'not_utf8' } };
  }
}

function parsed(text: string): { value: unknown } | { problem: Problem } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { problem: { pointer: '', code: 'not_json' } };
  }
}

async function takeInGroup(
  inTransaction: InTransaction,
  { actor, institutionId }: Sender,
  group: readonly ReadLine[],
) {
  const sent = group.flatMap((line) => ('value' in line ? [line.value] : []));
  const outcomes = await inTransaction((tx) => takeIn(tx, actor, { institutionId, sent }));
  const queue = [...outcomes];
  return group.map((line): LineOutcome => {
    if ('problem' in line) {
      return { line: line.number, outcome: 'invalid', institutionReference: null, problems: [line.problem] };
    }
    const outcome = queue.shift();
    if (!outcome) throw new Error('a line was taken in without an outcome');
    return { line: line.number, ...outcome };
  });
}
