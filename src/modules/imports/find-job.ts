import type { Acting } from '#src/platform/transaction.ts';
import { storedFile } from './file-store.ts';
import type { ImportState } from './import-row.ts';
import type { ImportMapping } from './mapping.ts';
import type { FileSource } from './reading/file-problem.ts';
import type { Reading } from './reading/read-rows.ts';

export type ImportJob = Reading & {
  id: string;
  institutionId: string;
  state: ImportState;
  mapping: ImportMapping;
  mappingVersion: number;
  doneLine: number;
  confirmedBy: string | null;
  file: FileSource;
};

/** What it takes to work on an import. */
export async function findJob(
  { reading }: Pick<Acting, 'reading'>,
  importId: string,
): Promise<ImportJob | undefined> {
  const row = await reading((db) =>
    db.selectFrom('imports').selectAll().where('id', '=', importId).executeTakeFirst(),
  );
  if (!row?.format) return undefined;
  return {
    id: row.id,
    institutionId: row.institution_id,
    format: row.format as Reading['format'],
    encoding: row.encoding as Reading['encoding'],
    state: row.state as ImportState,
    mapping: (row.mapping ?? {
      columns: {},
      constants: {},
      dateOrder: 'ymd',
      amounts: 'decimal',
      types: [],
    }) as ImportMapping,
    mappingVersion: row.mapping_version,
    doneLine: row.done_line,
    confirmedBy: row.confirmed_by,
    file: storedFile({ reading }, row.id, row.bytes),
  };
}
