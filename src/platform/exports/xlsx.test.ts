import { expect, it } from 'vitest';
import { fromBuffer } from 'yauzl';
import { xlsxFile } from './xlsx.ts';

it('keeps text as text, numbers as numbers, and goes on in a next sheet when one is full', async () => {
  const pages = (async function* () {
    yield [['=1+1', 3]];
    yield [];
    yield [
      ['<山田> & "花子"\u0000', -4],
      ['_x000D_\r', 5],
    ];
  })();
  const files = await partsOf(await bytesOf(xlsxFile(['氏名', '件数'], pages, 2)));
  expect(Object.keys(files).sort()).toEqual([
    '[Content_Types].xml',
    '_rels/.rels',
    'xl/_rels/workbook.xml.rels',
    'xl/workbook.xml',
    'xl/worksheets/sheet1.xml',
    'xl/worksheets/sheet2.xml',
  ]);
  expect(files['xl/worksheets/sheet1.xml']).not.toContain('<f>');
  expect(files['xl/worksheets/sheet1.xml']).toContain(
    '<c t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c><c><v>3</v></c>',
  );
  expect(files['xl/worksheets/sheet1.xml']).toContain('&lt;山田&gt; &amp; "花子"\ufffd');
  expect(files['xl/worksheets/sheet2.xml']).toContain('氏名');
  expect(files['xl/worksheets/sheet2.xml']).toContain('_x005F_x000D_&#13;');
});

it('breaks off where its rows do', async () => {
  const pages = (async function* () {
    yield [['a']];
    throw new Error('the database is gone');
  })();
  await expect(bytesOf(xlsxFile(['a'], pages))).rejects.toThrow('the database is gone');
});

it('holds no more of a long list than a page at a time', async () => {
  let made = 0;
  const pages = (async function* () {
    for (; made < 1_000; made += 1)
      yield Array.from({ length: 1_000 }, (_, n) => [`${made}-${n} ${'あ'.repeat(20)}`]);
  })();
  const file = xlsxFile(['a'], pages);
  await new Promise((resolve) => file.once('readable', resolve));
  await new Promise((resolve) => setImmediate(resolve));
  // Nobody reads on, so nothing more is asked of the database.
  expect(made).toBeLessThan(100);
  file.destroy();
});

async function bytesOf(file: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of file) parts.push(part);
  return Buffer.concat(parts);
}

function partsOf(bytes: Buffer): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  return new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      zip.on('end', () => resolve(files));
      zip.on('error', reject);
      zip.on('entry', (entry) => {
        zip.openReadStream(entry, async (problem, stream) => {
          if (problem) return reject(problem);
          files[entry.fileName] = (await bytesOf(stream)).toString();
          zip.readEntry();
        });
      });
      zip.readEntry();
    });
  });
}
