/** Many texts by their numbers, kept as bytes: hundreds of thousands of strings would keep the garbage collector busy. */
export type TextStore = {
  add: (text: string) => void;
  /** Undefined where there is no such text. */
  at: (index: number) => string | undefined;
};

const chunkBytes = 1_048_576;

export function openTextStore(): TextStore {
  const chunks: Buffer[] = [];
  let used = 0;
  let count = 0;
  // Of each text its chunk, where it begins there, and its length, in bytes.
  let places = new Uint32Array(3 * 1024);
  const roomFor = (bytes: number): Buffer => {
    const last = chunks.at(-1);
    if (last && used + bytes <= last.length) return last;
    const next = Buffer.allocUnsafe(Math.max(chunkBytes, bytes));
    chunks.push(next);
    used = 0;
    return next;
  };
  return {
    add: (text) => {
      // Every string is what it was, also one that is no well-formed Unicode.
      const bytes = text.length * 2;
      roomFor(bytes).write(text, used, 'utf16le');
      if (count * 3 === places.length) {
        const grown = new Uint32Array(places.length * 2);
        grown.set(places);
        places = grown;
      }
      places.set([chunks.length - 1, used, bytes], count * 3);
      used += bytes;
      count += 1;
    },
    at: (index) => {
      if (!Number.isInteger(index) || index < 0 || index >= count) return undefined;
      const [chunk = 0, from = 0, bytes = 0] = places.subarray(index * 3, index * 3 + 3);
      return chunks[chunk]?.toString('utf16le', from, from + bytes);
    },
  };
}
