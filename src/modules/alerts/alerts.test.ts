import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { checkImport } from '#src/modules/imports/check-import.ts';
import { markUnreachable } from '#src/modules/merchants/index.ts';
import { startMailWorld } from '#tests/support/mail-world.ts';
import { mailsTo } from '#tests/support/mailbox.ts';
import { moveClock, setClockRight } from '#tests/support/move-clock.ts';
import { mailable } from '#tests/support/reminder-world.ts';
import { aMerchant, anInstitution, anOperator, as, givenCase } from '#tests/support/world.ts';
import { alertQueues } from './queues.ts';

/** Without a mail server: what is written is read in the demo's mailbox. */
const world = startMailWorld();
const sender = {
  providerName: 'PSP',
  supportMail: 'support@psp.example.jp',
  baseUrl: 'https://psp.example.jp',
};

async function look(): Promise<void> {
  const [queue] = alertQueues({ inTransaction: world.bySystem.inTransaction, how: { sender, isKept: true } });
  await queue?.work({});
}

const countMails = async (): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from mails`.execute(world.db);
  return rows[0]?.n ?? 0;
};

beforeEach(async () => {
  await setClockRight(world);
  await sql`update users set email = null`.execute(world.db);
  for (const table of ['alerts', 'mail_cases', 'mails', 'confirmed_years'])
    await sql`delete from ${sql.table(table)}`.execute(world.db);
});

const countTo = async (address: string): Promise<number> => {
  const page = await (await fetch(`${world.url}/demo/mailbox`)).text();
  return page.split(address).length - 1;
};

const confirm = (from: number, to: number) =>
  sql`insert into confirmed_years (year) select generate_series(${from}::int, ${to}::int)`.execute(world.db);

describe('a year that is near and not confirmed', () => {
  it('is told of once, to the PSP’s admins alone, by many who look at one time', async () => {
    const { hanako } = await aMerchant(world);
    await mailable(world, hanako);
    const admin = await mailable(world, await anOperator(world));
    await mailable(world, await anOperator(world, 'agent'));
    const year = Number(new Date().getFullYear());
    await confirm(2007, year - 1);
    await confirm(year + 1, 2050);
    await Promise.all([look(), look(), look()]);
    await look();
    expect(await countMails()).toBe(1);
    const [mail] = await mailsTo(world, admin);
    expect(mail).toContain(`${year}年の休業日がまだ確定されていません`);
    expect(mail).toContain('https://psp.example.jp/settings/calendar');
  });

  it('is told of 120 days before it begins, and not once it is confirmed', async () => {
    const admin = await mailable(world, await anOperator(world));
    const year = new Date().getFullYear();
    await confirm(2007, year + 1);
    await look();
    expect(await countMails()).toBe(0);
    const october = Date.parse(`${year + 1}-10-01T12:00:00+09:00`);
    await moveClock(world, { milliseconds: october - Date.now() });
    await look();
    const later = (await mailsTo(world, admin))[0] ?? '';
    expect(later).toContain(`${year + 2}年の休業日`);
    await confirm(year + 2, year + 2);
    await sql`delete from alerts`.execute(world.db);
    await look();
    expect(await countMails()).toBe(1);
  });

  it('waits for somebody to be told', async () => {
    await look();
    expect(await countMails()).toBe(0);
    await mailable(world, await anOperator(world));
    await look();
    expect(await countMails()).toBeGreaterThan(0);
  });
});

describe('a file that could not be taken in', () => {
  it('is told of to operators, once for each time it failed, and without what stands in it', async () => {
    await confirm(2007, 2050);
    const mori = await anOperator(world, 'agent');
    const address = await mailable(world, mori);
    const { institutionId } = await anInstitution(world);
    const { body } = await as(world, mori).send(
      'POST',
      `/imports?institutionId=${institutionId}&name=secret.csv`,
      {
        headers: { 'content-type': 'application/octet-stream' },
        // It begins well, so that the upload takes it.
        raw: `reference,mid\n${'R-1,12345\n'.repeat(8_000)}R-1,"never closed`,
      },
    );
    const mapping = { columns: { institutionReference: 'reference', mid: 'mid' } };
    await as(world, mori).put(`/imports/${body.id}/mapping`, { mapping });
    await checkImport(world.bySystem, body.id);
    expect((await as(world, mori).get(`/imports/${body.id}`)).body.state).toBe('failed');
    await Promise.all([look(), look()]);
    const [mail] = await mailsTo(world, address);
    expect(await countMails()).toBe(1);
    expect(mail).toContain('テストカード');
    expect(mail).toContain(`/intake/files/${body.id}`);
    expect(mail).not.toMatch(/secret|never closed|R-1/);

    await sql`update imports set finished_at = now() where id = ${body.id}`.execute(world.db);
    await look();
    expect(await countMails()).toBe(2);
  });

  it('of yesterday is told of no more', async () => {
    await confirm(2007, 2050);
    await mailable(world, await anOperator(world));
    await sql`update imports set finished_at = now() - interval '25 hours'`.execute(world.db);
    await look();
    expect(await countMails()).toBe(0);
  });
});

describe('a contact whose mails do not arrive', () => {
  it('is told of once, to the admins of its merchant and to operators, and to no other merchant', async () => {
    const [merchant, other] = [await aMerchant(world), await aMerchant(world)];
    const admin = await mailable(world, merchant.hanako);
    const foreign = await mailable(world, other.hanako);
    const operator = await mailable(world, await anOperator(world, 'agent'));
    const email = 'desk@shop.example.jp';
    await as(world, merchant.hanako).post(`/merchants/${merchant.mid}/contacts`, {
      ...{ sid: '001', category: 'inquiry_cancellation', name: '窓口', email, locale: 'ja' },
    });
    await givenCase(world, merchant);
    await look();
    expect(await countMails()).toBe(0);

    await world.bySystem.inTransaction((tx) =>
      markUnreachable(tx, { mid: merchant.mid, address: email, reply: '5.1.1' }),
    );
    await Promise.all([look(), look()]);
    await look();

    expect(await countMails()).toBe(2);
    const [mail] = await mailsTo(world, admin);
    expect(mail).toContain('ご登録の連絡先へのメールが受信側で拒否されたか');
    expect(mail).toContain('1件');
    expect(mail).not.toContain(email);
    expect(await mailsTo(world, operator)).toHaveLength(1);
    await expect(countTo(foreign)).resolves.toBe(0);
  });
});
