import { test as base } from '@playwright/test';
import { type Demo, runDemo } from '../support/demo.ts';
import { expect, expectAccessible, givenCase, test as journey, openAs } from './journey.ts';

/** A demo of its own: whoever moves its clock moves it for everybody. */
const test = journey.extend<object, { demo: Demo }>({
  demo: [
    async ({ browserName: _ }, use) => {
      const demo = await runDemo('rehearsal');
      await use(demo);
      await demo.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: ({ demo }, use) => use(demo.url),
});

base.describe.configure({ mode: 'default' });

test('an operator has a week pass in a minute, and what is due follows', async ({ page }) => {
  test.slow();
  const dueAt = new Date(Date.now() + 3 * 86_400_000).toISOString();
  const caseId = await givenCase(page, { type: 'inquiry.other', goods: 'physical', dueAt });
  await openAs(page, 'sato', `/cases/${caseId}`);
  const clock = page.getByRole('region', { name: 'リハーサル用の時計' });
  await expect(clock).toContainText('実際の時刻です。');
  await expect(clock.getByRole('button', { name: '元に戻す' })).toBeDisabled();
  await expect(page.getByText(/日超過/)).toHaveCount(0);

  await clock.getByRole('button', { name: '1週間進める' }).click();
  await expect(clock).toContainText('実際の時刻より7日進んでいます。', { timeout: 60_000 });
  await expect(page.getByText('4日超過').first()).toBeVisible();
  await expectAccessible(page);

  await clock.getByRole('button', { name: '1時間進める' }).click();
  await expect(clock).toContainText('7日1時間進んでいます。');
  await clock.getByRole('button', { name: '元に戻す' }).click();
  await expect(clock).toContainText('実際の時刻です。');
  await expect(page.getByText(/日超過/)).toHaveCount(0);
});

test('a merchant sees the time of the rehearsal and cannot move it', async ({ page }) => {
  await openAs(page, 'hanako', '/top');
  const clock = page.getByRole('region', { name: 'リハーサル用の時計' });
  await expect(clock).toContainText('実際の時刻です。');
  await expect(clock.getByRole('button')).toHaveCount(0);
});

test('what is left is told by the server’s time, though the clock of the machine is wrong', async ({
  page,
}) => {
  const dueAt = new Date(Date.now() + 3 * 86_400_000).toISOString();
  const caseId = await givenCase(page, { type: 'inquiry.other', goods: 'physical', dueAt });
  await page.clock.install({ time: new Date(Date.now() + 20 * 86_400_000) });
  await openAs(page, 'hanako', `/cases/${caseId}`);
  await expect(page.getByText(/^あと\d/).first()).toBeVisible();
  await expect(page.getByText(/日超過/)).toHaveCount(0);
});
