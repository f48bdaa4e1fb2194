import { test as base, type Page } from '@playwright/test';
import { generateSync } from 'otplib';
import { changeDemo } from '../support/change-demo.ts';
import { type Demo, runDemo } from '../support/demo.ts';
import { expect, expectAccessible, givenCase, test as journey, logIn } from './journey.ts';

/** A demo of its own where everybody needs a second factor, reached by a name, as passkeys want it. */
const test = journey.extend<object, { demo: Demo }>({
  demo: [
    async ({ browserName: _ }, use) => {
      const demo = await runDemo('second-factor', { MFA: 'required' }, 'localhost');
      await use(demo);
      await demo.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: ({ demo }, use) => use(demo.url),
});

// One demo serves all of them.
base.describe.configure({ mode: 'default' });

const codeOf = (secret: string): string => generateSync({ secret });

/** The same code again counts as a new one: the next would take half a minute. */
const forgetSteps = (demo: Demo): Promise<void> => changeDemo(demo, 'update totp_secrets set last_step = 0');
const proveLongAgo = (demo: Demo): Promise<void> =>
  changeDemo(demo, `update sessions set proved_at = now() - interval '1 hour'`);

/** Somebody who has an authenticator app and is logged in, without the pages that lead there. */
async function enrolled(page: Page, demo: Demo, userId: string): Promise<string> {
  const post = async (path: string, data: object = {}) => {
    const reply = await page.request.post(`/api/v1/session${path}`, { data });
    expect(reply.ok()).toBe(true);
    return reply.json();
  };
  await post('', { userId, password: `shokai-demo-${userId}` });
  const { secret } = await post('/enrolment/totp');
  await post('/enrolment', { factor: { method: 'totp', code: codeOf(secret) } });
  await post('/enrolment/completion');
  await forgetSteps(demo);
  return secret;
}

async function logOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^アカウント:/ }).click();
  await page.getByRole('menuitem', { name: 'ログアウト' }).click();
  await page.waitForURL('**/login');
}

const codeField = (page: Page) => page.getByLabel('認証アプリに表示された6桁のコード');
const verify = (page: Page) => page.getByRole('button', { name: '確認する', exact: true });

test('the first login sets up an authenticator app, and the next ones ask for its code', async ({
  page,
  demo,
}) => {
  test.slow();
  await page.goto('/login');
  await logIn(page, 'yuki');
  await expect(page.getByText('二要素認証が必要です。')).toBeVisible();
  await expect(page.getByRole('img', { name: '認証アプリで読み取るQRコード' })).toBeVisible();
  await expectAccessible(page);
  const secret = (await page.locator('code').innerText()).replaceAll(' ', '');
  await codeField(page).fill('000000');
  await verify(page).click();
  await expect(page.getByRole('alert')).toContainText('登録していません');
  await codeField(page).fill(codeOf(secret));
  await verify(page).click();

  await expect(page.getByRole('listitem')).toHaveCount(10);
  await expectAccessible(page);
  const code = await page.getByRole('listitem').first().innerText();
  await page.getByRole('button', { name: '次へ進む' }).click();
  await expect(page.getByText('コードを控えてから、チェックを入れてください。')).toBeVisible();
  await page.getByLabel('安全な場所に控えました').check();
  await page.getByRole('button', { name: '次へ進む' }).click();
  await page.waitForURL('**/top');

  await logOut(page);
  await forgetSteps(demo);
  await logIn(page, 'yuki');
  await expectAccessible(page);
  await codeField(page).fill(codeOf(secret));
  await verify(page).click();
  await page.waitForURL('**/top');

  await logOut(page);
  await logIn(page, 'yuki');
  await page.getByRole('button', { name: 'リカバリーコードを使う' }).click();
  await page.getByLabel('リカバリーコード').fill(code.toLowerCase());
  await verify(page).click();
  await page.waitForURL('**/top');
});

test('a passkey is set up at the first login, and logs in', async ({ page }) => {
  const browser = await page.context().newCDPSession(page);
  await browser.send('WebAuthn.enable');
  await browser.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  });
  await page.goto('/login');
  await logIn(page, 'kenji');
  await page.getByRole('button', { name: 'パスキーを設定する' }).click();
  await page.getByRole('button', { name: 'パスキーを登録する' }).click();
  await expect(page.getByText('名前を入力してください。')).toBeVisible();
  await page.getByLabel('パスキーの名前').fill('会社のノートPC');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'パスキーを登録する' }).click();
  await page.getByLabel('安全な場所に控えました').check();
  await page.getByRole('button', { name: '次へ進む' }).click();
  await page.waitForURL('**/top');

  await logOut(page);
  await logIn(page, 'kenji');
  await page.getByRole('button', { name: 'パスキーで確認する' }).click();
  await page.waitForURL('**/top');
  await page.goto('/settings/account');
  await expect(page.getByText('パスキー: 会社のノートPC')).toBeVisible();
  await page.getByRole('button', { name: '会社のノートPCの名前を変更する' }).click();
  const renaming = page.getByRole('dialog');
  await renaming.getByLabel('パスキーの名前').fill('');
  await renaming.getByRole('button', { name: '保存する' }).click();
  await expect(renaming.getByText('名前を入力してください。')).toBeVisible();
  await expectAccessible(page);
  await renaming.getByLabel('パスキーの名前').fill('自宅のノートPC');
  await renaming.getByRole('button', { name: '保存する' }).click();
  await expect(page.getByText('パスキー: 自宅のノートPC')).toBeVisible();
  await page.getByRole('button', { name: '自宅のノートPCを削除する' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '削除する', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('最後の1つは削除できません');
});

