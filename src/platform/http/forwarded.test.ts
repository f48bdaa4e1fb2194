import { expect, it } from 'vitest';
import { as, startWorld } from '#tests/support/world.ts';

/** Where the tests themselves call from. */
const here = '127.0.0.0/24';
const worlds = {
  none: startWorld({ settings: { TRUST_PROXY: 'false' } }),
  one: startWorld({ settings: { TRUST_PROXY: 'true' } }),
  two: startWorld({ settings: { TRUST_PROXY: '2' } }),
};

it.each([
  ['none', '203.0.113.5', here],
  ['one', '203.0.113.5', '203.0.113.0/24'],
  ['one', '198.51.100.1, 203.0.113.5', '203.0.113.0/24'],
  ['two', '192.0.2.9, 198.51.100.1, 203.0.113.5', '198.51.100.0/24'],
  ['two', '203.0.113.5', '203.0.113.0/24'],
] as const)('behind %s, %s comes from %s', async (proxies, forwarded, network) => {
  const world = worlds[proxies];
  const sent = { userId: 'nobody-here', password: 'x' };
  const { headers } = await as(world).post('/session', sent, { 'x-forwarded-for': forwarded });
  const entry = await world.db
    .selectFrom('audit_entries')
    .select('origin')
    .where('request_id', '=', headers.get('x-request-id'))
    .executeTakeFirstOrThrow();
  expect(entry.origin).toBe(network);
});
