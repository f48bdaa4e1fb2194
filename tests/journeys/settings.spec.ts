import { expect, expectAccessible, givenCase, openAs, picture, test } from './journey.ts';

test('an admin makes a key, uses it, replaces it and revokes it', async ({ page }) => {
  const name = `基幹システム${Date.now()}`;
  await openAs(page, 'hanako', '/settings/keys');
  await page.getByRole('button', { name: 'APIキーを発行' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('名称').fill(name);
  await dialog.getByRole('checkbox', { name: /^回答を下書き・登録する/ }).check();
  await expectAccessible(page);
  await picture(page, 'key-form');
  await dialog.getByRole('button', { name: 'APIキーを発行' }).click();
  await expect(dialog.getByText('このキーは今だけ表示されます。')).toBeVisible();
  await expectAccessible(page);
  const first = (await dialog.locator('pre').textContent()) ?? '';
  expect(first).toMatch(/^shk_[\w-]{43}$/);
  const use = async (key: string): Promise<number> =>
    (await page.request.get('/api/v1/cases', { headers: { authorization: `Bearer ${key}` } })).status();
  expect(await use(first)).toBe(200);
  await dialog.getByRole('button', { name: '保管しました' }).click();
  await expect(page.getByText(first)).toHaveCount(0);

  await page.getByRole('button', { name: `交換: ${name}` }).click();
  await expect(dialog.getByText(/^今のキーは .* まで使えます。$/)).toBeVisible();
  await dialog.getByRole('button', { name: '交換する' }).click();
  const second = (await dialog.locator('pre').textContent()) ?? '';
  expect(second).not.toBe(first);
  await dialog.getByRole('button', { name: '保管しました' }).click();
  await expect(page.getByRole('row', { name: new RegExp(`${name}.*交換済み`) })).toBeVisible();
  expect([await use(first), await use(second)]).toEqual([200, 200]);

  await page
    .getByRole('row', { name: new RegExp(`${name}.*有効 `) })
    .getByRole('button', { name: '失効' })
    .click();
  await expect(dialog.getByText(`「${name}」を失効させると`)).toBeVisible();
  await dialog.getByRole('button', { name: '失効させる' }).click();
  await expect(dialog).toHaveCount(0);
  expect([await use(first), await use(second)]).toEqual([200, 401]);
  await expectAccessible(page);
  await picture(page, 'keys');
});

test('an admin adds a contact, who is told of the next request', async ({ page }) => {
  const email = `desk-${Date.now()}@example.jp`;
  await openAs(page, 'kenji', '/settings/contacts');
  await page.getByRole('button', { name: '連絡先を追加' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '連絡先を追加' }).click();
  await expect(dialog.getByText('氏名・部署名を入力してください。')).toBeVisible();
  await dialog.getByLabel('氏名・部署名').fill('フロント窓口');
  await dialog.getByLabel('メールアドレス').fill(email);
  await dialog.getByLabel('サービス').selectOption({ label: '67890-001 ホテル潮騒' });
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '連絡先を追加' }).click();
  await expect(page.getByRole('row', { name: new RegExp(email) })).toContainText('フロント窓口');
  await expectAccessible(page);
  await picture(page, 'contacts');

  await givenCase(page, { mid: '67890', type: 'inquiry.other', goods: 'lodging' });
  await expect(async () => {
    await page.goto('/demo/mailbox');
    await expect(page.getByText(email).first()).toBeVisible({ timeout: 1_000 });
  }).toPass();

  await page.goto('/settings/contacts');
  await page.getByRole('button', { name: `削除: ${email}` }).click();
  await dialog.getByRole('button', { name: '削除する' }).click();
  await expect(page.getByRole('row', { name: new RegExp(email) })).toHaveCount(0);
});

test('an operator admin chooses whose keys and contacts to look after', async ({ page }) => {
  await openAs(page, 'sato', '/settings/keys');
  await expect(page.getByText('APIキーを管理する加盟店または決済機関を選択してください。')).toBeVisible();
  await page.getByLabel('加盟店・決済機関').selectOption('institution:JCB-DEMO');
  await expect(page.getByRole('row', { name: /JCB-DEMO system/ })).toBeVisible();
  await page.getByLabel('加盟店・決済機関').selectOption('merchant:12345');
  await page.getByRole('button', { name: 'APIキーを発行' }).click();
  const answer = page.getByRole('checkbox', { name: /^回答を下書き・登録する/ });
  await expect(answer).toBeDisabled();
  await page.getByRole('button', { name: 'キャンセル' }).click();
  await page.goto('/settings/contacts?mid=12345');
  await expect(page.getByRole('row', { name: /hanako@midori-shobo/ }).first()).toBeVisible();
  await expectAccessible(page);
});

test('who may not look after keys and contacts does not find them in the menu', async ({ page }) => {
  await openAs(page, 'taro', '/settings/account');
  await expect(page.getByRole('link', { name: 'APIキー' })).toHaveCount(0);
  await expect(page.getByRole('link', { name: '連絡先' })).toHaveCount(0);
});
