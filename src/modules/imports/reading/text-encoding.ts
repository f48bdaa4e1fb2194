import { FileProblem } from './file-problem.ts';

export const encodings = ['utf-8', 'shift_jis'] as const;
export type Encoding = (typeof encodings)[number];

/** Finds out, as bytes pass, in which of the encodings all of them can be read; UTF-8 before Shift_JIS (CP932). */
export function encodingFinder(): { see: (bytes: Uint8Array) => void; found: () => Encoding | undefined } {
  const open = new Map(encodings.map((name) => [name, new TextDecoder(name, { fatal: true })]));
  const tryEach = (read: (decoder: InstanceType<typeof TextDecoder>) => void): void => {
    for (const [name, decoder] of open) {
      try {
        read(decoder);
      } catch {
        open.delete(name);
      }
    }
  };
  return {
    see: (bytes) => tryEach((decoder) => void decoder.decode(bytes, { stream: true })),
    found: () => {
      tryEach((decoder) => void decoder.decode());
      return encodings.find((name) => open.has(name));
    },
  };
}

/** The text of a file; a byte that its encoding does not have ends the reading, and is never replaced by a question mark. */
export async function* decoded(bytes: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const decode = (piece?: Uint8Array): string => {
    try {
      return piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
    } catch {
      throw new FileProblem('file_wrong_encoding');
    }
  };
  for await (const piece of bytes) {
    // In small pieces, so that other work of the process gets its turn.
    for (let from = 0; from < piece.length; from += 65_536) yield decode(piece.subarray(from, from + 65_536));
  }
  yield decode();
}
