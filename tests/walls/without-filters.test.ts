import { sql } from 'kysely';
import { expect, it, vi } from 'vitest';
import { anOwnDatabase } from '#tests/support/own-database.ts';
import { report } from '#tests/support/report.ts';
import { startWorld } from '#tests/support/world.ts';
import { makeScene, walkMatrix, walkMs } from './matrix.ts';

// The application's own wall is taken down: every query asks for everybody's rows.
vi.mock('#src/platform/tenancy.ts', () => ({ tenancyOf: () => sql`true` }));

/** Operators see what every test has made, also what one broke on purpose: the walk has a database of its own. */
const world = startWorld({ database: anOwnDatabase });

it(
  'holds the whole matrix by row-level security alone',
  async () => {
    const { cells, wrong, leaks } = await walkMatrix(world, await makeScene(world));
    report('without filters', { cells, wrong: wrong.length, leaks: leaks.length });
    expect(wrong).toEqual([]);
  },
  walkMs,
);
