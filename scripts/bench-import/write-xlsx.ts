import { writeFileSync } from 'node:fs';
import { zip } from '#tests/support/zip.ts';
import { cellsOf, columns } from './parties.ts';

/** Writes the same requests as a workbook as Excel does it: every text stands in the part that cells share. */
export function writeXlsx(path: string, lines: number): void {
  const texts = new Map<string, number>();
  const numberOf = (text: string): number => {
    const known = texts.get(text) ?? texts.size;
    texts.set(text, known);
    return known;
  };
  const rows: string[] = [];
  for (let line = 0; line <= lines; line += 1) {
    const cells = line === 0 ? Object.values(columns) : cellsOf(line);
    rows.push(
      `<row r="${line + 1}">${cells.map((cell) => `<c t="s"><v>${numberOf(cell)}</v></c>`).join('')}</row>`,
    );
  }
  const shared = [...texts.keys()].map((text) => `<si><t>${text}</t></si>`).join('');
  writeFileSync(
    path,
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
        text: `<worksheet><sheetData>${rows.join('')}</sheetData></worksheet>`,
      },
      { name: 'xl/sharedStrings.xml', text: `<sst>${shared}</sst>` },
    ]),
  );
}
