import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '#src/main/config.ts';
import { createShokai } from '#src/main/shokai.ts';
import { testLog } from '#tests/support/logs.ts';
import { aMailServer, type MailServer } from '#tests/support/mail-server.ts';
import { startMailWorld } from '#tests/support/mail-world.ts';
import { aMerchant, anInstitution, aRequest, as, type Merchant, type World } from '#tests/support/world.ts';
import { announceRequests } from './announce-requests.ts';

/** Longer than the queue waits before it tries for the first time again. */
const soon = { timeout: 50_000, interval: 200 };

async function aContactOf({ db }: Pick<World, 'db'>, { mid }: Merchant, email: string): Promise<void> {
  await sql`insert into contacts (id, mid, category, name, email)
    values (gen_random_uuid(), ${mid}, 'inquiry_cancellation', '山田 花子', ${email})`.execute(db);
}

async function takeIn(world: World, { mid }: Merchant): Promise<string> {
  const taken = await as(world, await anInstitution(world)).post('/cases', aRequest(mid));
  if (taken.status !== 201) throw new Error(JSON.stringify(taken.body));
  return taken.body.id;
}

const statesOf = async ({ db }: Pick<World, 'db'>, { mid }: Merchant): Promise<string[]> =>
  (await db.selectFrom('mails').select('state').where('mid', '=', mid).execute()).map(({ state }) => state);

describe('while the product runs', () => {
  let down: MailServer;
  beforeAll(async () => {
    down = await aMailServer();
    await down.stop();
  });
  const world = startMailWorld({ work: true, settings: () => ({ SMTP_URL: down.url }) });

  it('takes requests in while the mail server is away, and sends their mails on its return', async () => {
    const merchant = await aMerchant(world);
    await aContactOf(world, merchant, 'hanako@shop.example.jp');
    await takeIn(world, merchant);
    const lastErrors = () =>
      world.db.selectFrom('mails').select('last_error').where('mid', '=', merchant.mid).execute();
    await expect.poll(lastErrors, soon).toEqual([{ last_error: expect.stringContaining('ECONNREFUSED') }]);

    const server = await aMailServer({
      port: down.port,
      toRecipient: (address) => (address.startsWith('nobody') ? 550 : undefined),
    });
    const refused = await aMerchant(world);
    await aContactOf(world, refused, 'nobody@shop.example.jp');
    await takeIn(world, refused);

    await expect.poll(() => statesOf(world, merchant), soon).toEqual(['sent']);
    expect(server.received.map(({ to }) => to)).toEqual([['hanako@shop.example.jp']]);
    await expect.poll(() => statesOf(world, refused), soon).toEqual(['failed']);
    const { rows } = await sql`
      select state from pgboss.job where name = 'send-mail' order by state`.execute(world.db);
    expect(rows).toEqual([{ state: 'completed' }, { state: 'completed' }]);
    await server.stop();
  }, 120_000);
});

describe('after the process died', () => {
  // Nobody works here: whatever was queued is found by the next process, as after a crash.
  const world = startMailWorld();

  it.each([
    ['before the mails were written', async () => undefined],
    ['between writing the mails and sending them', announce],
  ])('%s, the next one sends them', async (_, didBefore) => {
    const merchant = await aMerchant(world);
    await aContactOf(world, merchant, 'hanako@shop.example.jp');
    const caseId = await takeIn(world, merchant);
    await didBefore(world, caseId);
    const server = await aMailServer();

    const { connectionString } = world;
    const config = readConfig({ SMTP_URL: server.url });
    const next = await createShokai({
      config,
      storage: { connectionString, ownerConnectionString: connectionString },
      log: testLog(),
    });

    await expect.poll(() => statesOf(world, merchant), soon).toEqual(['sent']);
    expect(server.got.map(({ to }) => to)).toEqual([['hanako@shop.example.jp']]);
    await next.stop();
    await server.stop();
  });
});

async function announce({ bySystem }: World, caseId: string): Promise<void> {
  const sender = { providerName: 'PSP', supportMail: 'support@psp.example.jp', baseUrl: 'http://127.0.0.1' };
  await bySystem.inTransaction((tx) => announceRequests(tx, { caseId, sender, isKept: false }));
}
