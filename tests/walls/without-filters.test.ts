import { sql } from 'kysely';
import { expect, it, vi } from 'vitest';
import { report } from '#tests/support/report.ts';
import { startWorld } from '#tests/support/world.ts';
import { makeScene, walkMatrix, walkMs } from './matrix.ts';

// The application's own wall is taken down: every query asks for everybody's rows.
vi.mock('#src/platform/tenancy.ts', () => ({ tenancyOf: () => sql`true` }));

const world = startWorld();

it(
  'holds the whole matrix by row-level security alone',
  async () => {
    const { cells, wrong, leaks } = await walkMatrix(world, await makeScene(world));
    report('without filters', { cells, wrong: wrong.length, leaks: leaks.length });
    expect(wrong).toEqual([]);
  },
  walkMs,
);
