import { changeDemo } from '../support/change-demo.ts';
import { type Demo, runDemo } from '../support/demo.ts';
import { expect, expectAccessible, test as journey, logIn, openAs, picture } from './journey.ts';

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

test('an operator has mails sent again that did not arrive, or settles them', async ({ page, demo }) => {
  await changeDemo(
    demo,
    `update mails set undelivered_since = now(), state = 'failed'
     where id in (select id from mails where mid = '12345' order by id limit 3)`,
    `insert into mail_events (mail_id, kind, reply, host)
     select id, 'failed', '550 5.1.1', 'mx.shop.example.jp' from mails where undelivered_since is not null`,
  );
  await openAs(page, 'mori', '/inbox');
  await page.getByRole('link', { name: /^届かなかったメール/ }).click();
  await expect(page.getByRole('heading', { name: '未達メール' })).toBeVisible();
  const lines = page.getByRole('row').filter({ has: page.getByRole('checkbox') });
  await expect(lines).toHaveCount(3);
  await expect(lines.first().getByText('550 5.1.1')).toBeVisible();
  await expectAccessible(page);
  await picture(page, 'undelivered-mails');

  const caseId = (await lines.nth(1).getByRole('link').first().textContent()) ?? '';
  await lines.nth(0).getByRole('checkbox').check();
  await page.getByRole('button', { name: '対応済みにする' }).click();
  await expect(page.getByText('1件を対応済みにしました。')).toBeVisible();
  await expect(lines).toHaveCount(2);
  await page.getByRole('checkbox', { name: 'すべて選択' }).check();
  await page.getByRole('button', { name: '再送する' }).click();

  await expect(page.getByText(/^2件の再送を受け付けました。/)).toBeVisible();
  await expect(page.getByText('未達のメールはありません。')).toBeVisible();
  await page.goto(`/cases/${caseId}`);
  await expect(page.getByText('再送を指示')).toBeVisible();
  await picture(page, 'delivery-log-sent-again');
});

test('the log tells who came by the link of a mail', async ({ page, browser, demo }) => {
  const mail = page.getByRole('link', { name: /12345-001/ }).first();
  // A worker writes it, and the page of the mailbox does not read it by itself.
  await expect(async () => {
    await page.goto('/demo/mailbox');
    await expect(mail).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  const mailId = (await mail.getAttribute('href'))?.split('/').at(-1);
  await page.goto(`/demo/mailbox/${mailId}`);
  const link = await page
    .frameLocator('iframe')
    .getByRole('link', { name: 'ログイン画面' })
    .getAttribute('href');
  expect(link).toContain(`mail=${mailId}`);
  await page.goto(`/login?next=${encodeURIComponent(new URL(link ?? '').search.replace('?', '/cases?'))}`);
  await logIn(page, 'hanako');
  await page.waitForURL((url) => url.pathname === '/cases' && !url.searchParams.has('mail'));
  expect(new URL(page.url()).searchParams.get('mid')).toBe('12345');

  // Where an operator finds the cases of this very mail.
  await changeDemo(demo, `update mails set undelivered_since = now() where id = '${mailId}'`);
  const operator = await browser.newPage({ baseURL: demo.url });
  await openAs(operator, 'mori', '/settings/mails');
  await operator.getByRole('row').getByRole('link').first().click();
  await expect(operator.getByRole('heading', { name: '配信記録' })).toBeVisible();
  await expect(async () => {
    await operator.reload();
    await expect(operator.getByText('リンクを開いた(ログイン後)').first()).toBeVisible({ timeout: 4_000 });
  }).toPass({ timeout: 24_000 });
  await operator.close();
});
