import { useTexts } from '../../../ui/locale.tsx';
import { texts } from '../form/texts.ts';

export const importFieldNames = [
  ...([
    'institutionReference',
    'notificationType',
    'mid',
    'sid',
    'requestedAt',
    'dueAt',
    'supplement',
  ] as const),
  ...(['trackingId', 'method', 'amount', 'currency', 'paidAt', 'goods', 'productName'] as const),
  ...(['customerId', 'orderId', 'cardBrand', 'cardLast4'] as const),
] as const;

export type ImportField = (typeof importFieldNames)[number];

/** What the fields of a file are called, as in the form. */
export function useFieldLabels(): Record<ImportField, string> {
  const { fields } = useTexts(texts);
  return { ...fields, mid: 'MID', sid: 'SID' };
}
