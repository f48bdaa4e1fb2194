import { sql } from 'kysely';
import { expect, it, vi } from 'vitest';
import { anOwnDatabase } from '#tests/support/own-database.ts';
import { startWorld } from '#tests/support/world.ts';
import { expectations, type Row } from './expectations.ts';
import { makeScene, walkMatrix, walkMs } from './matrix.ts';

// Both walls are taken down, to see that the matrix finds it.
vi.mock('#src/platform/tenancy.ts', () => ({ tenancyOf: () => sql`true` }));
vi.mock('#src/platform/database.ts', async (original) => {
  const real = await original<typeof import('#src/platform/database.ts')>();
  const openDatabase: typeof real.openDatabase = ({ role: _, ...options }) => real.openDatabase(options);
  return { ...real, openDatabase };
});

/** Operators see what every test has made, also what one broke on purpose: the walk has a database of its own. */
const world = startWorld({ database: anOwnDatabase });

/** Routes of cases for more than operators, who see all of them anyway. */
const isOfCases = ({ on, may }: Row): boolean =>
  (on?.toLowerCase().endsWith('case') ?? false) &&
  typeof may === 'object' &&
  may.some((role) => !role.startsWith('operator.'));

it(
  'finds wrong cells on every route of a case, and foreign texts on all that read',
  async () => {
    const { wrong, leaks } = await walkMatrix(world, await makeScene(world), isOfCases);
    const routes = Object.keys(expectations).filter((route) => isOfCases(expectations[route] ?? { may: [] }));
    expect(routes.filter((route) => !wrong.some((cell) => cell.startsWith(`${route} as`)))).toEqual([]);
    expect(
      routes
        // Texts on a sheet of paper are packed, and not found in its bytes.
        .filter((route) => route.startsWith('GET') && !/\/events$|\.pdf$/.test(route))
        .filter((route) => !leaks.some((cell) => cell.startsWith(`${route} as`))),
    ).toEqual([]);
  },
  walkMs,
);
