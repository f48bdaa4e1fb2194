import { test as base, type Locator, type Page } from '@playwright/test';
import { changeDemo } from '../support/change-demo.ts';
import { type Demo, runDemo } from '../support/demo.ts';
import { client, startProvider, type TestProvider } from '../support/identity-provider.ts';
import { expect, expectAccessible, test as journey, logIn, picture } from './journey.ts';

type Scene = { demo: Demo; provider: TestProvider };

/** A demo of its own that knows a real identity provider. */
const test = journey.extend<object, { scene: Scene }>({
  scene: [
    async ({ browserName: _ }, use) => {
      const provider = await startProvider();
      const demo = await runDemo('single-sign-on', {
        OIDC_ISSUER: provider.issuer,
        OIDC_CLIENT_ID: client.id,
        OIDC_CLIENT_SECRET: client.secret,
        OIDC_LABEL: '社内認証',
        OUTBOUND_ALLOW: new URL(provider.issuer).host,
      });
      provider.redirectTo(`${demo.url}/login/single-sign-on`);
      provider.accounts.push(
        { subject: 'sato', email: 'sato@psp.example.jp' },
        { subject: 'nobody', email: 'nobody@psp.example.jp' },
        { subject: 'mori', email: 'mori@psp.example.jp', isVerified: false },
      );
      await use({ demo, provider });
      await demo.stop();
      await provider.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: ({ scene }, use) => use(scene.demo.url),
});

base.describe.configure({ mode: 'default' });

const button = (page: Page) => page.getByRole('button', { name: '社内認証でログイン' });

/** Logs in at the provider's own form. */
async function atTheProvider(page: Page, account: string): Promise<void> {
  await page.getByLabel('アカウント').fill(account);
  await page.getByRole('button', { name: 'ログイン' }).click();
}

const arrivedAt = (page: Page, path: string) => page.waitForURL((url) => url.pathname === path);

/** Fills in an invitation, which is not sent yet. */
async function anInvitation(page: Page, email: string): Promise<Locator> {
  await page.getByRole('button', { name: 'ユーザーを招待' }).click();
  const dialog = page.getByRole('dialog', { name: 'ユーザーを招待' });
  await dialog.getByLabel('加盟店').selectOption('operators');
  await dialog.getByLabel('氏名').fill('新田 一');
  await dialog.getByLabel('メールアドレス').fill(email);
  await dialog.getByRole('checkbox', { name: '監査人' }).check();
  return dialog;
}

test('an operator logs in at the identity provider, and comes to the page that was wanted', async ({
  page,
}) => {
  await page.goto(`/login?next=${encodeURIComponent('/cases?q=12345678')}`);
  await expect(button(page)).toBeVisible();
  await expectAccessible(page);
  await picture(page, 'single-sign-on-login');
  await button(page).click();
  await atTheProvider(page, 'sato');
  await page.waitForURL('**/cases?q=12345678');
  await expect(page.getByRole('button', { name: /^アカウント:/ })).toContainText('佐藤');
});

test('who is refused is told why, and finds the way back', async ({ page }) => {
  for (const [account, words] of [
    ['nobody', 'このアカウントで利用できる運用担当者が登録されていません'],
    ['mori', 'メールアドレスの確認が済んでいない'],
  ] as const) {
    await page.context().clearCookies();
    await page.goto('/login');
    await button(page).click();
    await atTheProvider(page, account);
    await expect(page.getByRole('alert')).toContainText(words);
    expect(new URL(page.url()).search).toBe('');
  }
  await expectAccessible(page);
  await picture(page, 'single-sign-on-refused');
  await page.getByRole('link', { name: 'ログイン画面に戻る' }).click();
  await page.context().clearCookies();
  await button(page).click();
  await page.getByRole('button', { name: '取り消す' }).click();
  await expect(page.getByRole('alert')).toContainText('取り消されました');
});

test('what wants a proof is proved there in a window of its own, and nothing typed is lost', async ({
  page,
  scene,
}) => {
  await page.goto('/login?next=/settings/users');
  await button(page).click();
  await atTheProvider(page, 'sato');
  await arrivedAt(page, '/settings/users');
  await changeDemo(scene.demo, `update sessions set proved_at = now() - interval '1 hour'`);

  const invitation = await anInvitation(page, 'nitta@psp.example.jp');
  await invitation.getByRole('button', { name: '招待メールを送信' }).click();
  const proof = page.getByRole('dialog', { name: 'ご本人の確認' });
  await expectAccessible(page);
  await picture(page, 'single-sign-on-proof');
  const [other] = await Promise.all([
    page.waitForEvent('popup'),
    proof.getByRole('button', { name: '社内認証で確認する' }).click(),
  ]);
  await atTheProvider(other, 'sato');
  await expect(proof).toBeHidden();
  await expect(page.getByText('nitta@psp.example.jp').first()).toBeVisible();
});

test('a session that ended is renewed there, and nothing typed is lost', async ({ page, scene }) => {
  await page.goto('/login?next=/settings/users');
  await button(page).click();
  await atTheProvider(page, 'sato');
  const invitation = await anInvitation(page, 'koda@psp.example.jp');
  await changeDemo(scene.demo, 'delete from sessions');
  await invitation.getByRole('button', { name: '招待メールを送信' }).click();
  const dialog = page.getByRole('dialog', { name: 'もう一度ログインしてください' });
  await expectAccessible(page);
  await Promise.all([
    page.waitForEvent('popup'),
    dialog.getByRole('button', { name: '社内認証でログイン' }).click(),
  ]);
  await expect(dialog).toBeHidden();
  await invitation.getByRole('button', { name: '招待メールを送信' }).click();
  await expect(page.getByText('koda@psp.example.jp').first()).toBeVisible();
});

test('an admin sees who is linked, and unlinks them', async ({ page, scene }) => {
  await page.goto('/login');
  await button(page).click();
  await atTheProvider(page, 'sato');
  await arrivedAt(page, '/top');
  await page.goto('about:blank');
  await page.context().clearCookies();
  await changeDemo(scene.demo, `update memberships set roles = '{admin}' where mid is null`);
  await page.goto('/login?next=/settings/users');
  await logIn(page, 'mori');
  await page.getByRole('link', { name: /^佐藤/ }).click();
  await expect(page.getByText('連携済み')).toBeVisible();
  await page.getByRole('button', { name: 'シングルサインオンの連携を解除する' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'シングルサインオンの連携を解除する' }).click();
  await expect(page.getByText('シングルサインオンの連携を解除しました。')).toBeVisible();
  await expect(page.getByText('連携済み')).toBeHidden();
});
