import { expect, expectAccessible, openAs, picture, test } from './journey.ts';

test('an admin adds a webhook, sees its secret once, tries it and removes it', async ({ page }) => {
  await openAs(page, 'hanako', '/settings/webhooks');
  await page.getByRole('button', { name: '送信先を追加' }).click();
  const form = page.getByRole('dialog', { name: '送信先を追加' });
  await form.getByRole('button', { name: '保存' }).click();
  await expect(form.getByText('入力してください。').first()).toBeVisible();
  const name = `基幹システム ${Date.now()}`;
  await form.getByLabel('名称').fill(name);
  await form.getByLabel('URL', { exact: true }).fill('https://10.0.0.1/hooks');
  await form.getByRole('button', { name: '保存' }).click();
  await expect(form.getByText('このURLには送信できません。', { exact: false })).toBeVisible();
  await expect(form.getByLabel('名称')).toHaveValue(name);
  await expectAccessible(page);
  await form.getByLabel('URL', { exact: true }).fill('https://hooks.invalid/shokai');
  await form.getByRole('button', { name: '保存' }).click();

  const secret = page.getByRole('dialog', { name: '署名シークレット' });
  await expect(secret.getByText(/^whsec_[A-Za-z0-9+/]{43}=$/)).toBeVisible();
  await expectAccessible(page);
  await secret.getByRole('button', { name: '保管しました' }).click();

  const card = page.getByRole('region', { name });
  await expect(card.getByText('稼働中')).toBeVisible();
  await card.getByRole('button', { name: 'テスト送信' }).click();
  await expect(card.getByText('ホスト名が見つかりません')).toBeVisible();
  await card.getByRole('button', { name: '詳細' }).click();
  await expect(card.getByText('webhook-signature: v1,', { exact: false })).toBeVisible();
  await expect(card.getByText('"type":"webhook.test"', { exact: false })).toBeVisible();
  await expectAccessible(page);
  await picture(page, 'webhooks');

  await card.getByRole('button', { name: 'シークレットを交換' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'シークレットを交換' }).click();
  await page.getByRole('button', { name: '保管しました' }).click();
  await card.getByRole('button', { name: '停止する' }).click();
  await expect(card.getByText('手動で停止しました。', { exact: false })).toBeVisible();
  await card.getByRole('button', { name: '削除' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '削除' }).click();
  await expect(card).toHaveCount(0);
});

test('who may not manage webhooks does not find them in the menu', async ({ page }) => {
  await openAs(page, 'yuki', '/top');
  await expect(page.getByRole('link', { name: 'アカウント', exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Webhook' })).toHaveCount(0);
});
