import { expect, givenCase, logIn, picture, test } from './journey.ts';

/** The manual page, step by step, by the labels it names. */
test('the journey of the manual, from the mail to クローズ:回答実行済', async ({ page }) => {
  const caseId = await givenCase(page, { type: 'inquiry.unrecognized', goods: 'physical' });

  await test.step('受信した通知メールを確認する', async () => {
    await expect(async () => {
      await page.goto('/demo/mailbox');
      await page
        .getByRole('link', { name: '[SBペイメントサービス]利用照会・代行解約発生のご連絡(12345-001)' })
        .first()
        // The mail may not be there yet, and only a page loaded anew shows it.
        .click({ timeout: 1000 });
    }).toPass();
    await picture(page, 'mail');
  });
  await test.step('メール本文中の、ログイン画面URLをクリックする', async () => {
    const body = page.frameLocator('iframe').first();
    const href = await body.getByRole('link', { name: 'ログイン画面' }).getAttribute('href');
    await page.goto(href ?? '');
    await expect(page).toHaveURL(/\/login/);
    await picture(page, 'login');
  });
  await test.step('加盟店ポータルにログインする', async () => {
    await logIn(page, 'hanako');
    await expect(page).toHaveURL(/\/cases\?.*status=received/);
    await expect(page.getByRole('heading', { name: '依頼管理表' })).toBeVisible();
  });
  await test.step('「顧客サポート」⇒「顧客サポートトップ」の順にクリック', async () => {
    await page.getByRole('link', { name: '顧客サポートトップ' }).click();
    await expect(page.getByRole('heading', { name: '顧客サポートトップ' })).toBeVisible();
    await picture(page, 'top');
  });
  await test.step('依頼カテゴリが「利用照会・代行解約」である、依頼受領の件数をクリックする', async () => {
    await page
      .getByRole('row', { name: /利用照会・代行解約/ })
      .getByRole('link')
      .first()
      .click();
    await expect(page.getByRole('heading', { name: '依頼管理表' })).toBeVisible();
    await expect(page.getByRole('row').nth(1)).toBeVisible();
    await picture(page, 'cases');
  });
  await test.step('依頼管理番号をクリックする', async () => {
    await page.getByRole('searchbox').first().fill(caseId);
    await page.getByRole('searchbox').first().press('Enter');
    await page.getByRole('link', { name: caseId }).click();
  });
  await test.step('初期では「依頼管理情報」タブが指定されている', async () => {
    await expect(page.getByRole('tab', { name: '依頼管理情報', selected: true })).toBeVisible();
    await picture(page, 'case');
  });
  await test.step('「決済情報」タブ', async () => {
    await page.getByRole('tab', { name: '決済情報' }).click();
    for (const text of ['クレジットカード', '12,800円', 'C-1001'])
      await expect(page.getByText(text).first()).toBeVisible();
    await picture(page, 'payment');
  });
  await test.step('「依頼・回答内容」タブ', async () => {
    await page.getByRole('tab', { name: '依頼・回答内容' }).click();
    await expect(
      page.getByText('過去の利用実績など、本人特定に有効な情報をご回答ください').first(),
    ).toBeVisible();
    await expect(page.getByText('会員様よりお問い合わせをいただいております。')).toBeVisible();
    await picture(page, 'request');
    await page
      .getByRole('button', { name: '回答', exact: true })
      .or(page.getByRole('link', { name: '回答', exact: true }))
      .first()
      .click();
  });
  await test.step('必要内容を入力する', async () => {
    await expect(page).toHaveURL(new RegExp(`/cases/${caseId}/answer$`));
    const section = (name: string) => page.getByRole('region', { name });
    await section('ご購入者情報').getByRole('textbox', { name: /^氏名/ }).fill('山田 花子');
    await section('ご購入者情報')
      .getByRole('textbox', { name: /^メールアドレス/ })
      .fill('ｈａｎａｋｏ@example.jp');
    await section('詳細商品名').getByRole('textbox').fill('文庫「潮の満ちる町」上下巻');
    await section('商品発送状況')
      .getByRole('textbox', { name: /^注文日/ })
      .fill('令和8年10月1日');
    await section('商品発送状況')
      .getByRole('textbox', { name: /^発送日/ })
      .fill('2026/10/2');
    await section('商品発送状況').getByLabel('ご購入者住所と同じ').check();
    await section('お客様向け問合せ窓口')
      .getByRole('textbox', { name: /^窓口名/ })
      .fill('お客様相談室');
    await section('過去の利用実績など')
      .getByRole('textbox')
      .fill('2025年4月のご登録以来、12回のご購入があります。');
    await picture(page, 'answer');
  });
  await test.step('「確認」ボタンをクリックする', async () => {
    await page.getByRole('button', { name: '確認', exact: true }).click();
    await expect(page).toHaveURL(/\/answer\/check/);
    await expect(page.getByText('hanako@example.jp').first()).toBeVisible();
    await expect(page.getByText('2026年10月1日(木)').first()).toBeVisible();
    await expect(page.getByText('未入力').first()).toBeVisible();
    await expect(page.getByText(/「登録」ボタン押下後の修正や取消はできません/).first()).toBeVisible();
    await expect(page.getByText('sbps-support@sbpayment.jp').first()).toBeVisible();
    await picture(page, 'check');
  });
  await test.step('「登録」ボタンをクリックし、「OK」ボタンをクリックする', async () => {
    await page.getByRole('button', { name: '登録', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toBeVisible();
    await picture(page, 'dialog');
    await dialog.getByRole('button', { name: 'OK' }).dblclick();
  });
  await test.step('自動で「依頼管理情報」タブへ遷移し、ステータスが「クローズ:回答実行済」に変更される', async () => {
    await expect(page).toHaveURL(new RegExp(`/cases/${caseId}$`));
    await expect(page.getByRole('tab', { name: '依頼管理情報', selected: true })).toBeVisible();
    await expect(page.getByText('クローズ:回答実行済').first()).toBeVisible();
    await picture(page, 'answered');
  });
});
