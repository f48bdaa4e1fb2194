import { sql } from 'kysely';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { answerSections, type SectionName, sectionOf } from '#src/domain/answer-sections.ts';
import { dataClasses } from '#src/domain/data-classes.ts';
import { nothingPersonal, storedData } from '#src/domain/stored-data.ts';
import { openDatabase } from './database.ts';
import { caseSealedColumns, sealedColumns } from './sealed-columns.ts';

const db = openDatabase({ connectionString: inject('connectionString') });
afterAll(() => db.destroy());

const columns = async (types: readonly string[]): Promise<string[]> => {
  const { rows } = await sql<{ name: string }>`
    select table_name || '.' || column_name as name from information_schema.columns
    where table_schema = 'public' and table_name not like 'kysely%' and data_type = any(${types})
    order by 1`.execute(db);
  return rows.map(({ name }) => name);
};

const classed = storedData.map(({ column }) => column);
const plain = Object.entries(nothingPersonal).flatMap(([table, names]) =>
  names.map((name) => `${table}.${name}`),
);

describe('what is stored of people', () => {
  it('is told of every column that can hold text or bytes; add a new one to src/domain/stored-data.ts', async () => {
    const stored = await columns(['text', 'jsonb', 'json', 'bytea', 'ARRAY', 'inet', 'USER-DEFINED']);
    expect(stored.filter((column) => !classed.includes(column) && !plain.includes(column))).toEqual([]);
  });

  it('is told of columns that exist, each once', async () => {
    const stored = new Set(
      await columns(['text', 'jsonb', 'json', 'bytea', 'ARRAY', 'inet', 'USER-DEFINED']),
    );
    expect([...classed, ...plain].filter((column) => !stored.has(column))).toEqual([]);
    expect(new Set([...classed, ...plain]).size).toBe(classed.length + plain.length);
  });

  it('is sealed exactly where the keys are replaced or go with their case', () => {
    const keptSo = (kept: string) =>
      storedData.filter((value) => value.kept === kept).map(({ column }) => column);
    expect(keptSo('case').sort()).toEqual(Object.keys(caseSealedColumns).sort());
    expect(keptSo('sealed').sort()).toEqual(Object.keys(sealedColumns).sort());
  });

  it('is in clear only for people at work and for numbers that others keep too', () => {
    const clear = storedData.filter(({ kept }) => kept === 'clear').map(({ holds }) => holds);
    expect(new Set(clear)).toEqual(new Set(['reference', 'staff']));
  });
});

describe('what an answer is made of', () => {
  const fields = Object.keys(answerSections).flatMap((section) =>
    Object.entries(sectionOf(section as SectionName).fields).map(([name, field]) => ({
      section,
      name,
      field,
    })),
  );

  it.each(fields)('$section.$name has a class', ({ field }) => {
    expect(Object.keys(dataClasses)).toContain(field.holds);
  });

  it('has names, addresses, mail addresses and phones of people among the personal data', () => {
    const people = fields.filter(({ section }) => section !== 'contactDesk');
    const named = people.filter(
      ({ name, field }) => ['name', 'address'].includes(name) || ['email', 'phone'].includes(field.type),
    );
    expect(named.length).toBeGreaterThan(10);
    expect(new Set(named.map(({ field }) => field.holds))).toEqual(new Set(['personal']));
  });

  it('has free text wherever people write in their own words', () => {
    const written = fields.filter(({ field }) => field.type === 'long_text');
    expect(new Set(written.map(({ field }) => field.holds))).toEqual(new Set(['free_text']));
  });
});
