import type { Page } from '@playwright/test';
import { expect, givenCase, logIn, openAs, test } from './journey.ts';

const name = (page: Page) =>
  page.getByRole('region', { name: 'ご購入者情報' }).getByRole('textbox', { name: /^氏名/ });

test('what is typed is saved by itself and is there again', async ({ page }) => {
  const id = await givenCase(page, {
    type: 'inquiry.usage_detail',
    goods: 'digital',
    productName: '月額プラン',
  });
  await openAs(page, 'hanako', `/cases/${id}/answer`);
  await name(page).fill('髙﨑 𠮷男');
  await expect(page.getByText(/下書きを保存しました/)).toBeVisible();
  await page.reload();
  await expect(name(page)).toHaveValue('髙﨑 𠮷男');

  await page.goto(`/cases?status=received&q=${id}`);
  await expect(page.getByText('下書きあり')).toBeVisible();
});

test('leaving the page at once loses nothing', async ({ page }) => {
  const id = await givenCase(page, {
    type: 'inquiry.usage_detail',
    goods: 'digital',
    productName: '月額プラン',
  });
  await openAs(page, 'hanako', `/cases/${id}/answer`);
  await name(page).fill('山田 花子');
  await page.getByRole('link', { name: '案件管理票へ戻る' }).click();
  await expect(page.getByText('下書きがあります。続きから回答できます。')).toBeVisible();
  await page.getByRole('link', { name: '回答', exact: true }).first().click();
  await expect(name(page)).toHaveValue('山田 花子');
});

test('a card number is refused at its field, the rest is saved, and nothing typed is gone', async ({
  page,
}) => {
  const id = await givenCase(page, {
    type: 'inquiry.usage_detail',
    goods: 'digital',
    productName: '月額プラン',
  });
  await openAs(page, 'hanako', `/cases/${id}/answer`);
  const address = page.getByRole('region', { name: 'ご購入者情報' }).getByRole('textbox', { name: '住所' });
  await address.fill('カード 4111 1111 1111 1111');
  await expect(page.getByText(/カード番号は入力できません/)).toBeVisible();
  await name(page).fill('山田 花子');
  await expect(page.getByText(/下書きを保存しました/)).toBeVisible();
  await expect(address).toHaveValue('カード 4111 1111 1111 1111');
  const draft = await (await page.request.get(`/api/v1/cases/${id}/draft`)).json();
  expect(draft.content).toEqual({ purchaser: { name: '山田 花子' } });
});

test('確認 names what is missing, with a way to each field', async ({ page }) => {
  const id = await givenCase(page, {
    type: 'complaint.contact_unknown',
    goods: 'digital',
    productName: '月額プラン',
  });
  await openAs(page, 'hanako', `/cases/${id}/answer`);
  await page.getByRole('button', { name: '確認', exact: true }).click();
  const summary = page.getByRole('alert');
  await expect(summary).toContainText('件の項目をご確認ください');
  await expect(summary).toContainText('電話番号、メールアドレス、URLのうち少なくとも1つを入力してください。');
  await summary.getByRole('link', { name: /氏名/ }).click();
  await expect(name(page)).toBeFocused();
});

test('forgiving input is shown as it will be registered', async ({ page }) => {
  const id = await givenCase(page, { type: 'cancellation.account_lost', goods: 'subscription' });
  await openAs(page, 'hanako', `/cases/${id}/answer`);
  await page.getByRole('radio', { name: '解約済み', exact: true }).check();
  await page.getByRole('textbox', { name: /^解約日/ }).fill('令和８年１１月２日');
  await page.getByRole('textbox', { name: /^最終課金日/ }).fill('2026/11/3');
  await page.getByRole('textbox', { name: /^最終金額/ }).fill('１，２８０');
  await expect(page.getByText('2026年11月2日(月) として登録されます')).toBeVisible();
  await expect(page.getByText('1,280円 として登録されます')).toBeVisible();
  await expect(page.getByText(/最終課金日が解約日より後です/)).toBeVisible();
});

test('two people on one case are told of each other’s saves', async ({ page, browser }) => {
  const id = await givenCase(page, {
    type: 'inquiry.usage_detail',
    goods: 'digital',
    productName: '月額プラン',
    sid: '002',
  });
  const other = await browser.newContext({ locale: 'ja-JP' });
  const taro = await other.newPage();
  await openAs(page, 'hanako', `/cases/${id}/answer`);
  await taro.goto(`${new URL(page.url()).origin}/login?next=/cases/${id}/answer`);
  await logIn(taro, 'taro');
  await expect(name(taro)).toBeVisible();

  await name(page).fill('山田 花子');
  await expect(page.getByText(/下書きを保存しました/)).toBeVisible();
  await name(taro).fill('山田 華子');
  await taro
    .getByRole('region', { name: 'お客様向け問合せ窓口' })
    .getByRole('textbox', { name: /^窓口名/ })
    .fill('お客様相談室');

  await expect(taro.getByText(/山田 花子さんが.*に保存した内容を取り込みました/)).toBeVisible();
  await taro.getByRole('group', { name: /氏名/ }).getByRole('button', { name: '相手の入力を使う' }).click();
  await expect(name(taro)).toHaveValue('山田 花子');
  await expect(taro.getByText(/下書きを保存しました/)).toBeVisible();
  await expect(page.getByText(/鈴木 太郎さんが.*に保存した内容を取り込みました/)).toBeVisible({
    timeout: 30_000,
  });
  await other.close();
});

test('an ended session asks for the password in place, and goes on where one was', async ({
  page,
  context,
}) => {
  const id = await givenCase(page, {
    type: 'inquiry.usage_detail',
    goods: 'digital',
    productName: '月額プラン',
  });
  await openAs(page, 'hanako', `/cases/${id}/answer`);
  await expect(name(page)).toBeVisible();
  await context.clearCookies();
  await name(page).fill('山田 花子');
  await expect(page.getByRole('dialog', { name: 'もう一度ログインしてください' })).toBeVisible();
  await page.getByLabel('パスワード', { exact: true }).fill('shokai-demo-hanako');
  await page.getByRole('button', { name: 'ログインする' }).click();
  await expect(page.getByText(/下書きを保存しました/)).toBeVisible();
  await expect(name(page)).toHaveValue('山田 花子');
});
