import { expect, expectAccessible, openAs, test } from './journey.ts';

const notice = {
  notificationItems: [
    {
      NotificationRequestItem: {
        eventCode: 'NOTIFICATION_OF_FRAUD',
        pspReference: '9915555555555555',
        originalReference: '9913333333333333',
        merchantAccountCode: 'YOUR_MERCHANT_ACCOUNT',
        merchantReference: 'A-1',
        eventDate: '2026-11-20T10:00:00+09:00',
        paymentMethod: 'visa',
        success: 'true',
        amount: { value: 1000, currency: 'EUR' },
      },
    },
  ],
};

test('an admin connects a provider, is told what is wrong, and tries a message without taking it in', async ({
  page,
}) => {
  await openAs(page, 'sato', '/settings/adapters');
  await expect(page.getByRole('heading', { name: '接続', exact: true })).toBeVisible();
  await page.getByRole('button', { name: '接続を追加' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '接続を追加' }).click();
  await expect(dialog.getByText('名称を入力してください。')).toBeVisible();
  await expect(dialog.getByText('決済機関を選んでください。')).toBeVisible();
  await expect(dialog.getByText('署名シークレットを入力してください。')).toBeVisible();
  await expectAccessible(page);

  const name = `Adyen ${Date.now()}`;
  await dialog.getByLabel('名称').fill(name);
  await dialog.getByLabel('決済機関').selectOption({ index: 1 });
  await dialog.getByLabel('種類').selectOption('Adyen');
  await expect(dialog.getByLabel('理由と通知種別')).toHaveValue(
    /NOTIFICATION_OF_FRAUD = fraud_notice\.reported/,
  );
  await dialog.getByRole('textbox', { name: '署名シークレット' }).fill('0123456789abcdef0123456789abcdef');
  await dialog.getByLabel('アカウントとMID-SID').fill('* = 12345');
  await expect(dialog.getByText('1行目を読み取れません。')).toBeVisible();
  await dialog.getByLabel('アカウントとMID-SID').fill('* = 12345-001 physical');
  await dialog.getByRole('button', { name: '接続を追加' }).click();
  const row = page.getByRole('row', { name: new RegExp(name) });
  await expect(row).toContainText('受信中');
  await expectAccessible(page);

  await row.getByRole('button', { name: '変更' }).click();
  await dialog.getByLabel('通知の本文').fill(JSON.stringify(notice));
  await dialog.getByRole('button', { name: '確認する' }).click();
  await expect(dialog.getByText('次の依頼になります')).toBeVisible();
  await expect(dialog.getByText('fraud_notice.reported').last()).toBeVisible();
});
