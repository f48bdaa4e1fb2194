import { expect, expectAccessible, givenCase, openAs, picture, test } from './journey.ts';

test('an admin changes the ladder of a category, sees when it would be sent, and gives it up again', async ({
  page,
}) => {
  await openAs(page, 'sato', '/settings/reminders');
  await expect(page.getByRole('heading', { name: '督促の段階' })).toBeVisible();
  await page.getByLabel('対象').selectOption({ label: '利用照会・代行解約' });
  await page.getByLabel('回答期限の例(日本時間)').fill('2026-11-30T07:00');
  const example = page
    .getByRole('region', { name: '送信日時の例' })
    .or(page.locator('[aria-labelledby=preview]'));
  await expect(example.first()).toContainText('2026年11月27日(金) 19:00');
  await expectAccessible(page);
  await picture(page, 'reminders');

  const first = page.getByRole('group', { name: /^段階 1:/ });
  await first.getByLabel('日数').fill('1');
  await expect(page.getByText('同じ時期の段階があります。')).toBeVisible();
  await first.getByLabel('日数').fill('5');
  await expect(example.first()).toContainText('回答期限の5営業日前');
  const ladder = page.locator('[aria-labelledby=ladder]');
  await ladder.getByRole('button', { name: '保存' }).click();
  await expect(ladder.getByText('この対象だけの段階です。')).toBeVisible();
  await ladder.getByRole('button', { name: 'この対象の段階をやめる' }).click();
  await expect(ladder.getByText('標準の段階が使われています。')).toBeVisible();
});

test('an operator sees which reminder of a case is next, and a merchant does not', async ({ page }) => {
  const caseId = await givenCase(page, { type: 'inquiry.other', goods: 'physical' });
  await openAs(page, 'mori', `/cases/${caseId}`);
  await expect(page.getByRole('heading', { name: '督促履歴' })).toBeVisible();
  await expect(page.getByText(/^次回:.*回答期限の3営業日前/)).toBeVisible();
  await expectAccessible(page);
});

test('what one admin saved is not overwritten by another who saw the older ladder', async ({ page }) => {
  await openAs(page, 'sato', '/settings/reminders');
  const other = await page.context().newPage();
  await other.goto('/settings/reminders');
  for (const each of [page, other])
    await each.getByLabel('対象').selectOption({ label: '利用照会・代行解約' });
  const days = (each: typeof page) => each.getByRole('group', { name: /^段階 1:/ }).getByLabel('日数');
  const ladder = (each: typeof page) => each.locator('[aria-labelledby=ladder]');
  await days(other).fill('7');
  await ladder(other).getByRole('button', { name: '保存' }).click();
  await expect(ladder(other).getByText('保存しました。')).toBeVisible();

  await days(page).fill('6');
  await ladder(page).getByRole('button', { name: '保存' }).click();
  await expect(ladder(page).getByRole('alert')).toContainText('先に変更しました');
  await expect(days(page)).toHaveValue('6');
  await expectAccessible(page);
  await picture(page, 'reminders-changed');
  await ladder(page).getByRole('button', { name: '最新の内容を表示' }).click();
  await expect(days(page)).toHaveValue('7');
  await ladder(page).getByRole('button', { name: 'この対象の段階をやめる' }).click();
  await expect(ladder(page).getByText('標準の段階が使われています。')).toBeVisible();
});
