import type { Page } from '@playwright/test';
import { expect, givenCase, logIn, openAs, test } from './journey.ts';

const cancellation = { type: 'cancellation.unrecognized', goods: 'subscription', sid: '002' };

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const reason = (page: Page) => page.getByRole('textbox', { name: /^解約できない理由/ });

/** Fills in a whole answer and goes to its check page. */
async function checkAs(page: Page, userId: string, id: string): Promise<void> {
  await openAs(page, userId, `/cases/${id}/answer`);
  await page.getByRole('radio', { name: '解約できない(その他)' }).check();
  await reason(page).fill('ご契約者本人の確認が取れないため');
  await button(page, '確認').click();
  await expect(button(page, '登録')).toBeVisible();
}

const answersOf = async (page: Page, id: string) =>
  (await (await page.request.get(`/api/v1/cases/${id}`)).json()).answers;

test('shows nothing but what was checked, from the first moment on', async ({ page }) => {
  const id = await givenCase(page, cancellation);
  const alerts: string[] = [];
  await page.exposeFunction('keepAlert', (text: string) => alerts.push(text));
  await page.addInitScript({
    content: `new MutationObserver(() => {
      for (const alert of document.querySelectorAll('[role=alert]')) window.keepAlert(alert.textContent);
    }).observe(document, { childList: true, subtree: true });`,
  });
  await checkAs(page, 'hanako', id);
  expect(alerts).toEqual([]);
});

test('変更 leads to the first field of its section', async ({ page }) => {
  const id = await givenCase(page, { type: 'inquiry.other', goods: 'digital', productName: '月額プラン' });
  await openAs(page, 'hanako', `/cases/${id}/answer`);
  const field = (region: string, name: RegExp) =>
    page.getByRole('region', { name: region, exact: true }).getByRole('textbox', { name });
  await field('ご購入者情報', /^氏名/).fill('山田 花子');
  await field('ご購入者情報', /^電話番号/).fill('03-1234-5678');
  await field('お客様向け問合せ窓口', /^窓口名/).fill('お客様相談室');
  await field('「加盟店様への依頼補足事項」へのご回答', /^ご回答内容/).fill('確認しました。');
  await button(page, '確認').click();
  await page.getByRole('link', { name: 'お客様向け問合せ窓口を変更' }).click();
  await expect(field('お客様向け問合せ窓口', /^窓口名/)).toBeFocused();
});

test('a key held down on 登録 does not register', async ({ page }) => {
  const id = await givenCase(page, cancellation);
  await checkAs(page, 'hanako', id);
  await button(page, '登録').focus();
  for (let press = 0; press < 3; press += 1) await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await expect(button(page, '登録')).toBeEnabled();
  expect(await answersOf(page, id)).toEqual([]);
});

test('two presses on OK register once', async ({ page }) => {
  const id = await givenCase(page, cancellation);
  await checkAs(page, 'hanako', id);
  await button(page, '登録').click();
  const calls: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') calls.push(request.url());
  });
  await button(page, 'OK').dblclick({ noWaitAfter: true });
  await expect(page.getByText('回答内容の登録が完了しました。')).toBeVisible();
  expect(calls).toHaveLength(1);
  expect(await answersOf(page, id)).toHaveLength(1);
});

test('in another language it is shown, checked and registered anew', async ({ page }) => {
  const id = await givenCase(page, { ...cancellation, mid: '67890', sid: '001' });
  await checkAs(page, 'kenji', id);
  await page.getByRole('button', { name: /アカウント/ }).click();
  await page.getByRole('menuitem', { name: 'English' }).click();
  await expect(page.getByText('Not cancelled: refused')).toBeVisible();
  await button(page, 'Register').click();
  await button(page, 'OK').click();
  await expect(page.getByText('Your answer is registered.')).toBeVisible();
  const [answer] = await answersOf(page, id);
  expect(answer.document[0].title).toBe('Result of the cancellation');
  await page.getByRole('button', { name: /Account/ }).click();
  await page.getByRole('menuitem', { name: '日本語' }).click();
  await expect(page.getByRole('heading', { name: /案件管理票/ })).toBeVisible();
});

test('what a colleague changed after it was checked is told, and has to be looked at first', async ({
  page,
  browser,
}) => {
  const id = await givenCase(page, cancellation);
  await checkAs(page, 'hanako', id);
  const other = await browser.newContext({ locale: 'ja-JP' });
  const taro = await other.newPage();
  await taro.goto(`${new URL(page.url()).origin}/login?next=/cases/${id}/answer`);
  await logIn(taro, 'taro');
  await reason(taro).fill('契約期間の定めがあるため');
  await taro.keyboard.press('Tab');
  await expect(taro.getByText(/下書きを保存しました/)).toBeVisible();
  await other.close();

  await button(page, '登録').click();
  await button(page, 'OK').click();
  await page.getByRole('button', { name: '最新の内容を確認する' }).click();
  await expect(page.getByText(/確認後に、鈴木 太郎さんが.*に内容を変更しました/)).toBeVisible();
  await page.getByRole('link', { name: '最新の内容を確認する' }).click();
  await expect(page.getByText('契約期間の定めがあるため')).toBeVisible();
  expect(await answersOf(page, id)).toEqual([]);
  await button(page, '登録').click();
  await button(page, 'OK').click();
  await expect(page.getByText('回答内容の登録が完了しました。')).toBeVisible();
});

test('who comes second is told who was first and when', async ({ page, browser }) => {
  const id = await givenCase(page, cancellation);
  await checkAs(page, 'hanako', id);
  const other = await browser.newContext({ locale: 'ja-JP' });
  const taro = await other.newPage();
  await taro.goto(`${new URL(page.url()).origin}/login?next=/cases/${id}/answer/check`);
  await logIn(taro, 'taro');
  for (const each of [taro, page]) {
    await button(each, '登録').click();
    await button(each, 'OK').click();
    if (each === taro) await expect(taro.getByText('回答内容の登録が完了しました。')).toBeVisible();
  }
  await other.close();
  await expect(page.getByText(/この案件には、鈴木 太郎さんが.*に回答を登録済みです/)).toBeVisible();
  await expect(button(page, '登録')).toBeDisabled();
  await page.getByRole('link', { name: '案件管理票を表示する' }).click();
  await expect(page.getByText('クローズ:回答実行済').first()).toBeVisible();
});
