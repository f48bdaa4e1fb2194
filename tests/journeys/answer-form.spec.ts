import type { Page } from '@playwright/test';
import { expect, expectAccessible, givenCase, logIn, openAs, test } from './journey.ts';

const digital = { type: 'inquiry.usage_detail', goods: 'digital', productName: '月額プラン' };

const purchaser = (page: Page, field: string) =>
  page.getByRole('region', { name: 'ご購入者情報' }).getByRole('textbox', { name: new RegExp(`^${field}`) });
const guest = (page: Page, place: number) =>
  page.getByRole('group', { name: `宿泊者 ${place}`, exact: true });
const draftOf = async (page: Page, id: string) =>
  (await (await page.request.get(`/api/v1/cases/${id}/draft`)).json()).content;

test('leaving a field saves it at once', async ({ page }) => {
  const id = await givenCase(page, digital);
  await page.clock.install();
  await openAs(page, 'hanako', `/cases/${id}/answer`);
  await expect(purchaser(page, '氏名')).toBeVisible();
  // Nothing that waits for time to pass can be what saves.
  await page.clock.pauseAt(Date.now() + 5_000);
  await purchaser(page, '氏名').fill('山田 花子');
  const saved = page.waitForResponse((reply) => reply.request().method() === 'PUT');
  await page.keyboard.press('Tab');
  await saved;
  expect(await draftOf(page, id)).toEqual({ purchaser: { name: '山田 花子' } });
});

test('a field that cannot be stored is not lost by leaving without a question', async ({ page }) => {
  const id = await givenCase(page, digital);
  await openAs(page, 'hanako', `/cases/${id}/request`);
  await page.getByRole('link', { name: '回答', exact: true }).first().click();
  await purchaser(page, '氏名').fill('山田 花子');
  await purchaser(page, '住所').fill('カード 4111 1111 1111 1111');
  await expect(page.getByText('ただし、保存できない項目が1件あります。')).toBeVisible();

  await page.getByRole('link', { name: '顧客サポートトップ' }).click();
  const dialog = page.getByRole('dialog', { name: '保存できていない内容があります' });
  await expect(dialog.getByRole('listitem')).toHaveText('ご購入者情報 住所');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'この画面に残る' }).click();
  await expect(purchaser(page, '住所')).toHaveValue('カード 4111 1111 1111 1111');

  const asked = page.waitForEvent('dialog');
  await page.close({ runBeforeUnload: true });
  expect((await asked).type()).toBe('beforeunload');
  await (await asked).dismiss();

  await page.goBack();
  await dialog.getByRole('button', { name: '保存せずに移動する' }).click();
  await expect(page).toHaveURL(/\/request$/);
  expect(await draftOf(page, id)).toEqual({ purchaser: { name: '山田 花子' } });
});

test('what cannot be saved now holds the page, and goes on by itself once it is saved', async ({ page }) => {
  const id = await givenCase(page, digital);
  await openAs(page, 'hanako', `/cases/${id}/answer`);
  await page.route('**/draft', (route) => route.abort('connectionrefused'));
  await purchaser(page, '氏名').fill('山田 花子');
  await expect(page.getByText(/下書きを保存できませんでした/)).toBeVisible();
  await page.getByRole('link', { name: '案件管理票へ戻る' }).click();
  await expect(page.getByRole('dialog', { name: '保存できていない内容があります' })).toBeVisible();

  await page.unroute('**/draft');
  await expect(page.getByText('下書きがあります。続きから回答できます。')).toBeVisible();
  expect(await draftOf(page, id)).toEqual({ purchaser: { name: '山田 花子' } });
});

