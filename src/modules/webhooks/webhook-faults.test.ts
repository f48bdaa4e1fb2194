import { expect, it } from 'vitest';
import { anOwnDatabase } from '#tests/support/own-database.ts';
import { runFaults } from '#tests/support/webhook-faults.ts';
import { startWorld } from '#tests/support/world.ts';

const world = startWorld({ database: anOwnDatabase, settings: { KEY_REQUESTS_PER_MINUTE: '1000000' } });

// WEBHOOKS=10000 is the whole of it: npx vitest run src/modules/webhooks/webhook-faults.test.ts
const webhooks = Number(process.env.WEBHOOKS ?? 160);

it('loses none of many webhooks to receivers that fail in every way, and sends none out of order (INV-20, INV-21)', async () => {
  // Two events of each case: to three receivers that take something, and of a part of them to the eight that fail.
  const toFailing = Math.ceil((webhooks * 0.3) / 16);
  const everywhere = Math.ceil((webhooks - toFailing * 16) / 6) - toFailing;
  const faults = await runFaults(world, { everywhere, toFailing });
  process.stdout.write(`${JSON.stringify(faults)}\n`);
  expect(faults).toMatchObject({ lost: 0, unverified: 0, outOfOrder: 0 });
  expect(faults.webhooks).toBeGreaterThanOrEqual(webhooks);
  expect(faults.givenUp).toBeGreaterThan(0);
  const failing = ['301', '429', '500', 'drip', 'hang', 'reset', 'tls'].map((way) => [way, 'failing']);
  expect(faults.off).toEqual({ ...Object.fromEntries(failing), '410': 'gone' });
}, 1_800_000);
