/** One line of a file: its number, and its bytes unless it is longer than allowed. */
export type Line = { number: number; bytes: Uint8Array | 'too_long' };

const newline = 0x0a;

/**
 * Splits a stream into lines, giving those that each piece of the stream completed. A line that is too long is passed over
 * without being kept in memory. Lines without content are left out but counted.
 */
export async function* splitLines(
  source: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<Line[]> {
  let rest: Uint8Array[] = [];
  let length = 0;
  let number = 0;
  const finish = (): Line | undefined => {
    number += 1;
    const bytes = length > maxBytes ? ('too_long' as const) : Buffer.concat(rest);
    rest = [];
    length = 0;
    return bytes === 'too_long' || isFilled(bytes) ? { number, bytes } : undefined;
  };
  for await (const piece of source) {
    const lines: Line[] = [];
    let from = 0;
    for (let end = piece.indexOf(newline); end >= 0; end = piece.indexOf(newline, from)) {
      keep(piece.subarray(from, end));
      const line = finish();
      if (line) lines.push(line);
      from = end + 1;
    }
    keep(piece.subarray(from));
    if (lines.length > 0) yield lines;
  }
  const last = length > 0 ? finish() : undefined;
  if (last) yield [last];

  function keep(part: Uint8Array): void {
    length += part.length;
    if (length <= maxBytes) rest.push(part);
    else rest = [];
  }
}

const isFilled = (bytes: Uint8Array): boolean => bytes.some((byte) => byte > 0x20);
