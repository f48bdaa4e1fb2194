import { expect, expectAccessible, openAs, picture, test } from './journey.ts';

const header = '照会番号(決済機関側),MID,SID,通知種別,依頼日時,トラッキングID,請求金額,決済日時';
const line = (reference: string, amount: string): string =>
  `${reference},12345,001,利用照会:利用覚えなし,2026/08/20 10:00,20260801000123,${amount},2026/08/01`;

test('an operator takes a file in: columns, errors at the cells, one confirm, the result', async ({
  page,
}) => {
  const unique = `FILE-${Date.now()}`;
  await openAs(page, 'mori', '/intake/files');
  await page.getByLabel('決済機関').selectOption('JCB-DEMO');
  await expectAccessible(page);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'ファイル', exact: true }).click();
  await (await chooser).setFiles({
    name: '依頼.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from([header, line(`${unique}-1`, '980'), line(`${unique}-2`, '無料')].join('\r\n')),
  });
  await page.getByRole('button', { name: 'アップロード' }).click();
  await expect(page.getByRole('heading', { name: '列の対応付け' })).toBeVisible();
  await page.getByLabel('決済手段: 固定値(列がない場合)').fill('credit_card');
  await page.getByLabel('商品区分: 固定値(列がない場合)').fill('physical');
  await expectAccessible(page);
  await picture(page, 'intake-file-mapping');
  await page.getByRole('button', { name: '対応付けを保存して確認' }).click();
  await expect(page.getByText('新規 1件、登録済み 0件(追加されません)、エラー 1件')).toBeVisible();
  await expect(page.getByRole('cell', { name: /無料.*金額は0以上/ })).toBeVisible();
  await expectAccessible(page);
  await picture(page, 'intake-file-errors');
  await page.getByRole('button', { name: '登録', exact: true }).click();
  await expect(page.getByText('登録 1件、登録済み 0件、エラー 1件')).toBeVisible();
  await expect(page.getByRole('link', { name: '結果ファイル(CSV)をダウンロード' })).toBeVisible();
  await picture(page, 'intake-file-done');
  for (const width of [768, 390]) {
    await page.setViewportSize({ width, height: 1000 });
    await expectAccessible(page);
    await picture(page, `intake-file-done-${width}`);
  }
});
