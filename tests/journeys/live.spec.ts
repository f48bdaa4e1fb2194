import { randomInt } from 'node:crypto';
import type { APIRequestContext, BrowserContext, Page } from '@playwright/test';
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

/** What the browser would show on the desktop is kept, as nobody can look at a desktop here. */
async function keepNotifications(context: BrowserContext): Promise<void> {
  await context.grantPermissions(['notifications'], { origin: process.env.SHOKAI_URL ?? '' });
  await context.addInitScript(() => {
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
}

const shownOn = (page: Page) => page.evaluate(() => (globalThis as unknown as { shown: string[] }).shown);

/** Has a page be told that nobody sees it. */
const hide = (page: Page) =>
  page.evaluate(
    "Object.defineProperty(document, 'hidden', { value: true }); document.dispatchEvent(new Event('visibilitychange'))",
  );

test('new requests are shown on the desktop to who wants it and is not looking', async ({
  page,
  context,
  request,
}) => {
  await keepNotifications(context);
  const listening = isListening(page);
  await openAs(page, 'hanako', '/settings/account');
  await listening;
  const wish = page.getByRole('switch', { name: '新しい依頼を通知する' });
  await wish.click();
  await expect(wish).toBeChecked();
  await expectAccessible(page);
  await picture(page, 'notifications');
  // What comes while the page is seen is not shown.
  const again = isListening(page);
  await page.goto('/top');
  await again;
  await expect(received(page)).toBeVisible();
  const before = await countOn(page);
  await requestArrives(request);
  await expect.poll(() => countOn(page)).toBeGreaterThan(before);
  expect(await shownOn(page)).toEqual([]);
  await hide(page);
  await requestArrives(request);
  await expect.poll(async () => (await shownOn(page))[0]).toMatch(/^照会: 新しい依頼 \d+件$/);
  expect(await shownOn(page)).toHaveLength(1);
  await page.goto('/settings/account');
  await expect(page.getByRole('switch', { name: '新しい依頼を通知する' })).toBeChecked();
});

test('the tabs of a browser share one stream, which goes on when its tab is closed, and one of them tells of what is new', async ({
  page,
  context,
  request,
}) => {
  await keepNotifications(context);
  let streams = 0;
  context.on('request', (each) => {
    if (each.url().endsWith('/api/v1/live')) streams += 1;
  });
  const listening = isListening(page);
  await openAs(page, 'hanako', '/settings/account');
  await listening;
  await page.getByRole('switch', { name: '新しい依頼を通知する' }).click();
  const others = [await context.newPage(), await context.newPage()] as const;
  for (const other of others) {
    await other.goto('/top');
    await expect(received(other)).toBeVisible();
  }
  const before = await countOn(others[0]);
  await requestArrives(request);
  for (const other of others) await expect.poll(() => countOn(other)).toBeGreaterThan(before);
  expect(streams).toBe(1);

  // The tab with the stream is behind another one, which somebody looks at.
  await hide(page);
  const seen = await countOn(others[0]);
  await requestArrives(request);
  await expect.poll(() => countOn(others[0])).toBeGreaterThan(seen);
  expect(await shownOn(page)).toEqual([]);

  const takenOver = isListening(others[0]).catch(() => undefined);
  const orOther = isListening(others[1]).catch(() => undefined);
  await page.close();
  await Promise.race([takenOver, orOther]);
  expect(streams).toBe(2);
  for (const other of others) await hide(other);
  const unseen = await countOn(others[1]);
  await requestArrives(request);
  await expect.poll(() => countOn(others[1])).toBeGreaterThan(unseen);
  await expect
    .poll(async () => [...(await shownOn(others[0])), ...(await shownOn(others[1]))])
    .toEqual([expect.stringMatching(/^照会: 新しい依頼 \d+件$/)]);
});

test('operators see how the product runs', async ({ page }) => {
  await openAs(page, 'sato', '/settings/operations');
  await expect(page.getByRole('heading', { name: '稼働状況' })).toBeVisible();
  await expect(page.getByRole('cell', { name: '画面・APIと自動処理' }).first()).toBeVisible();
  await expect(page.getByText('自動処理が停止しています')).toBeHidden();
  await expectAccessible(page);
  await picture(page, 'operations');
});
