import { expect, expectAccessible, givenCase, openAs, picture, test } from './journey.ts';

const trackingOf = async (page: import('@playwright/test').Page, caseId: string): Promise<string> => {
  const reply = await page.request.get(`/api/v1/cases/${caseId}`, {
    headers: { authorization: 'Bearer demo-institution-key-0123456789abcdef' },
  });
  return ((await reply.json()) as { payment: { trackingId: string } }).payment.trackingId;
};

test('an operator registers one request: errors at the fields, payment taken over, checked, registered', async ({
  page,
}) => {
  const earlier = await givenCase(page, { type: 'inquiry.unrecognized', goods: 'physical' });
  const trackingId = await trackingOf(page, earlier);
  await openAs(page, 'mori', '/intake/new');
  await page.getByRole('button', { name: '確認' }).click();
  await expect(page.getByRole('alert')).toContainText('決済機関を選択してください');
  await expectAccessible(page);
  await picture(page, 'intake-form-errors');

  await page.getByLabel('決済機関', { exact: true }).selectOption('JCB-DEMO');
  const reference = `FORM-${Date.now()}`;
  await page.getByLabel('照会番号(決済機関側)').fill(reference);
  await page.getByRole('main').getByLabel('サービス(MID-SID)').fill('12345-001');
  await page.getByLabel('通知種別').selectOption('inquiry.unrecognized');
  await page.getByRole('main').getByLabel('トラッキングID').fill(trackingId);
  await page.getByRole('button', { name: '過去の案件から引き継ぐ' }).click();
  await expect(page.getByText(`案件 ${earlier} の決済情報を引き継ぎました`)).toBeVisible();
  await page.getByLabel('加盟店様への依頼補足事項').fill('ご登録の情報をお知らせください。');
  await page.getByRole('button', { name: '確認' }).click();

  await expect(page.getByRole('heading', { name: '登録内容の確認' })).toBeVisible();
  await expect(page.getByText('決済機関の規則による')).toBeVisible();
  await expectAccessible(page);
  await picture(page, 'intake-form-check');
  await page.getByRole('button', { name: '修正する' }).click();
  await expect(page.getByLabel('照会番号(決済機関側)')).toHaveValue(reference);
  await page.getByRole('button', { name: '確認' }).click();
  await page.getByRole('button', { name: '登録' }).click();
  await page.waitForURL(/\/cases\/\d{6}-/);
  await expect(page.getByText('依頼受領').first()).toBeVisible();
});

test('a template is kept for an institution and added to the supplement', async ({ page }) => {
  const name = `定型文${Date.now()}`;
  await openAs(page, 'sato', '/intake/templates?institution=JCB-DEMO');
  await page.getByRole('button', { name: '定型文を追加' }).click();
  await page.getByLabel('名称').fill(name);
  await page.getByLabel('本文').fill('下記の会員様についてご確認ください。');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('cell', { name, exact: true })).toBeVisible();
  await expectAccessible(page);
  await picture(page, 'intake-templates');
  await page.goto('/intake/new');
  await page.getByLabel('決済機関', { exact: true }).selectOption('JCB-DEMO');
  await page.getByLabel('定型文').selectOption({ label: name });
  await expect(page.getByLabel('加盟店様への依頼補足事項')).toHaveValue(
    '下記の会員様についてご確認ください。',
  );
});

for (const width of [1440, 768, 390])
  test(`the form at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 1000 });
    await openAs(page, 'mori', '/intake/new');
    await expect(page.getByLabel('通知種別')).toBeVisible();
    await expectAccessible(page);
    await page.screenshot({ path: `reports/pictures/intake-form-${width}.png`, fullPage: true });
  });
