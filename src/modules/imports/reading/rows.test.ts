import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine, csvStart } from '#src/platform/csv.ts';
import { type Part, zip } from '#tests/support/zip.ts';
import { type FileSource, fileLimits } from './file-problem.ts';
import { formatOf, readRows, readTable } from './read-rows.ts';
import { type Encoding, encodingFinder } from './text-encoding.ts';

const sourceOf = (bytes: Uint8Array, pieceBytes = 262_144): FileSource => ({
  size: bytes.length,
  async *read(from = 0, to = bytes.length) {
    for (let at = from; at < to; at += pieceBytes) yield bytes.subarray(at, Math.min(to, at + pieceBytes));
  },
});

async function cellsOf(bytes: Uint8Array, encoding: Encoding | null = 'utf-8', pieceBytes = 262_144) {
  const rows = [];
  for await (const some of readRows(sourceOf(bytes, pieceBytes), {
    format: encoding ? 'csv' : 'xlsx',
    encoding,
  }))
    rows.push(...some);
  return rows.map(({ cells }) => cells);
}

const csv = (text: string, pieceBytes?: number) => cellsOf(Buffer.from(text), 'utf-8', pieceBytes);

describe('a CSV file', () => {
  it('gives back what was exported, for every Unicode text, however it is cut into pieces', async () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => text.isWellFormed());
    const odd = fc.constantFrom(
      '=1',
      "'=1",
      "''+",
      "'",
      '"',
      'a"b',
      'a\nb',
      'a\r\nb',
      '\r',
      ',',
      '＝1',
      '-',
      '@x',
      ' x ',
    );
    const rows = fc.array(fc.array(fc.oneof(cell, odd), { minLength: 2, maxLength: 4 }), {
      minLength: 1,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 40 }), async (table, pieceBytes) => {
        const filled = table.map((cells) => ['x', ...cells]);
        const read = await csv(csvStart + filled.map(csvLine).join(''), pieceBytes);
        expect(read).toEqual(filled);
      }),
      { numRuns: 1_000 },
    );
  });

  it('of Shift_JIS gives back every character that Shift_JIS has', async () => {
    const known = new Map<string, Buffer>();
    const decoder = new TextDecoder('shift_jis', { fatal: true });
    for (let code = 0; code < 0x10000; code += 1) {
      const bytes = code < 0x100 ? Buffer.from([code]) : Buffer.from([code >> 8, code & 0xff]);
      try {
        const text = decoder.decode(bytes);
        if ([...text].length === 1) known.set(text, known.get(text) ?? bytes);
      } catch {
        // No character stands there.
      }
    }
    expect(known.size).toBeGreaterThan(7_000);
    const characters = fc.array(fc.constantFrom(...known.keys()), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(characters, async (text) => {
        const line = csvLine(['x', text.join('')]);
        const bytes = Buffer.concat([...line].map((character) => known.get(character) ?? Buffer.alloc(0)));
        expect(await cellsOf(bytes, 'shift_jis', 3)).toEqual([['x', text.join('')]]);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    [
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a,b\r1,2\r',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a,b\n\n1,\n',
      [
        ['a', 'b'],
        ['1', ''],
      ],
    ],
    [
      'a,b\n"x\ny","p""q"\n',
      [
        ['a', 'b'],
        ['x\ny', 'p"q'],
      ],
    ],
    [
      'a,b\n1,\u0000\n',
      [
        ['a', 'b'],
        ['1', '\u0000'],
      ],
    ],
  ])('%j is read', async (text, cells) => {
    for (const pieceBytes of [1, 2, 3, 1000]) expect(await csv(text, pieceBytes)).toEqual(cells);
  });

  it.each([
    ['a,b\n"open', 'file_quote_open'],
    ['a,a\n1,2', 'file_duplicate_header'],
    ['\n\n', 'file_empty'],
    [`${'a,'.repeat(fileLimits.columns + 1)}b`, 'file_too_many_columns'],
    [`a,b\n${'x'.repeat(fileLimits.cellCharacters + 1)},1`, 'file_cell_too_long'],
  ])('%.20j is refused: %s', async (text, code) => {
    const read = async () => {
      for await (const _ of readTable(
        sourceOf(Buffer.from(text)),
        { format: 'csv', encoding: 'utf-8' },
        200,
      ));
    };
    await expect(read()).rejects.toMatchObject({ code });
  });

  it('may be separated by tabs', async () => {
    expect(await csv('a\tb\n1\t2\n')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  it('ends at a byte that its encoding does not have, and nothing stands in for it', async () => {
    const bytes = Buffer.concat([Buffer.from('a,b\n1,'), Buffer.from([0x8f, 0xc6, 0xff]), Buffer.from('\n')]);
    for (const encoding of ['utf-8', 'shift_jis'] as const)
      await expect(cellsOf(bytes, encoding)).rejects.toMatchObject({ code: 'file_wrong_encoding' });
  });

  it('is found to be UTF-8, Shift_JIS or neither', () => {
    const found = (bytes: Buffer) => {
      const finder = encodingFinder();
      finder.see(bytes);
      return finder.found();
    };
    expect(found(Buffer.from('照会'))).toBe('utf-8');
    expect(found(Buffer.from([0x8f, 0xc6, 0x89, 0xef]))).toBe('shift_jis');
    expect(found(Buffer.from([0xff, 0xfe, 0xfd]))).toBeUndefined();
  });
});

/** A workbook that is read, but for what a test does to its sheet. */
const book = (
  sheet: string,
  more: readonly Part[] = [],
  { type = '', claims }: { type?: string; claims?: number } = {},
): Buffer =>
  zip([
    {
      name: 'xl/workbook.xml',
      text: '<workbook xmlns:r="r"><sheets><sheet name="1" r:id="rId1"/></sheets></workbook>',
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      text: '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
    },
    {
      name: 'xl/worksheets/sheet1.xml',
      text: `${type}<worksheet><sheetData>${sheet}</sheetData></worksheet>`,
      ...(claims !== undefined && { claims }),
    },
    {
      name: 'xl/sharedStrings.xml',
      text: '<sst><si><t>照会</t><rPh><t>ショウカイ</t></rPh></si><si><r><t>a</t></r><r><t>b_x000D_</t></r></si></sst>',
    },
    {
      name: 'xl/styles.xml',
      text: '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    },
    ...more,
  ]);

describe('an XLSX file', () => {
  it('gives the values of its cells: shared texts, numbers, dates, formulas, in their columns', async () => {
    const row =
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c><c r="D1"><v>2.0261101000123E13</v></c>' +
      '<c r="E1" s="1"><v>46349</v></c><c r="F1" s="1"><v>46349.5</v></c><c r="G1" t="str"><f>1+1</f><v>=2</v></c>' +
      '<c r="H1" t="inlineStr"><is><t>x &amp; y</t></is></c></row>';
    expect(await cellsOf(book(row), null)).toEqual([
      ['照会', '', 'ab\r', '20261101000123', '2026-11-23', '2026-11-23 12:00:00', '=2', 'x & y'],
    ]);
  });

  it.each([
    ['macros', book('', [{ name: 'xl/vbaProject.bin', text: 'x' }]), 'file_macro'],
    ['entities of its own', book('', [], { type: '<!DOCTYPE worksheet [<!ENTITY x "y">]>' }), 'file_broken'],
    ['more inside than it says', book('<row><c><v>1</v></c></row>', [], { claims: 10 }), 'file_broken'],
    ['no end', book('<row r="1"><c r="A1"><v>1</v></c></row>').subarray(0, 300), 'file_broken'],
    [
      'rows out of order',
      book('<row r="5"><c><v>1</v></c></row><row r="2"><c><v>1</v></c></row>'),
      'file_broken',
    ],
    [
      'too much inside',
      zip([{ name: 'xl/workbook.xml', text: `<a>${' '.repeat(9_000_000)}</a>` }]),
      'file_too_much_inside',
    ],
  ])('with %s is refused', async (_, bytes, code) => {
    await expect(cellsOf(bytes, null)).rejects.toMatchObject({ code });
  });
});

describe('what a file is', () => {
  it.each([
    ['PK\u0003\u0004', 'xlsx'],
    ['a,b', 'csv'],
  ])('%j is %s', (start, format) => expect(formatOf(Buffer.from(start, 'latin1'))).toBe(format));

  it.each([
    ['', 'file_empty'],
    ['\u00d0\u00cf\u0011\u00e0', 'file_old_or_encrypted'],
    ['%PDF-1.7', 'file_unknown_format'],
    ['\u00ff\u00fea\u0000', 'file_wrong_encoding'],
  ])('%j is refused: %s', (start, code) => {
    expect(() => formatOf(Buffer.from(start, 'latin1'))).toThrow(expect.objectContaining({ code }));
  });
});
