import { sql } from 'kysely';
import type { Database } from './database.ts';
import { type DirectlySealed, placeOf, sealedColumns } from './sealed-columns.ts';
import type { Sealing } from './sealing.ts';

const rowsAtOnce = 500;

export type Rotated = Partial<Record<DirectlySealed, number>>;

/**
 * Seals everything anew that is still sealed with an earlier key, in batches, while the product runs: a value that changes
 * meanwhile is left to who changed it. It can be broken off and started again. The key that tells which key is right comes
 * last, when nothing else is left under another; personal data itself is not touched, only the keys of its cases.
 */
export async function rotateKeys(
  owner: Database,
  sealing: Sealing,
  onBatch: (column: DirectlySealed, count: number) => void = () => undefined,
): Promise<Rotated> {
  const columns = Object.keys(sealedColumns) as DirectlySealed[];
  const last = columns.slice(-1);
  const rotated: Rotated = {};
  const rotate = async (some: readonly DirectlySealed[]): Promise<number> => {
    let sum = 0;
    for (const column of some) {
      const count = await rotateColumn(owner, sealing, { column, onBatch });
      rotated[column] = (rotated[column] ?? 0) + count;
      sum += count;
    }
    return sum;
  };
  // Again until nothing is found: somebody may have written with the earlier key while the tables were gone through.
  while ((await rotate(columns.slice(0, -1))) > 0);
  await rotate(last);
  return rotated;
}

type Column = { column: DirectlySealed; onBatch: (column: DirectlySealed, count: number) => void };

async function rotateColumn(owner: Database, sealing: Sealing, { column, onBatch }: Column): Promise<number> {
  let count = 0;
  let after: readonly string[] | undefined;
  for (;;) {
    const rows = await findOld(owner, { column, keyId: sealing.keyId, after });
    if (rows.length === 0) return count;
    const changed = await replace(
      owner,
      column,
      rows.map((row) => resealed(sealing, column, row)),
    );
    onBatch(column, changed);
    count += changed;
    after = rows.at(-1)?.ids;
  }
}

type Row = { ids: string[]; before: Buffer };
type Resealed = Row & { after: Buffer };

function resealed(sealing: Sealing, column: DirectlySealed, { ids, before }: Row): Resealed {
  const place = placeOf(column, ...ids);
  return { ids, before, after: sealing.seal(sealing.open(before, place), place) };
}

const partsOf = (column: DirectlySealed) => {
  const [table = '', name = ''] = column.split('.');
  const ids = Object.entries(sealedColumns[column]);
  return { table: sql.table(table), value: sql.ref(name), ids };
};

type Old = { column: DirectlySealed; keyId: Buffer; after: readonly string[] | undefined };

async function findOld(owner: Database, { column, keyId, after }: Old): Promise<Row[]> {
  const { table, value, ids } = partsOf(column);
  const names = sql.join(ids.map(([name]) => sql.ref(name)));
  const further = after
    ? sql`and (${names}) > (${sql.join(ids.map(([, type], place) => sql`${after[place]}::${sql.raw(type)}`))})`
    : sql``;
  const { rows } = await sql<Row>`
    select array[${sql.join(ids.map(([name]) => sql`${sql.ref(name)}::text`))}] as ids, ${value} as before
    from ${table}
    where ${value} is not null and substring(${value} from 1 for ${keyId.length}) <> ${keyId} ${further}
    order by ${names} limit ${rowsAtOnce}`.execute(owner);
  return rows;
}

/** Only where the value is still the one that was read. */
async function replace(owner: Database, column: DirectlySealed, rows: readonly Resealed[]): Promise<number> {
  const { table, value, ids } = partsOf(column);
  const lists = ids.map(([, type], place) => sql`${rows.map((row) => row.ids[place])}::${sql.raw(type)}[]`);
  const { numAffectedRows = 0n } = await sql`
    update ${table} as stored set ${value} = each.after
    from unnest(${sql.join(lists)}, ${rows.map(({ before }) => before)}::bytea[], ${rows.map((row) => row.after)}::bytea[])
      as each (${sql.join(ids.map(([name]) => sql.ref(name)))}, before, after)
    where ${sql.join(
      ids.map(([name]) => sql`stored.${sql.ref(name)} = each.${sql.ref(name)}`),
      sql` and `,
    )} and stored.${value} = each.before`.execute(owner);
  return Number(numAffectedRows);
}
