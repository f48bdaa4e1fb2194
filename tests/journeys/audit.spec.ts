import { expect, expectAccessible, givenCase, openAs, test } from './journey.ts';

test('an auditor finds who looked at a case, and everything the entry holds', async ({ page, browser }) => {
  const id = await givenCase(page, { type: 'inquiry.other', goods: 'digital' });
  const other = await browser.newPage();
  await openAs(other, 'hanako', `/cases/${id}`);
  await other.getByRole('heading', { level: 1 }).waitFor();
  await other.close();

  await openAs(page, 'ito', '/settings/audit');
  await expect(page.getByRole('heading', { level: 1, name: '監査証跡' })).toBeVisible();
  await expect(page.getByRole('region', { name: '証跡の状態' })).toContainText('連番');
  await page.getByRole('textbox', { name: '対象' }).fill(id);
  await page.getByRole('textbox', { name: '操作者' }).fill('hanako');
  await page.getByRole('button', { name: '絞り込む', exact: true }).click();

  await expect(page).toHaveURL(new RegExp(`subject=${id}`));
  const line = page.getByRole('row').filter({ hasText: '案件の閲覧' }).first();
  await expect(line).toContainText('山田 花子');
  await expect(line.getByRole('link', { name: id })).toBeVisible();
  await line.getByRole('button', { name: /連番\d+の詳細/ }).click();
  await expect(page.getByText('read_cases').first()).toBeVisible();
  await expect(page.getByText(/^[0-9a-f]{64}$/).first()).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('button', { name: '条件をすべて解除' }).first().click();
  await expect(page.getByRole('textbox', { name: '対象' })).toHaveValue('');
  await page.getByRole('textbox', { name: '操作者' }).fill('ito');
  await page.getByRole('button', { name: '絞り込む', exact: true }).click();
  await expect(page.getByRole('row').filter({ hasText: '監査証跡の閲覧' }).first()).toContainText('伊東');
});

test('the filtered entries can be downloaded', async ({ page }) => {
  await openAs(page, 'ito', '/settings/audit?action=product.start');
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'CSVダウンロード' }).click();
  expect((await downloading).suggestedFilename()).toBe('audit-trail.csv');
});

test('a merchant’s admin sees what their own people did, and nothing of the PSP', async ({ page }) => {
  await openAs(page, 'hanako', '/top');
  await page.getByRole('link', { name: '操作履歴' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '操作履歴' })).toBeVisible();
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await expect(page.getByRole('region', { name: '証跡の状態' })).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: '所属' })).toHaveCount(0);
  await expectAccessible(page);
});

test('who may not read the trail does not find it in the menu', async ({ page }) => {
  await openAs(page, 'mori', '/top');
  await expect(page.getByRole('link', { name: 'アカウント' })).toBeVisible();
  await expect(page.getByRole('link', { name: /監査証跡|操作履歴/ })).toHaveCount(0);
});

test('the trail is accessible in both languages and both themes', async ({ page }) => {
  test.slow();
  await openAs(page, 'ito', '/settings/audit');
  for (const [language, title] of [
    ['English', 'Audit trail'],
    ['日本語', '監査証跡'],
  ] as const) {
    await page.getByRole('button', { name: /^(アカウント|Account): / }).click();
    await page.getByRole('menuitem', { name: language }).click();
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.goto('/settings/audit');
      await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
      await page
        .getByRole('button', { name: /詳細|Details/ })
        .first()
        .click();
      await expectAccessible(page);
      await page.goto('/settings/audit?subject=nothing-like-this');
      await page.getByText(/該当する記録はありません|No entries/).waitFor();
      await expectAccessible(page);
    }
  }
});
