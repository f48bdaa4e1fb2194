import { ImportMapping, rowReader } from './mapping.ts';
import type { FileSource } from './reading/file-problem.ts';
import { formatOf, readTable } from './reading/read-rows.ts';
import { encodingFinder } from './reading/text-encoding.ts';

/** A CSV or XLSX file as the lines of a batch (NDJSON), each at the number of its row. */
export async function* ndjsonOf(file: FileSource, mapping: unknown): AsyncGenerator<Uint8Array> {
  const finder = encodingFinder();
  let start: Uint8Array | undefined;
  for await (const piece of file.read()) {
    start ??= piece;
    finder.see(piece);
  }
  const format = formatOf(start ?? new Uint8Array());
  const encoding = format === 'csv' ? (finder.found() ?? 'utf-8') : null;
  const known = ImportMapping.parse(mapping);
  let written = 0;
  for await (const { header, rows } of readTable(file, { format, encoding }, 200)) {
    const read = rowReader(known, header);
    let text = '';
    for (const { line, cells } of rows) {
      text += `${'\n'.repeat(line - 1 - written)}${JSON.stringify(read(cells).sent)}\n`;
      written = line;
    }
    yield Buffer.from(text);
  }
}
