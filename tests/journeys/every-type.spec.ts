import { answerFormFor } from '#src/domain/answer-form.ts';
import { notificationCodes, notificationType } from '#src/domain/notification-types.ts';
import { goodsKinds } from '#src/domain/section-shape.ts';
import { completeAnswer } from '#tests/support/complete-answer.ts';
import { fillAnswer } from './fill-answer.ts';
import { expect, givenCase, openAs, test } from './journey.ts';

/** Every type once, with the kinds of goods taking turns, so that each condition of the form is met somewhere. */
for (const [index, type] of notificationCodes.entries()) {
  const goods = goodsKinds[index % goodsKinds.length] ?? 'physical';
  test(`${notificationType(type).label.ja} (${goods})`, async ({ page }) => {
    const caseId = await givenCase(page, { type, goods });
    const form = answerFormFor(type, { goods, productNameKnown: false, currency: 'JPY' });
    await openAs(page, 'hanako', `/cases/${caseId}/request`);
    await expect(page.getByText(notificationType(type).label.ja).first()).toBeVisible();
    await page.getByRole('link', { name: '回答', exact: true }).first().click();

    await fillAnswer(page, form, completeAnswer(form, { 'shipping.deliverTo': 'other' }));
    await page.getByRole('button', { name: '確認', exact: true }).click();
    await page.getByRole('button', { name: '登録', exact: true }).click();
    await page.getByRole('button', { name: 'OK', exact: true }).click();

    await expect(page.getByText('回答内容の登録が完了しました。')).toBeVisible();
    await expect(page.getByRole('tab', { name: '依頼管理情報', selected: true })).toBeVisible();
    await expect(page.getByText('クローズ:回答実行済').first()).toBeVisible();
    const { answers } = await (await page.request.get(`/api/v1/cases/${caseId}`)).json();
    expect(answers).toHaveLength(1);
    expect(answers[0].content).toEqual(completeAnswer(form, { 'shipping.deliverTo': 'other' }));
  });
}
