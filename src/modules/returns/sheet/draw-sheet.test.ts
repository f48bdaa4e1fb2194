import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPdf, withoutSpaces } from '#tests/support/read-pdf.ts';
import { breakLines } from './break-lines.ts';
import { drawSheet } from './draw-sheet.ts';
import type { Sheet } from './sheet.ts';
import { cellsOf } from './sheet-cells.ts';
import { openTypeface } from './typeface.ts';

const sheetOf = (texts: readonly string[]): Sheet => ({
  ...{ locale: 'ja', title: '', provider: '', lead: '', reference: '', missingNote: '' },
  at: new Date('2026-11-24T08:00:00Z'),
  groups: [
    { heading: '', blocks: [{ title: null, rows: texts.map((text) => ({ label: '', text, empty: '' })) }] },
  ],
});

const draw = (texts: readonly string[]) => drawSheet(sheetOf(texts), openTypeface());

/** What was drawn between the edges of the pages, read out of the file. */
async function readBack(texts: readonly string[]): Promise<string> {
  const pages = await readPdf(await draw(texts));
  return pages
    .map((page, index) => {
      const number = `${index + 1}/${pages.length}`;
      const text = withoutSpaces(page);
      expect(text.endsWith(number)).toBe(true);
      return text.slice(0, -number.length);
    })
    .join('');
}

/** Named characters as themselves. */
const asWritten = (text: string): string =>
  withoutSpaces(
    text.replace(/〓\[U\+([0-9A-F]+)\]/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16))),
  );

const jis = (): string => {
  const decoder = new TextDecoder('shift_jis');
  const rows = Array.from({ length: 0xea - 0x81 + 1 }, (_, row) => 0x81 + row).filter(
    (row) => row < 0xa0 || row > 0xdf,
  );
  const bytes = rows.flatMap((row) =>
    Array.from({ length: 0xfc - 0x40 + 1 }, (_, cell) => [row, 0x40 + cell]).flat(),
  );
  return decoder
    .decode(Uint8Array.from(bytes))
    .replaceAll('\ufffd', '')
    .replace(/[\p{ASCII}]/gu, '');
};

/** Where two texts differ first, with a few characters of both. */
function firstDifference(read: string, written: string): string | undefined {
  if (read === written) return undefined;
  const at = [...written].findIndex(
    (_, index) => read.slice(index, index + 1) !== written.slice(index, index + 1),
  );
  const around = (text: string): string => JSON.stringify(text.slice(Math.max(0, at - 10), at + 10));
  return `${around(read)} instead of ${around(written)}`;
}

const unit = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      ...'山田花子東京都渋谷区恵比寿あいうえおアイウエオｱｲｳｶﾞ、。「」（）ー々〜～－−',
    ),
  },
  { weight: 4, arbitrary: fc.constantFrom(...'abc XYZ 0123 @.-_/:%&fiflffi\n\t\u00a0\u2003\u3000') },
  {
    weight: 2,
    arbitrary: fc.constantFrom('⼭', '⽥', '人', '⼈', '⺠', '民', '‐', '‑', '-', 'Ω', 'Ω', 'µ', 'μ', '①'),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '𠮷',
      '髙',
      '﨑',
      '𩸽',
      '葛\u{e0100}',
      '辻\u{e0101}',
      '☎\ufe0f',
      'か\u3099',
      'e\u0301',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('😀', '👨‍👩‍👧', '🇯🇵', '〓', '〓[U+0041]', 'שלום', 'مرحبا', '한글', 'ไทย'),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }) },
);
const textArbitrary = fc.array(unit, { minLength: 1, maxLength: 60 }).map((units) => units.join(''));

describe('an answer sheet', () => {
  it('says every character of 1,200 texts of every script, in their order', async () => {
    const texts = fc.sample(textArbitrary, { numRuns: 1200 });
    for (let start = 0; start < texts.length; start += 150) {
      const some = texts.slice(start, start + 150);
      const read = await readBack(some);
      expect(firstDifference(asWritten(read), withoutSpaces(some.join('')))).toBeUndefined();
    }
  }, 60_000);

  it('draws all that Japanese standards know (JIS X 0208 and the extensions of Windows), and names nothing of it but ≒', async () => {
    const text = jis();
    expect(text.length).toBeGreaterThan(6_900);
    const read = await readBack([text.replaceAll('〓', '')]);
    expect([...new Set(read.match(/〓\[U\+[0-9A-F]+\]/g))]).toEqual(['〓[U+2252]']);
    expect(asWritten(read) === withoutSpaces(text.replaceAll('〓', ''))).toBe(true);
  });

  it('names what its typeface lacks, and the mark itself, so that nothing reads as something else', async () => {
    expect(await readBack(['葛\u{e0100}城😀〓'])).toBe('葛〓[U+E0100]城〓[U+1F600]〓[U+3013]');
  });

  it('says the same for characters that look the same', async () => {
    expect(await readBack(['⼈人⼈', '人⼈人'])).toBe('⼈人⼈人⼈人');
  });

  it('is the same bytes for the same answer', async () => {
    const [first, second] = [await draw(['山田 ⼭⽥ 😀']), await draw(['山田 ⼭⽥ 😀'])];
    expect(first.equals(second)).toBe(true);
    expect(first.equals(await draw(['山田 ⼭⽥ 😁']))).toBe(false);
  });

  it('goes on over pages and numbers them', async () => {
    const text = '長い回答です。'.repeat(2_000);
    const pages = await readPdf(await draw([text]));
    expect(pages.length).toBeGreaterThan(5);
    expect(await readBack([text])).toBe(text);
  });
});

describe('a line', () => {
  const { font } = openTypeface().regular;
  const textsOf = (text: string, width: number): string[] =>
    breakLines(cellsOf(text, font), width).map((line) => line.map(({ draw }) => draw).join(''));

  it('loses nothing when it is broken, and fits where there is anything to break', () => {
    fc.assert(
      fc.property(textArbitrary, fc.integer({ min: 3, max: 40 }), (text, width) => {
        const cells = cellsOf(text, font);
        const lines = breakLines(cells, width);
        expect(lines.flat()).toEqual(cells.filter(({ kind }) => kind !== 'line end'));
        for (const line of lines) {
          const trimmed = line.slice(
            0,
            line.findLastIndex(({ draw }) => draw !== ' ' && draw !== '\u3000') + 1,
          );
          const used = trimmed.reduce((sum, cell) => sum + cell.width, 0);
          expect(used <= width + 1e-9 || trimmed.length === 1).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('neither begins with a full stop nor ends with an opening bracket', () => {
    expect(textsOf('あいうえお。', 5)).toEqual(['あいうえ', 'お。']);
    expect(textsOf('あいうえ「お」', 5)).toEqual(['あいうえ', '「お」']);
  });

  it('keeps a word whole, unless it is longer than a line', () => {
    expect(textsOf('あいう example', 4)).toEqual(['あいう ', 'example']);
    expect(textsOf('aaaaaaaaaaaaaaaaaaaa', 4).length).toBeGreaterThan(1);
  });
});
