import fc from 'fast-check';
import { expect, it } from 'vitest';
import { csvLine } from './csv.ts';

/** Reads a line of RFC 4180, and takes away the apostrophe that keeps a value from being a formula. */
function readLine(line: string): string[] {
  const cells = [...line.slice(0, -2).matchAll(/(?<=^|,)(?:"((?:[^"]|"")*)"|([^",\r\n]*))(?=,|$)/g)];
  return cells.map(([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain).map(withoutApostrophe);
}

const withoutApostrophe = (cell: string): string => (cell.startsWith("'") ? cell.slice(1) : cell);

const unit = fc.constantFrom(...`'=+-@＝＋－＠",\r\n\tあ1 `);
const cell = fc.array(unit, { maxLength: 6 }).map((units) => units.join(''));

it('gives every value back, also one that begins like a formula or with an apostrophe', () => {
  fc.assert(
    fc.property(fc.array(cell, { minLength: 2, maxLength: 5 }), (cells) => {
      expect(readLine(csvLine(cells))).toEqual(cells);
    }),
    { numRuns: 2000 },
  );
});

it('begins no cell like a formula', () => {
  fc.assert(
    fc.property(cell, (value) => {
      expect(csvLine([value]).replace(/^"/, '')).not.toMatch(/^[=+\-@\t＝＋－＠]/);
    }),
    { numRuns: 2000 },
  );
});
