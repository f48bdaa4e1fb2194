import { writeFileSync } from 'node:fs';
import { crc32, deflateRawSync } from 'node:zlib';
import { cellsOf, columns } from './parties.ts';

type Part = { name: string; text: string };

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

function zip(parts: readonly Part[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, text } of parts) {
    const plain = Buffer.from(text);
    const packed = deflateRawSync(plain);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(8, 4);
    head.writeUInt32LE(crc32(plain), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(plain.length, 18);
    head.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), head, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000'), head, tail, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...directory, end]);
}
