import { showInstant } from '#src/domain/days.ts';
import { showMoney } from '#src/domain/money.ts';
import type { Schemas } from '../../api/client.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { Facts } from '../parts/Facts.tsx';
import { methodTexts } from '../parts/texts.ts';
import { texts } from './texts.ts';

/** 手順書「『決済情報』タブでは依頼対象の決済手段やトラッキングID、請求金額、顧客IDなどの決済情報の確認ができます」 */
export function PaymentTab({ payment, isErased }: { payment: Schemas['Payment']; isErased: boolean }) {
  const t = useTexts(texts);
  const methods = useTexts(methodTexts);
  const locale = useLocale();
  const { cardBrand, cardLast4, goods } = payment;
  return (
    <Facts
      facts={[
        [t.method, methods[payment.method]],
        [t.trackingId, payment.trackingId],
        [t.amount, showMoney(payment.amount, locale)],
        [t.customerId, isErased ? t.erased : payment.customerId],
        [t.orderId, isErased ? t.erased : payment.orderId],
        [t.paidAt, showInstant(new Date(payment.paidAt), locale)],
        [t.productName, payment.productName ?? (isErased ? t.erased : t.noProductName)],
        [t.goods, t.goodsKinds[goods]],
        [t.recurring, goods === 'subscription' ? t.isRecurring : t.notRecurring],
        ...(cardLast4 ? [[t.card, t.cardDigits(cardBrand ?? '', cardLast4)] as const] : []),
      ]}
    />
  );
}
