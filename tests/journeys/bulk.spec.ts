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
