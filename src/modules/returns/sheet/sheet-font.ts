/** What has to be known of a TrueType font before it is drawn with: which characters it has, how wide they are, which share a shape. */
export type SheetFont = {
  has: (codePoint: number) => boolean;
  /**
   * Which of the characters that share a shape this is: 人 (U+4EBA) is 0 and ⼈ (U+2F08) is 1. A PDF knows one character for each
   * shape of a face, so that each further one is drawn with a further face.
   */
  rankOf: (codePoint: number) => number;
  /** The width in thousandths of the type size. */
  widthOf: (codePoint: number) => number;
};

/** Reads the character map and the widths of a font file; nothing else of it is looked at. */
export function readSheetFont(file: Buffer): SheetFont {
  const glyphs = readCharacters(tableOf(file, 'cmap'));
  const unitsPerEm = tableOf(file, 'head').readUInt16BE(18);
  const measured = tableOf(file, 'hhea').readUInt16BE(34);
  const widths = tableOf(file, 'hmtx');
  const ranks = ranksOf(glyphs);
  const glyphOf = (codePoint: number): number => glyphs.get(codePoint) ?? 0;
  return {
    has: (codePoint) => glyphs.has(codePoint),
    rankOf: (codePoint) => ranks.get(codePoint) ?? 0,
    widthOf: (codePoint) => {
      const row = Math.min(glyphOf(codePoint), measured - 1);
      return (widths.readUInt16BE(row * 4) * 1000) / unitsPerEm;
    },
  };
}

function tableOf(file: Buffer, name: string): Buffer {
  for (let index = 0; index < file.readUInt16BE(4); index += 1) {
    const at = 12 + index * 16;
    if (file.toString('latin1', at, at + 4) !== name) continue;
    const start = file.readUInt32BE(at + 8);
    return file.subarray(start, start + file.readUInt32BE(at + 12));
  }
  throw new Error(`the font has no table ${name}`);
}

/** The glyph of each character, from the map of all of Unicode (format 12). */
function readCharacters(cmap: Buffer): Map<number, number> {
  const glyphs = new Map<number, number>();
  const table = wholeMapIn(cmap);
  for (let group = 0; group < table.readUInt32BE(12); group += 1) {
    const at = 16 + group * 12;
    const [first, last, glyph] = [0, 4, 8].map((offset) => table.readUInt32BE(at + offset));
    for (let codePoint = first ?? 0; codePoint <= (last ?? -1); codePoint += 1)
      glyphs.set(codePoint, (glyph ?? 0) + codePoint - (first ?? 0));
  }
  return glyphs;
}

function wholeMapIn(cmap: Buffer): Buffer {
  for (let index = 0; index < cmap.readUInt16BE(2); index += 1) {
    const table = cmap.subarray(cmap.readUInt32BE(4 + index * 8 + 4));
    if (table.readUInt16BE(0) === 12) return table;
  }
  throw new Error('the font has no map of all of Unicode');
}

/** Of the characters that share a glyph, the one that people write comes first. */
function ranksOf(glyphs: ReadonlyMap<number, number>): Map<number, number> {
  const sharing = new Map<number, number[]>();
  for (const [codePoint, glyph] of glyphs) sharing.set(glyph, [...(sharing.get(glyph) ?? []), codePoint]);
  const ranks = new Map<number, number>();
  for (const codePoints of sharing.values()) {
    if (codePoints.length === 1) continue;
    const inOrder = codePoints.sort((a, b) => oddnessOf(a) - oddnessOf(b) || a - b);
    for (const [rank, codePoint] of inOrder.entries()) ranks.set(codePoint, rank);
  }
  return ranks;
}

/** Parts of characters (部首) and compatibility forms are not what is written. */
function oddnessOf(codePoint: number): number {
  if (codePoint >= 0x2e80 && codePoint <= 0x2fdf) return 2;
  const character = String.fromCodePoint(codePoint);
  return character.normalize('NFKC') === character ? 0 : 1;
}

/**
 * The same face under another name. A name is the PDF's only way to tell two faces apart, and its length stays, so that nothing
 * else of the file moves.
 */
export function renamedFont(file: Buffer, number: number): Buffer {
  const copy = Buffer.from(file);
  const names = tableOf(copy, 'name');
  const texts = names.readUInt16BE(4);
  for (let index = 0; index < names.readUInt16BE(2); index += 1) {
    const record = 6 + index * 12;
    if (names.readUInt16BE(record + 6) !== postScriptName) continue;
    const end = texts + names.readUInt16BE(record + 10) + names.readUInt16BE(record + 8);
    names.write(String(number), end - 1, 'latin1');
  }
  return copy;
}

const postScriptName = 6;
