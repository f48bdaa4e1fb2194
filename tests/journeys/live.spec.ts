import { randomInt } from 'node:crypto';
import type { APIRequestContext, Page } from '@playwright/test';
import { aRequest } from '#tests/support/world.ts';
import { expect, expectAccessible, openAs, picture, test } from './journey.ts';

const key = 'demo-institution-key-0123456789abcdef';

/** A request of the demo's institution comes in. */
async function requestArrives(request: APIRequestContext): Promise<string> {
  const reply = await request.post('/api/v1/cases', {
    headers: { authorization: `Bearer ${key}` },
    data: { ...aRequest('12345'), institutionReference: `LIVE-${Date.now()}-${randomInt(1e9)}` },
  });
  expect(reply.status()).toBe(201);
  return ((await reply.json()) as { id: string }).id;
}

const received = (page: Page) => page.getByRole('link', { name: /^依頼受領 / }).first();

const countOn = async (page: Page): Promise<number> =>
  Number((await received(page).innerText()).replaceAll(',', ''));

/** The stream is open once the page has heard of something. */
const isListening = (page: Page) =>
  page.waitForResponse((response) => response.url().endsWith('/api/v1/live') && response.status() === 200);

test('the counts of an open page follow what happens elsewhere, also after it was offline', async ({
  page,
  context,
  request,
}) => {
  const listening = isListening(page);
  await openAs(page, 'hanako', '/top');
  await listening;
  await expect(received(page)).toBeVisible();
  const before = await countOn(page);
  await requestArrives(request);
  await expect.poll(() => countOn(page)).toBeGreaterThan(before);

  await context.setOffline(true);
  const while_ = await countOn(page);
  await requestArrives(request);
  await context.setOffline(false);
  await expect.poll(() => countOn(page), { timeout: 15_000 }).toBeGreaterThan(while_);
});

test('a list that is being read stays as it is and tells what is new', async ({ page, request }) => {
  const listening = isListening(page);
  await openAs(page, 'hanako', '/cases?sort=-requested');
  await listening;
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  const caseId = await requestArrives(request);
  await expect(page.getByText(/新しい依頼が\d+件あります/)).toBeVisible();
  await expect(page.getByText(caseId)).toHaveCount(0);
  await expectAccessible(page);
  await picture(page, 'live-list');
  await page.getByRole('button', { name: '表示する' }).click();
  await expect(page.getByText(/新しい依頼が\d+件あります/)).toBeHidden();
  await expect(page.getByRole('link', { name: caseId }).or(page.getByText(caseId)).first()).toBeVisible();
});

test('a case that goes on elsewhere says so', async ({ page, request }) => {
  const caseId = await requestArrives(request);
  const listening = isListening(page);
  await openAs(page, 'hanako', `/cases/${caseId}`);
  await listening;
  await expect(page.getByRole('heading', { name: new RegExp(caseId) })).toBeVisible();
  const withdrawn = await request.post(`/api/v1/cases/${caseId}/withdrawal`, {
    headers: { authorization: `Bearer ${key}` },
    data: { reason: '重複していたため' },
  });
  expect(withdrawn.ok()).toBe(true);
  await expect(page.getByText('この案件は、表示したあとに更新されました。')).toBeVisible();
  await picture(page, 'live-case');
  await page.getByRole('button', { name: '最新の内容を表示する' }).click();
  await expect(page.getByText('この案件は、表示したあとに更新されました。')).toBeHidden();
});

test('new requests are shown on the desktop to who wants it and is not looking', async ({
  page,
  context,
  request,
}) => {
  await context.grantPermissions(['notifications'], { origin: process.env.SHOKAI_URL ?? '' });
  // What the browser would show is kept, as nobody can look at a desktop here.
  await page.addInitScript(() => {
    const shown: string[] = [];
    class Shown {
      static permission = 'granted';
      static requestPermission = async () => 'granted';
      onclick: (() => void) | null = null;
      constructor(title: string, { body }: { body: string }) {
        shown.push(`${title}: ${body}`);
      }
      close(): void {}
    }
    Object.assign(globalThis, { Notification: Shown, shown });
  });
  const listening = isListening(page);
  await openAs(page, 'hanako', '/settings/account');
  await listening;
  const wish = page.getByRole('switch', { name: '新しい依頼を通知する' });
  await wish.click();
  await expect(wish).toBeChecked();
  await expectAccessible(page);
  await picture(page, 'notifications');
  // What comes while the page is seen is not shown.
  const shown = () => page.evaluate(() => (globalThis as unknown as { shown: string[] }).shown);
  await requestArrives(request);
  await page.evaluate("Object.defineProperty(document, 'hidden', { value: true })");
  await requestArrives(request);
  await expect.poll(async () => (await shown())[0]).toMatch(/^照会: 新しい依頼 \d+件$/);
  expect(await shown()).toHaveLength(1);
  await page.reload();
  await expect(page.getByRole('switch', { name: '新しい依頼を通知する' })).toBeChecked();
});

test('operators see how the product runs', async ({ page }) => {
  await openAs(page, 'sato', '/settings/operations');
  await expect(page.getByRole('heading', { name: '稼働状況' })).toBeVisible();
  await expect(page.getByRole('cell', { name: '画面・APIと自動処理' }).first()).toBeVisible();
  await expect(page.getByText('自動処理が停止しています')).toBeHidden();
  await expectAccessible(page);
  await picture(page, 'operations');
});