test('a draft of a case that a colleague has answered says so, and leads to the case', async ({
  page,
  browser,
}) => {
  const id = await givenCase(page, { type: 'cancellation.unrecognized', goods: 'subscription', sid: '002' });
  await openAs(page, 'hanako', `/cases/${id}/answer`);
  const other = await browser.newContext({ locale: 'ja-JP' });
  const taro = await other.newPage();
  await taro.goto(`${new URL(page.url()).origin}/login?next=/cases/${id}/answer`);
  await logIn(taro, 'taro');
  await taro.getByRole('radio', { name: '解約できない(その他)' }).check();
  await taro.getByRole('textbox', { name: /^解約できない理由/ }).fill('ご契約者本人の確認が取れないため');
  await taro.getByRole('button', { name: '確認', exact: true }).click();
  await taro.getByRole('button', { name: '登録', exact: true }).click();
  await taro.getByRole('button', { name: 'OK', exact: true }).click();
  await expect(taro.getByText('回答内容の登録が完了しました。')).toBeVisible();
  await other.close();

  await page.getByRole('radio', { name: '解約できない(その他)' }).check();
  await expect(page.getByText(/この案件にはすでに回答が登録されています/)).toBeVisible();
  await page.getByRole('link', { name: '案件管理票を表示する' }).click();
  await page.getByRole('button', { name: '保存せずに移動する' }).click();
  await expect(page.getByText('クローズ:回答実行済').first()).toBeVisible();
  await page.goto(`/cases/${id}/answer`);
  await expect(page.getByText(/鈴木 太郎さんが.*に回答を登録しました。/)).toBeVisible();
});

test('guests come and go by keyboard, and the focus with them', async ({ page }) => {
  const id = await givenCase(page, { type: 'inquiry.other', goods: 'lodging', mid: '67890' });
  await openAs(page, 'kenji', `/cases/${id}/answer`);
  await guest(page, 1).getByRole('radio', { name: '予約者と同じ' }).check();
  await page.getByRole('button', { name: '宿泊者を追加' }).press('Enter');
  await expect(guest(page, 2).getByRole('radio').first()).toBeFocused();
  await guest(page, 2).getByRole('radio', { name: '予約者と異なる' }).check();
  await guest(page, 2).getByRole('textbox', { name: /^氏名/ }).fill('佐藤 次郎');
  await guest(page, 2).getByRole('radio', { name: '予約者と同じ' }).check();
  await expect(guest(page, 2).getByRole('textbox', { name: /^氏名/ })).toHaveCount(0);
  await guest(page, 2).getByRole('radio', { name: '予約者と異なる' }).check();
  await expect(guest(page, 2).getByRole('textbox', { name: /^氏名/ })).toHaveValue('佐藤 次郎');

  await page.getByRole('button', { name: '宿泊者 1を削除' }).press('Enter');
  await expect(guest(page, 2)).toHaveCount(0);
  await expect(guest(page, 1).getByRole('textbox', { name: /^氏名/ })).toHaveValue('佐藤 次郎');
  await expect(guest(page, 1).getByRole('radio').first()).toBeFocused();
});

test('two people on one guest are asked field by field, in words, wherever on the page they are', async ({
  page,
  browser,
}) => {
  const id = await givenCase(page, { type: 'inquiry.other', goods: 'lodging', sid: '002' });
  await openAs(page, 'hanako', `/cases/${id}/answer`);
  const other = await browser.newContext({ locale: 'ja-JP' });
  const taro = await other.newPage();
  await taro.goto(`${new URL(page.url()).origin}/login?next=/cases/${id}/answer`);
  await logIn(taro, 'taro');
  await expect(guest(taro, 1)).toBeVisible();

  await guest(page, 1).getByRole('radio', { name: '予約者と異なる' }).check();
  await guest(page, 1)
    .getByRole('textbox', { name: /^電話番号/ })
    .fill('03-1234-5678');
  await expect(page.getByText(/下書きを保存しました/)).toBeVisible();
  await guest(taro, 1).getByRole('radio', { name: '予約者と同じ' }).check();
  const told = taro.getByText(/山田 花子さんが.*に保存した内容を取り込みました。 \(宿泊者 1 電話番号\)/);
  await expect(told).toBeInViewport();

  await taro.getByRole('button', { name: '確認', exact: true }).click();
  const question = taro.getByRole('group', { name: '宿泊者 1 宿泊者' });
  await expect(question).toContainText('ご自分の入力: 予約者と同じ');
  await expect(question).toContainText('相手の入力: 予約者と異なる');
  await expect(question).toBeInViewport();
  await expectAccessible(taro);
  await question.getByRole('button', { name: '相手の入力を使う' }).click();
  await expect(guest(taro, 1).getByRole('radio', { name: '予約者と異なる' })).toBeChecked();
  await expect(guest(taro, 1).getByRole('textbox', { name: /^電話番号/ })).toHaveValue('03-1234-5678');
  await other.close();
});
