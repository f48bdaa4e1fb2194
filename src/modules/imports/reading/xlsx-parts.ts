import { FileProblem, fileLimits } from './file-problem.ts';
import { openTextStore, type TextStore } from './text-store.ts';
import { type Package, readPart } from './xlsx-package.ts';

const smallPart = 8_388_608;

async function readWhole(part: AsyncGenerator<void>): Promise<void> {
  for await (const _ of part);
}

/** Where the first sheet stands, and whether its days are counted from 1904. */
export async function findSheet(opened: Package): Promise<{ sheet: string; is1904: boolean }> {
  let relation = '';
  let is1904 = false;
  await readWhole(
    readPart(
      opened,
      { name: 'xl/workbook.xml', maxBytes: smallPart },
      {
        open: (name, attributes) => {
          if (name === 'sheet') relation ||= attributes['r:id'] ?? '';
          if (name === 'workbookPr') is1904 = /^(1|true)$/.test(attributes.date1904 ?? '');
        },
      },
    ),
  );
  let target = '';
  await readWhole(
    readPart(
      opened,
      { name: 'xl/_rels/workbook.xml.rels', maxBytes: smallPart },
      {
        open: (name, { Id, Target = '' }) => {
          if (name === 'Relationship' && Id === relation) target = Target;
        },
      },
    ),
  );
  const sheet = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
  if (!opened.entries.has(sheet)) throw new FileProblem('file_broken');
  return { sheet, is1904 };
}

/** The texts that cells share, without the readings (ふりがな) beside them. */
export async function readSharedTexts(opened: Package): Promise<TextStore> {
  const name = 'xl/sharedStrings.xml';
  const texts = openTextStore();
  if (!opened.entries.has(name)) return texts;
  let [current, isText, isReading, sum] = ['', false, false, 0];
  const part = readPart(
    opened,
    { name, maxBytes: fileLimits.sheetBytes },
    {
      open: (tag) => {
        if (tag === 'si') current = '';
        if (tag === 'rPh') isReading = true;
        isText = tag === 't' && !isReading;
      },
      text: (value) => {
        if (!isText) return;
        current += value;
        sum += value.length;
        if (sum > fileLimits.sharedCharacters) throw new FileProblem('file_too_much_inside');
      },
      close: (tag) => {
        if (tag === 't') isText = false;
        if (tag === 'rPh') isReading = false;
        if (tag === 'si') texts.add(unescaped(current));
      },
    },
  );
  await readWhole(part);
  return texts;
}

/** Which of the cell styles show a number as a date or a time. */
export async function readDateStyles(opened: Package): Promise<ReadonlySet<number>> {
  const styles = new Set<number>();
  const name = 'xl/styles.xml';
  if (!opened.entries.has(name)) return styles;
  const formats = new Map<number, string>();
  let [isCell, index] = [false, 0];
  const part = readPart(
    opened,
    { name, maxBytes: smallPart },
    {
      open: (tag, attributes) => {
        if (tag === 'numFmt') formats.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
        if (tag === 'cellXfs') isCell = true;
        if (tag !== 'xf' || !isCell) return;
        if (isDateFormat(Number(attributes.numFmtId), formats)) styles.add(index);
        index += 1;
      },
      close: (tag) => {
        if (tag === 'cellXfs') isCell = false;
      },
    },
  );
  await readWhole(part);
  return styles;
}

/** The formats that every spreadsheet knows by number, and those of the file that name a part of a date. */
function isDateFormat(id: number, formats: ReadonlyMap<number, string>): boolean {
  if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58))
    return true;
  const format = (formats.get(id) ?? '').replace(/"[^"]*"|\[[^\]]*\]|\\./g, '');
  return /[ymdhs]/i.test(format) && !/general/i.test(format);
}

/** Characters that XML cannot hold stand as `_x000D_`. */
export const unescaped = (value: string): string =>
  value.includes('_x')
    ? value.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    : value;
