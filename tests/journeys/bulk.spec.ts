import { expect, expectAccessible, givenCase, openAs, picture, test } from './journey.ts';

test('an operator keeps a filter, chooses cases, and withdraws what the preview says', async ({ page }) => {
  const [one, other] = [
    await givenCase(page, { type: 'complaint.no_reply', goods: 'digital', mid: '67890' }),
    await givenCase(page, { type: 'complaint.no_reply', goods: 'digital', mid: '67890' }),
  ];
  const name = `問合せ返答なし ${Date.now()}`;
  await openAs(page, 'sato', '/cases?mid=67890&notificationType=complaint.no_reply&sort=-requested');
  await page.getByRole('button', { name: '条件を保存' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(dialog.getByText('名称を入力してください。')).toBeVisible();
  await dialog.getByRole('textbox', { name: '名称' }).fill(name);
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(dialog).toBeHidden();
  await page.goto('/cases');
  await page.getByLabel('保存した条件').selectOption({ label: name });
  await expect(page).toHaveURL(/mid=67890/);

  for (const id of [one, other]) await page.getByRole('checkbox', { name: `${id}を選択` }).check();
  await expect(page.getByText('2件を選択中')).toBeVisible();
  await page.getByRole('button', { name: '依頼を取り下げ' }).click();
  await dialog.getByRole('button', { name: '内容を確認' }).click();
  await expect(dialog.getByText('取下げ理由を入力してください。')).toBeVisible();
  await dialog.getByLabel('取下げ理由').fill('決済機関から取下げの連絡');
  await dialog.getByRole('button', { name: '内容を確認' }).click();
  await expect(dialog.getByText('2件を実行します。')).toBeVisible();
  await expectAccessible(page);
  await picture(page, 'bulk-preview');

  // A colleague is faster with one of them.
  const colleague = await page.context().newPage();
  await colleague.goto(`/cases/${one}`);
  await colleague.getByRole('button', { name: '自分が担当する' }).click();
  await expect(colleague.getByLabel('担当者', { exact: true })).not.toHaveValue('');
  await colleague.close();

  await dialog.getByRole('button', { name: '2件を取り下げる' }).click();
  await expect(dialog.getByText('1件の依頼を取り下げました。')).toBeVisible();
  await expect(dialog.getByRole('row', { name: new RegExp(one) })).toContainText(
    '確認の後に案件が更新されました',
  );
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '閉じる' }).last().click();
  await expect(page.getByRole('link', { name: other })).toHaveCount(0);
  await expect(page.getByRole('link', { name: one })).toBeVisible();

  await page.getByRole('button', { name: '条件を保存' }).click();
  await dialog.getByRole('button', { name: `「${name}」の名称を変更` }).click();
  await dialog.getByRole('textbox', { name: `「${name}」の名称を変更` }).fill(`${name} 改`);
  await dialog.getByRole('button', { name: '保存' }).last().click();
  await dialog.getByRole('button', { name: `「${name} 改」を削除` }).click();
  await dialog.getByRole('button', { name: '削除', exact: true }).click();
  await expect(dialog.getByText(`${name} 改`)).toHaveCount(0);
});

test('a merchant keeps filters and changes nothing at once', async ({ page }) => {
  await openAs(page, 'hanako', '/cases');
  await expect(page.getByRole('button', { name: '条件を保存' })).toBeEnabled();
  await expect(page.getByRole('checkbox')).toHaveCount(0);
});

const failing = {
  status: 500,
  contentType: 'application/problem+json',
  body: JSON.stringify({ code: 'internal', detail: '処理できませんでした。' }),
};

test('the outcome of what empties the list stays, and nothing closes it before it is there', async ({
  page,
}) => {
  const id = await givenCase(page, { type: 'complaint.no_reply', goods: 'digital', mid: '67890' });
  await openAs(page, 'sato', `/cases?q=${id}`);
  await page.getByRole('checkbox', { name: `${id}を選択` }).check();
  await page.getByRole('button', { name: '依頼を取り下げ' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('取下げ理由').fill('決済機関から取下げの連絡');
  await dialog.getByRole('button', { name: '内容を確認' }).click();
  // What would happen is read out, and a key that is pressed too often does none of it.
  await expect(page.locator(':focus')).toContainText('取下げは元に戻せません。 1件を実行します。');
  await page.keyboard.press('Enter');
  const { promise: mayGo, resolve: go } = Promise.withResolvers<void>();
  await page.route('**/api/v1/case-withdrawals', async (route) => {
    await mayGo;
    await route.continue();
  });
  await dialog.getByRole('button', { name: '1件を取り下げる' }).click();
  await page.keyboard.press('Escape');
  await page.mouse.click(5, 5);
  await expect(dialog.getByRole('button', { name: '閉じる' })).toBeDisabled();
  go();
  await expect(page.getByText('該当する案件はありません')).toBeVisible();
  await expect(page.locator(':focus')).toContainText('1件の依頼を取り下げました。');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '閉じる' }).last().click();
  await expect(dialog).toBeHidden();
});

test('an assignment says to whom before it is done, and its outcome shows where the list cannot be read', async ({
  page,
}) => {
  const id = await givenCase(page, { type: 'complaint.no_reply', goods: 'digital', mid: '67890' });
  await openAs(page, 'sato', `/cases?q=${id}`);
  await page.getByRole('checkbox', { name: `${id}を選択` }).check();
  await page.route('**/api/v1/operators', (route) => route.fulfill(failing));
  await page.getByRole('button', { name: '担当者を変更' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('alert')).toHaveText('処理できませんでした。');
  await expect(dialog.getByRole('button', { name: '内容を確認' })).toBeDisabled();
  await dialog.getByRole('button', { name: 'キャンセル' }).click();
  await page.unroute('**/api/v1/operators');
  await page.getByRole('button', { name: '担当者を変更' }).click();
  const assignee = dialog.getByLabel('担当者', { exact: true });
  await expect(assignee).toBeFocused();
  await dialog.getByRole('button', { name: '内容を確認' }).click();
  await expect(dialog.getByText('担当者を選択してください。')).toBeVisible();
  await assignee.selectOption({ label: '担当者なし' });
  await dialog.getByRole('button', { name: '内容を確認' }).click();
  await expect(dialog.getByText(/「担当者なし」にします/)).toBeVisible();
  await expect(dialog.getByRole('button', { name: '0件の担当者を外す' })).toBeDisabled();
  await dialog.getByRole('button', { name: '戻る' }).click();
  await expect(assignee).toBeFocused();
  await assignee.selectOption({ index: 1 });
  const name = (await assignee.getByRole('option').nth(1).textContent()) ?? '';
  await dialog.getByRole('button', { name: '内容を確認' }).click();
  await expect(page.locator(':focus')).toContainText(`担当者を「${name}」に変更します。`);
  await expect(dialog.getByRole('row', { name: new RegExp(id) })).toContainText(`「${name}」に変更します`);
  await page.route('**/api/v1/cases?*', (route) => route.fulfill(failing));
  await dialog.getByRole('button', { name: `1件の担当者を「${name}」に変更` }).click();
  await expect(dialog.getByText(`1件の担当者を「${name}」に変更しました。`)).toBeVisible();
  await expect(page.getByText('処理できませんでした。')).toBeVisible();
});
