import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { noteInLogs } from '#tests/support/logs.ts';

export { expect };

/** A browser at the demo; a test fails when its pages write an error or a warning to the console. */
export const test = base.extend<{ page: Page }>({
  baseURL: ({ browserName: _ }, use) => use(process.env.SHOKAI_URL),
  page: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on('console', (message) => {
      // Browsers report every refused request themselves, and that the sandbox of the demo's mails keeps this test's
      // own script out.
      const isRefusal = /^(Failed to load resource|Blocked script execution)/.test(message.text());
      if (['error', 'warning'].includes(message.type()) && !isRefusal) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    // What stands behind the # never leaves the browser, and the pages of links take it from the address at once.
    page.on('framenavigated', (frame) => noteInLogs({ address: keptAddress(frame.url()) }));
    await use(page);
    noteInLogs({ kept: await keptBy(page) });
    expect(complaints).toEqual([]);
  },
});

/**
 * An address as far as it may be kept. The identity provider puts a code into the one it sends people back to: it is good for
 * one time and this browser, and the page takes it out of the address at once.
 */
function keptAddress(url: string): string {
  const [page = ''] = url.split('#');
  return /\/login\/single-sign-on\?/.test(page) ? (page.split('?')[0] ?? '') : page;
}

/** What the browser keeps after the page has gone: it is looked through with the logs. */
const keptBy = (page: Page): Promise<object> =>
  page
    .evaluate(() => ({ local: { ...localStorage }, session: { ...sessionStorage } }))
    // A page that was closed, or never opened, keeps nothing that could be asked for.
    .catch(() => ({}));

/** Logs in and goes to a page. */
export async function openAs(page: Page, userId: string, path: string): Promise<void> {
  await page.goto(`/login?next=${encodeURIComponent(path)}`);
  await logIn(page, userId);
  await page.waitForURL((url) => url.pathname !== '/login');
}

/** Logs in by the page, as the manual says. */
export async function logIn(page: Page, userId: string): Promise<void> {
  await page.getByLabel('ユーザーID').fill(userId);
  await page.getByLabel('パスワード', { exact: true }).fill(`shokai-demo-${userId}`);
  await page.getByRole('button', { name: 'ログインする' }).click();
}

/** No violation that axe finds on the page as it is. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, nodes }) => [
    id,
    nodes.map(({ html, failureSummary }) => [html, failureSummary]),
  ]);
  expect(found).toEqual([]);
}

/** Takes a picture of the page: for the manual with `npm run pictures`, else among the reports. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.PICTURES ?? 'reports/pictures';
  await page.screenshot({ path: `${folder}/${name}.png`, animations: 'disabled' });
}

const institutionKey = 'demo-institution-key-0123456789abcdef';

type NewCase = {
  mid?: string;
  sid?: string;
  type: string;
  goods: string;
  productName?: string | null;
  dueAt?: string;
};

/** Sends a request of the demo's institution; returns the case number. Each journey answers cases of its own. */
export async function givenCase(
  page: Page,
  { mid = '12345', sid = '001', type, goods, ...rest }: NewCase,
): Promise<string> {
  const at = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
  const unique = `${Date.now()}${Math.floor(Math.random() * 1e6)}`;
  const reply = await page.request.post('/api/v1/cases', {
    headers: { authorization: `Bearer ${institutionKey}` },
    data: {
      institutionReference: `JOURNEY-${unique}`,
      notificationType: type,
      mid,
      sid,
      requestedAt: at(-1),
      dueAt: rest.dueAt ?? at(9),
      supplement: '会員様よりお問い合わせをいただいております。\nご登録の情報をお知らせください。',
      payment: {
        trackingId: unique.slice(-14).padStart(14, '2'),
        method: 'credit_card',
        amount: { value: 12_800, currency: 'JPY' },
        customerId: 'C-1001',
        orderId: `J-${unique}`,
        paidAt: at(-20),
        productName: rest.productName ?? null,
        goods,
        cardBrand: 'JCB',
        cardLast4: '1234',
      },
    },
  });
  expect(reply.status()).toBe(201);
  return ((await reply.json()) as { id: string }).id;
}
