import type { Page } from '@playwright/test';
import { expect, expectAccessible, logIn, openAs, test } from './journey.ts';

const password = 'five small green boats';

/** Opens the newest mail to an address in the demo's mailbox, and the link in it. */
async function openLinkMailedTo(page: Page, address: string): Promise<void> {
  await expect(async () => {
    await page.goto('/demo/mailbox');
    await expect(page.getByRole('listitem').filter({ hasText: address }).first()).toBeVisible({
      timeout: 500,
    });
  }).toPass();
  await page.getByRole('listitem').filter({ hasText: address }).first().getByRole('link').click();
  await page.locator('pre').getByRole('link').first().click();
}

const anAddress = (): string => `shiki-${crypto.randomUUID().slice(0, 8)}@example.jp`;

async function invite(page: Page, email: string): Promise<void> {
  await page.getByRole('button', { name: 'ユーザーを招待' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('氏名').fill('中村 四季');
  await dialog.getByLabel('メールアドレス').fill(email);
  await dialog.getByRole('checkbox', { name: '閲覧者' }).check();
  await dialog.getByRole('button', { name: '招待メールを送信' }).click();
  await expect(page.getByRole('status').filter({ hasText: email })).toBeVisible();
}

async function logInWith(page: Page, userId: string, typed: string): Promise<void> {
  await page.goto('/login');
  await page.getByLabel('ユーザーID').fill(userId);
  await page.getByLabel('パスワード', { exact: true }).fill(typed);
  await page.getByRole('button', { name: 'ログインする' }).click();
}

/** Invites somebody as hanako, and comes by the mail as them. */
async function arrive(page: Page, email: string): Promise<void> {
  await openAs(page, 'hanako', '/settings/users');
  await invite(page, email);
  await page.context().clearCookies();
  await openLinkMailedTo(page, email);
  await page.getByLabel('パスワード', { exact: true }).fill(password);
  await page.getByRole('button', { name: '登録を完了する' }).click();
  await expect(page.getByText('登録が完了しました。')).toBeVisible();
}

test('an admin invites somebody, who sets a password by the mail and logs in; the link works once', async ({
  page,
}) => {
  const email = anAddress();
  await openAs(page, 'hanako', '/settings/users');
  await invite(page, email);
  await expect(page.getByRole('row').filter({ hasText: email })).toContainText('招待中');
  await page.context().clearCookies();

  await openLinkMailedTo(page, email);
  await expect(page.getByText('株式会社みどり書房 のユーザーとして招待されています。')).toBeVisible();
  const link = page.url();
  await page.getByLabel('パスワード', { exact: true }).fill('short');
  await page.getByRole('button', { name: '登録を完了する' }).click();
  await expect(page.getByRole('alert')).toContainText('15文字以上');
  await expect(page.getByLabel('パスワード', { exact: true })).toHaveValue('short');
  await expectAccessible(page);
  await page.getByLabel('パスワード', { exact: true }).fill(password);
  await page.getByRole('button', { name: '登録を完了する' }).click();
  await expect(page.getByText('登録が完了しました。')).toBeVisible();
  expect(page.url()).not.toContain('#');

  await page.goto('/top');
  await page.goto(link);
  await expect(page.getByText('このリンクは使用できません')).toBeVisible();
  await logInWith(page, email, password);
  await expect(page.getByRole('heading', { name: '顧客サポートトップ' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'ユーザー', exact: true })).toHaveCount(0);
});

test('who forgot their password sets a new one by a mail', async ({ page }) => {
  test.slow();
  const email = anAddress();
  await arrive(page, email);
  await page.goto('/login');
  await page.getByRole('link', { name: 'パスワードをお忘れの方' }).click();
  await page.getByRole('button', { name: 'リンクを送信する' }).click();
  await expect(page.getByText('ユーザーIDまたはメールアドレスを入力してください。')).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('ユーザーIDまたはメールアドレス').fill(email);
  await page.getByRole('button', { name: 'リンクを送信する' }).click();
  await expect(page.getByText('受け付けました。')).toBeVisible();

  await expect(async () => {
    await page.goto('/demo/mailbox');
    await expect(
      page.getByRole('listitem').filter({ hasText: email }).filter({ hasText: 'パスワード再設定' }),
    ).toHaveCount(1, { timeout: 500 });
  }).toPass();
  await openLinkMailedTo(page, email);
  await page.getByLabel('新しいパスワード').fill(password);
  await page.getByRole('button', { name: 'パスワードを設定する' }).click();
  await expect(page.getByRole('alert')).toContainText('最近使用したパスワードです');
  await page.getByLabel('新しいパスワード').fill('nine tall silver ladders');
  await page.getByRole('button', { name: 'パスワードを設定する' }).click();
  await expect(page.getByText('パスワードを設定しました。')).toBeVisible();
  await logInWith(page, email, 'nine tall silver ladders');
  await expect(page.getByRole('heading', { name: '顧客サポートトップ' })).toBeVisible();
});

test('disabling somebody ends their session with their next press', async ({ page, browser }) => {
  test.slow();
  const email = anAddress();
  await arrive(page, email);
  await logInWith(page, email, password);
  await expect(page.getByRole('heading', { name: '顧客サポートトップ' })).toBeVisible();

  const admin = await (await browser.newContext()).newPage();
  await openAs(admin, 'hanako', `/settings/users?q=${email}`);
  await admin.getByRole('row').filter({ hasText: email }).getByRole('link').click();
  await admin.getByRole('button', { name: '停止する' }).click();
  await expectAccessible(admin);
  await admin.getByRole('dialog').getByRole('button', { name: '停止する' }).click();
  await expect(admin.getByText('ユーザーを停止しました。')).toBeVisible();
  await expect(admin.getByText('停止中')).toBeVisible();
  await admin.context().close();

  await page.getByRole('link', { name: '依頼管理表' }).first().click();
  await page.waitForURL('**/login?*');
  await logInWith(page, email, password);
  await expect(page.getByRole('alert')).toBeVisible();
});

test('roles and services are changed, and what is missing is told', async ({ page }) => {
  const email = anAddress();
  await openAs(page, 'hanako', '/settings/users');
  await page.getByRole('button', { name: 'ユーザーを招待' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '招待メールを送信' }).click();
  await expect(page.getByText('氏名を入力してください。')).toBeVisible();
  await expect(page.getByText('役割を1つ以上選択してください。')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'キャンセル' }).last().click();
  await invite(page, email);
  await page.getByRole('row').filter({ hasText: email }).getByRole('link').click();
  await page.getByRole('checkbox', { name: '回答者' }).check();
  await page.getByRole('radio', { name: '選択したサービスのみ' }).check();
  await page.getByRole('button', { name: '変更を保存' }).click();
  await expect(page.getByText('サービスを1つ以上選択してください。')).toBeVisible();
  await page.getByRole('checkbox', { name: /^002/ }).check();
  await page.getByRole('button', { name: '変更を保存' }).click();
  await page.getByRole('link', { name: 'ユーザー一覧へ' }).click();
  await expect(page.getByRole('row').filter({ hasText: email })).toContainText('002');
  await expect(page.getByRole('row').filter({ hasText: email })).toContainText('回答者');
});

test('an operator invites for a merchant or as an operator; a viewer finds no such page', async ({
  page,
}) => {
  await openAs(page, 'sato', '/settings/users');
  await page.getByRole('button', { name: 'ユーザーを招待' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('加盟店').selectOption('operators');
  await expect(dialog.getByRole('checkbox', { name: '監査人' })).toBeVisible();
  await dialog.getByLabel('加盟店').selectOption('67890');
  await expect(dialog.getByRole('checkbox', { name: '回答者' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.context().clearCookies();
  await page.goto('/login');
  await logIn(page, 'yuki');
  await page.waitForURL('**/top');
  await expect(page.getByRole('link', { name: 'ユーザー', exact: true })).toHaveCount(0);
  await page.goto('/settings/users');
  await expect(page.getByText('この操作を行う権限がありません。')).toBeVisible();
});

test('somebody changes their password, sees where they are logged in, and logs out elsewhere', async ({
  page,
  browser,
}) => {
  test.slow();
  const email = anAddress();
  await arrive(page, email);
  const elsewhere = await (await browser.newContext()).newPage();
  await logInWith(elsewhere, email, password);
  await expect(elsewhere.getByRole('heading', { name: '顧客サポートトップ' })).toBeVisible();
  await logInWith(page, email, password);
  await expect(page.getByRole('heading', { name: '顧客サポートトップ' })).toBeVisible();
  await page.goto('/settings/account');
  const sessions = page.getByRole('region', { name: 'ログイン中の端末' });
  await expect(sessions.getByRole('listitem')).toHaveCount(2);
  await expect(sessions.getByText('この端末')).toHaveCount(1);
  await sessions.getByRole('button', { name: 'ほかのすべての端末からログアウト' }).click();
  await expect(sessions.getByRole('listitem')).toHaveCount(1);
  await elsewhere.reload();
  await elsewhere.waitForURL('**/login?*');
  await elsewhere.context().close();

  const own = page.getByRole('region', { name: 'パスワード' });
  await own.getByRole('button', { name: 'パスワードを変更' }).click();
  await own.getByLabel('現在のパスワード').fill('not my password');
  await own.getByLabel('新しいパスワード').fill('nine tall silver ladders');
  await own.getByRole('button', { name: '変更する' }).click();
  await expect(own.getByRole('alert')).toContainText('現在のパスワードが正しくありません。');
  await expectAccessible(page);
  await own.getByLabel('現在のパスワード').fill(password);
  await own.getByRole('button', { name: '変更する' }).click();
  await expect(own.getByText('パスワードを変更しました。')).toBeVisible();
  await page.goto('/cases');
  await expect(page.getByRole('heading', { name: '依頼管理表' })).toBeVisible();
});
