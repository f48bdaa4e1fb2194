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
