import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findRunningPostgres } from '#src/platform/embedded-postgres/find-running.ts';
import { type Demo, runDemo } from '../support/demo.ts';
import { startProcess } from '../support/product-process.ts';
import { expect, expectAccessible, test as journey, openAs, picture } from './journey.ts';

/** A demo that only answers: its jobs are done by another process, if any. */
const test = journey.extend<object, { demo: Demo }>({
  demo: [
    async ({ browserName: _ }, use) => {
      const demo = await runDemo('apart', { ROLE: 'web' });
      await use(demo);
      await demo.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: ({ demo }, use) => use(demo.url),
});

const settingsOf = async (folder: string): Promise<Record<string, string>> => ({
  ROLE: 'worker',
  DATA_KEY: await readFile(join(folder, 'data-key'), 'utf8'),
  AUDIT_SIGNING_KEY: await readFile(join(folder, 'audit-signing-key'), 'utf8'),
});

test('an operator sees within a minute that the worker died, and that there is one again', async ({
  page,
  demo,
}) => {
  test.slow();
  const connectionString = (await findRunningPostgres(demo.folder)) ?? '';
  const settings = await settingsOf(demo.folder);
  const worker = await startProcess(connectionString, settings);
  await openAs(page, 'sato', '/settings/operations');
  await expect(page.getByRole('cell', { name: '自動処理', exact: true })).toBeVisible();
  const notice = page.getByRole('alert').filter({ hasText: '自動処理が停止しています' });
  await expect(notice).toBeHidden();

  await worker.end('SIGKILL');
  await expect(notice).toBeVisible({ timeout: 60_000 });
  // It stands apart from the page's own heading.
  const [above, below] = [
    await notice.boundingBox(),
    await page.getByRole('heading', { level: 1 }).boundingBox(),
  ];
  expect((below?.y ?? 0) - (above?.y ?? 0) - (above?.height ?? 0)).toBeGreaterThanOrEqual(12);
  await expect(page.getByText('応答なし')).toBeVisible({ timeout: 15_000 });
  await expectAccessible(page);
  await picture(page, 'dead-worker');

  const next = await startProcess(connectionString, settings);
  await expect(notice).toBeHidden({ timeout: 30_000 });
  await next.end('SIGTERM');
});
