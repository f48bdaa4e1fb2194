import { sql } from 'kysely';
import { expect, it, vi } from 'vitest';
import { startWorld } from '#tests/support/world.ts';
import { makeScene, walkMatrix, walkMs } from './matrix.ts';

// The application's own wall is taken down: every query asks for everybody's rows.
vi.mock('#src/platform/tenancy.ts', () => ({ tenancyOf: () => sql`true` }));

const world = startWorld();

it(
  'holds the whole matrix by row-level security alone',
  async () => {
    expect((await walkMatrix(world, await makeScene(world))).wrong).toEqual([]);
  },
  walkMs,
);