test('an action that wants a proof asks for it, and goes on by itself', async ({ page, demo }) => {
  const secret = await enrolled(page, demo, 'hanako');
  await page.goto('/settings/account');
  await expect(page.getByRole('heading', { name: '二要素認証' })).toBeVisible();
  await expectAccessible(page);
  await proveLongAgo(demo);
  await page.getByRole('button', { name: '新しく発行する' }).click();
  const dialog = page.getByRole('dialog', { name: 'ご本人の確認' });
  await expect(codeField(page)).toBeFocused();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'キャンセル' }).click();
  await expect(page.getByRole('alert')).toContainText('あらためてご本人の確認が必要です。');

  await page.getByRole('button', { name: '新しく発行する' }).click();
  await codeField(page).fill('000000');
  await verify(page).click();
  await expect(dialog.getByRole('alert')).toContainText('確認できませんでした');
  await codeField(page).fill(codeOf(secret));
  await verify(page).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('dialog').getByRole('listitem')).toHaveCount(10);
});

test('the file of the list asks for a proof first', async ({ page, demo }) => {
  const secret = await enrolled(page, demo, 'sato');
  await page.goto('/cases');
  await proveLongAgo(demo);
  await page.getByRole('link', { name: /CSV/ }).click();
  await codeField(page).fill(codeOf(secret));
  const download = page.waitForEvent('download');
  await verify(page).click();
  expect((await download).suggestedFilename()).toBe('cases.csv');
});

test('a session that ended is renewed in place, with the second factor, and nothing typed is lost', async ({
  page,
  context,
  demo,
}) => {
  const secret = await enrolled(page, demo, 'taro');
  const id = await givenCase(page, {
    type: 'inquiry.usage_detail',
    goods: 'digital',
    productName: '月額プラン',
    sid: '002',
  });
  await page.goto(`/cases/${id}/answer`);
  const name = page.getByRole('region', { name: 'ご購入者情報' }).getByRole('textbox', { name: /^氏名/ });
  await expect(name).toBeVisible();
  await context.clearCookies({ name: '__Host-session' });
  await name.fill('山田 花子');
  const dialog = page.getByRole('dialog', { name: 'もう一度ログインしてください' });
  await dialog.getByLabel('パスワード', { exact: true }).fill('shokai-demo-taro');
  await dialog.getByRole('button', { name: 'ログインする' }).click();
  await codeField(page).fill(codeOf(secret));
  await expectAccessible(page);
  await verify(page).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(/下書きを保存しました/)).toBeVisible();
  await expect(name).toHaveValue('山田 花子');
});

test('who works for two merchants chooses one, and changes to the other in the header', async ({
  page,
  demo,
}) => {
  await changeDemo(
    demo,
    `insert into memberships (id, user_id, mid, roles)
     select gen_random_uuid(), user_id, mid, '{responder}' from (values ('12345'), ('67890')) as merchant (mid),
       (select id as user_id from users where login_id = 'mori') as person`,
    `delete from memberships where mid is null and user_id = (select id from users where login_id = 'mori')`,
  );
  await page.goto('/login');
  const reply = await page.request.post('/api/v1/session', {
    data: { userId: 'mori', password: 'shokai-demo-mori' },
  });
  expect(await reply.json()).toMatchObject({ step: 'enrolment', memberships: [] });
  await logIn(page, 'mori');
  const secret = (await page.locator('code').innerText()).replaceAll(' ', '');
  await codeField(page).fill(codeOf(secret));
  await verify(page).click();
  await page.getByLabel('安全な場所に控えました').check();
  await page.getByRole('button', { name: '次へ進む' }).click();
  const choice = page.getByRole('group', { name: 'ご利用になる加盟店を選択してください' });
  await expect(choice.getByRole('button')).toHaveText(['株式会社みどり書房 (12345)', '株式会社潮騒 (67890)']);
  await expectAccessible(page);
  await choice.getByRole('button', { name: /潮騒/ }).click();
  await page.waitForURL('**/top');
  await page.getByRole('button', { name: /^アカウント:/ }).click();
  await expect(page.getByRole('menuitem', { name: /潮騒/ })).toContainText('✓');
  await page.getByRole('menuitem', { name: /みどり書房/ }).click();
  await expect(page.getByLabel('サービス(MID-SID)')).toContainText('みどり書房オンラインストア');
});
