import { type Day, dayOf } from './days.ts';
import { type Text, text } from './text.ts';

/** How the files of answers (返送ファイル) can be written. */
export const returnEncodings = {
  utf8_bom: text('UTF-8(BOM付き)', 'UTF-8 with a byte order mark'),
  shift_jis: text('Shift_JIS(CP932)', 'Shift_JIS (CP932)'),
} as const satisfies Record<string, Text>;

export type ReturnEncoding = keyof typeof returnEncodings;

export const returnEncodingCodes = Object.keys(returnEncodings) as ReturnEncoding[];

/** What a line of a file can tell of an answer. The Japanese words head the columns, so they never change. */
export const returnColumns = {
  case_number: text('依頼管理番号', 'Case number'),
  institution_reference: text('照会番号', 'Institution\u2019s reference'),
  mid: text('MID', 'MID'),
  sid: text('SID', 'SID'),
  notification_type: text('通知種別コード', 'Code of the notification type'),
  notification_label: text('通知種別', 'Notification type'),
  tracking_id: text('トラッキングID', 'Tracking id'),
  order_id: text('購入ID', 'Order id'),
  amount: text('請求金額', 'Amount'),
  currency: text('通貨', 'Currency'),
  version: text('版', 'Version'),
  registered_at: text('回答日時', 'Registered at'),
  late: text('期限後', 'Late'),
  answer: text('回答内容', 'Answer as shown'),
  content: text('回答データ(JSON)', 'Answer as JSON'),
  sha256: text('SHA-256', 'SHA-256'),
} as const satisfies Record<string, Text>;

export type ReturnColumn = keyof typeof returnColumns;

export const returnColumnCodes = Object.keys(returnColumns) as ReturnColumn[];

/** A time of day, `09:00`. */
export const timeOfDay = /^([01][0-9]|2[0-3]):[0-5][0-9]$/;

const lookBackDays = 31;
const msPerDay = 86_400_000;

/** The last time of a schedule that is not after now; undefined when there was none within a month. */
export function lastTimeOf(
  times: readonly string[],
  now: Date,
  isBusinessDay: (day: Day) => boolean,
): Date | undefined {
  const inOrder = [...times].sort().reverse();
  for (let back = 0; back <= lookBackDays; back += 1) {
    const day = dayOf(new Date(now.getTime() - back * msPerDay));
    if (!isBusinessDay(day)) continue;
    const found = inOrder.map((time) => new Date(`${day}T${time}:00+09:00`)).find((each) => each <= now);
    if (found) return found;
  }
  return undefined;
}
