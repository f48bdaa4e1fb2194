import { changeDemo } from '../support/change-demo.ts';
import { type Demo, runDemo } from '../support/demo.ts';
import { expect, expectAccessible, test as journey, openAs, picture } from './journey.ts';

/** A demo of its own: who cannot be reached is told of to everybody who looks after it. */
const test = journey.extend<object, { demo: Demo }>({
  demo: [
    async ({ browserName: _ }, use) => {
      const demo = await runDemo('mail-delivery');
      await use(demo);
      await demo.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: ({ demo }, use) => use(demo.url),
});

test('an admin sees whom mails do not reach, and tries the address with a test mail', async ({
  page,
  demo,
}) => {
  await changeDemo(
    demo,
    'set session_replication_role = replica',
    `update contacts set unreachable_since = now(), unreachable_reply = '5.1.1' where email = 'hanako@midori-shobo.example.jp'`,
  );
  await openAs(page, 'hanako', '/settings/contacts');
  const line = page.getByRole('row').filter({ hasText: 'hanako@midori-shobo.example.jp' }).first();
  await expect(line.getByText(/送信不能：.*\(5\.1\.1\)/)).toBeVisible();
  await expectAccessible(page);
  await picture(page, 'contact-unreachable');

  await line.getByRole('button', { name: /^テストメール/ }).click();

  await expect(line.getByText('テストメールを送信しました。')).toBeVisible();
  await expect(line.getByText(/送信不能/)).toHaveCount(0);
  await expectAccessible(page);
  // A worker writes it, and the page of the mailbox does not read it by itself.
  await expect(async () => {
    await page.goto('/demo/mailbox');
    await expect(page.getByText(/テストメール/).first()).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
});

test('an operator reads on the case what became of its mails', async ({ page }) => {
  await openAs(page, 'mori', '/cases');
  await page.getByRole('row').nth(1).getByRole('link').first().click();
  await expect(page.getByRole('heading', { name: '配信記録' })).toBeVisible();
  await expectAccessible(page);
  await picture(page, 'delivery-log');
});
