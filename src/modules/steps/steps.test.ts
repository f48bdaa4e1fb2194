import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { startMailWorld } from '#tests/support/mail-world.ts';
import { mailsTo } from '#tests/support/mailbox.ts';
import { aContact, mailable } from '#tests/support/reminder-world.ts';
import { aMerchant, anOperator, as, givenCase, inDays } from '#tests/support/world.ts';

const world = startMailWorld({ work: true });

const reason = '090-0000-0000の山田様に確認中';

describe('a step', () => {
  it('is told to whom it is for, once, in their language and without its reason', async () => {
    const merchant = await aMerchant(world);
    const contact = await aContact(world, merchant, '001', 'en');
    const mori = await anOperator(world, 'agent');
    const operator = await mailable(world, mori);
    const caseId = await givenCase(world, merchant);
    await as(world, merchant.hanako).post(`/cases/${caseId}/extension-requests`, { reason });
    const [asked = ''] = await mailsTo(world, operator);
    await as(world, mori).post(`/cases/${caseId}/extension-requests/1/decision`, {
      ...{ decision: 'granted', reason, dueAt: inDays(20) },
    });
    const granted = await mailsTo(world, contact, 2);
    await as(world, mori).post(`/cases/${caseId}/withdrawal`, { reason });
    const all = await mailsTo(world, contact, 3);

    expect(asked).toContain('回答期限の延長が依頼されました');
    expect(asked).toContain(`/cases/${caseId}`);
    expect(granted.join()).toContain('The extension that you asked for was granted');
    expect(all.join()).toContain('No answer is needed');
    for (const mail of [asked, ...all]) expect(mail).not.toMatch(/090-0000|山田様に|C-1001|月額/);
    expect(all).toHaveLength(3);
  });

  it('that was refused is told to nobody', async () => {
    const merchant = await aMerchant(world);
    const operator = await mailable(world, await anOperator(world));
    const caseId = await givenCase(world, merchant);
    const { status } = await as(world, merchant.hanako).post(`/cases/${caseId}/correction-requests`, {
      reason,
    });
    expect(status).toBe(409);
    const { rows } =
      await sql`select from pgboss.job where name = 'tell-of-step' and data->>'caseId' = ${caseId}`.execute(
        world.db,
      );
    expect(rows).toEqual([]);
    expect(operator).toBeTruthy();
  });
});
