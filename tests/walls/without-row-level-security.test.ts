import { expect, it, vi } from 'vitest';
import { anOwnDatabase } from '#tests/support/own-database.ts';
import { report } from '#tests/support/report.ts';
import { startWorld } from '#tests/support/world.ts';
import { makeScene, walkMatrix, walkMs } from './matrix.ts';

// The database's wall is taken down: the portal works as the owner of the tables, whom no policy binds.
vi.mock('#src/platform/database.ts', async (original) => {
  const real = await original<typeof import('#src/platform/database.ts')>();
  const openDatabase: typeof real.openDatabase = ({ role: _, ...options }) => real.openDatabase(options);
  return { ...real, openDatabase };
});

/** Operators see what every test has made, also what one broke on purpose: the walk has a database of its own. */
const world = startWorld({ database: anOwnDatabase });

it(
  'holds the whole matrix by the application’s own filters alone',
  async () => {
    const { cells, wrong, leaks } = await walkMatrix(world, await makeScene(world));
    report('without row level security', { cells, wrong: wrong.length, leaks: leaks.length });
    expect(wrong).toEqual([]);
  },
  walkMs,
);
