import { expect, it } from 'vitest';
import { anOwnDatabase } from '#tests/support/own-database.ts';
import { report } from '#tests/support/report.ts';
import { startWorld } from '#tests/support/world.ts';
import { call } from './call.ts';
import { expectations } from './expectations.ts';
import { makeScene, walkMatrix, walkMs } from './matrix.ts';
import { routesOf } from './routes-of.ts';
import { everythingOf } from './rows-of.ts';

/** Operators see what every test has made, also what one broke on purpose: the walk has a database of its own. */
const world = startWorld({ database: anOwnDatabase });

it('has a row in tests/walls/expectations.ts for every route, and no row too many', () => {
  const routes = routesOf(world.app);
  const missing = routes.filter((route) => !expectations[route]);
  const gone = Object.entries(expectations).filter(
    ([route, { onlyInDemo }]) => !onlyInDemo && !routes.includes(route),
  );
  expect([
    ...missing.map(
      (route) => `add to tests/walls/expectations.ts:  '${route}': { may: [...], on: '...', gives: 200 },`,
    ),
    ...gone.map(([route]) => `take out of tests/walls/expectations.ts, there is no such route:  '${route}'`),
  ]).toEqual([]);
}, 180_000);

it('answers HEAD as it answers GET, without a body', async () => {
  const { callers, subjects } = await makeScene(world);
  const strangers = callers.filter(({ name }) => ['nobody', 'everything of another merchant'].includes(name));
  for (const [route, { on, onlyInDemo }] of Object.entries(expectations)) {
    const [method, pattern = ''] = route.split(' ');
    // A stream that goes on has no HEAD: it would stay open with nobody to end it.
    if (method !== 'GET' || onlyInDemo || pattern.includes('*') || pattern.endsWith('/live')) continue;
    const path = pattern.replace(/:\w+/, encodeURIComponent(on ? (subjects[on].subjects[0]?.id ?? '') : ''));
    for (const caller of strangers) {
      const [got, head] = [
        await call(world, caller, { method, path }),
        await call(world, caller, { method: 'HEAD', path }),
      ];
      expect([route, caller.name, head.status, head.text]).toEqual([route, caller.name, got.status, '']);
    }
  }
});

it(
  'gives everybody what the table says for every id, and shows nobody what is not theirs',
  async () => {
    const scene = await makeScene(world);
    const { m1, m2 } = scene.parties;
    const before = await everythingOf(world, [m1, m2]);
    const { cells, wrong, leaks, shown } = await walkMatrix(world, scene);
    const routes = Object.keys(expectations).length;
    report('both walls', { routes, cells, wrong: wrong.length, leaks: leaks.length });
    expect(wrong).toEqual([]);
    expect(cells).toBeGreaterThan(1_000);
    expect(await everythingOf(world, [m1, m2])).toEqual(before);
    // Those who may see a case are shown its canaries, so that their absence elsewhere means something.
    const ofCases = [...scene.parties.canaries].filter(([, owner]) => 'sid' in owner).map(([word]) => word);
    expect(ofCases.filter((word) => !shown.has(word))).toEqual([]);
  },
  walkMs,
);
