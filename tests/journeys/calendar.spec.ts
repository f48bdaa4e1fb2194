import { test as base } from '@playwright/test';
import { type Demo, runDemo } from '../support/demo.ts';
import { expect, expectAccessible, test as journey, openAs } from './journey.ts';

/** A demo of its own: when the PSP is closed counts for everybody. */
const test = journey.extend<object, { demo: Demo }>({
  demo: [
    async ({ browserName: _ }, use) => {
      const demo = await runDemo('calendar');
      await use(demo);
      await demo.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: ({ demo }, use) => use(demo.url),
});

base.describe.configure({ mode: 'default' });

test('an admin adds closing days, sees what is due change, and takes them back', async ({ page }) => {
  await openAs(page, 'sato', '/settings/calendar');
  const terms = page.getByRole('table').filter({ hasText: 'JCB-DEMO' });
  const due = terms.locator('td').nth(3);
  await expect(due).toHaveText(/^\d{4}年/);
  const before = await due.innerText();

  const form = page.getByRole('form', { name: '休業日を追加' });
  await form.getByRole('button', { name: '追加する' }).click();
  await expect(form.getByText('名称を入力してください')).toBeVisible();
  await expectAccessible(page);
  const day = (days: number): string =>
    new Date(Date.now() + 9 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
  await form.getByLabel('名称').fill('臨時休業');
  await form.getByLabel('開始日').fill(day(4));
  await form.getByLabel('終了日').fill(day(1));
  await form.getByRole('button', { name: '追加する' }).click();
  await expect(form.getByText('終了日は開始日以降の日付にしてください。')).toBeVisible();
  await form.getByLabel('開始日').fill(day(1));
  await form.getByLabel('終了日').fill(day(4));
  await form.getByRole('button', { name: '追加する' }).click();
  await expect(page.getByRole('cell', { name: '臨時休業', exact: true })).toBeVisible();
  await expect(due).not.toHaveText(before);

  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(page);
  await page.getByRole('button', { name: /^削除: 臨時休業/ }).click();
  await expect(due).toHaveText(before);
});

test('an admin changes a due rule with its preview in sight', async ({ page }) => {
  await openAs(page, 'sato', '/settings/calendar');
  await page.getByRole('button', { name: '変更: JCBカード(デモ)' }).click();
  const dialog = page.getByRole('dialog', { name: /回答期限の変更/ });
  await dialog.getByLabel('日数', { exact: true }).fill('400');
  await expect(dialog.getByText('0から365までの整数を入力してください。')).toBeVisible();
  await dialog.getByLabel('日数', { exact: true }).fill('5');
  await expect(dialog.getByRole('status')).toHaveText(/本日の依頼の回答期限: \d{4}年/);
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '変更する' }).click();
  await expect(page.getByRole('cell', { name: '依頼日から5営業日後' })).toBeVisible();
});

test('an admin confirms a year, and no other with it', async ({ page }) => {
  const year = new Date().getFullYear() + 4;
  await openAs(page, 'sato', `/settings/calendar?year=${year}`);
  await page.getByRole('button', { name: `${year}年の休業日を確定する` }).click();
  await expect(page.getByText(`${year}年の休業日は確定しています(佐藤 一`)).toBeVisible();
  await page.getByRole('button', { name: '次の年' }).click();
  await expect(page.getByRole('button', { name: `${year + 1}年の休業日を確定する` })).toBeVisible();
});

test('an auditor sees the calendar and changes nothing', async ({ page }) => {
  await openAs(page, 'ito', '/settings/calendar');
  await expect(page.getByRole('cell', { name: '年末年始休業', exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: /^(削除|変更|追加する)/ })).toHaveCount(0);
});
