import { expect, it, vi } from 'vitest';
import { report } from '#tests/support/report.ts';
import { startWorld } from '#tests/support/world.ts';
import { makeScene, walkMatrix, walkMs } from './matrix.ts';

// The database's wall is taken down: the portal works as the owner of the tables, whom no policy binds.
vi.mock('#src/platform/database.ts', async (original) => {
  const real = await original<typeof import('#src/platform/database.ts')>();
  const openDatabase: typeof real.openDatabase = ({ role: _, ...options }) => real.openDatabase(options);
  return { ...real, openDatabase };
});

const world = startWorld();

it(
  'holds the whole matrix by the application’s own filters alone',
  async () => {
    const { cells, wrong, leaks } = await walkMatrix(world, await makeScene(world));
    report('without row level security', { cells, wrong: wrong.length, leaks: leaks.length });
    expect(wrong).toEqual([]);
  },
  walkMs,
);
