import { fill, type Locale, type Text, text } from './text.ts';

/**
 * Everything that can be wrong with one value, and the words for it. `{label}` is the field's label; the other places are
 * filled from the problem's params. A problem that is a warning does not stop anything.
 */
export const problemTexts = {
  required: text('{label}を入力してください。', 'Enter {label}.'),
  choice_required: text('{label}を選択してください。', 'Choose {label}.'),
  one_of_required: text('{labels}のうち少なくとも1つを入力してください。', 'Enter at least one of {labels}.'),
  too_long: text(
    '{max}文字以内で入力してください(現在{length}文字)。',
    'Use at most {max} characters (now {length}).',
  ),
  too_many: text('{max}件までです。', 'At most {max} are possible.'),
  not_text: text('文字で指定してください。', 'This must be text.'),
  not_readable: text(
    '使用できない文字(制御文字など)が含まれています。',
    'This contains characters that cannot be used, such as control characters.',
  ),
  card_number: text(
    'カード番号と思われる数字が含まれています。カード番号は入力できません(下4桁のみ可)。',
    'This looks like a card number. Card numbers cannot be entered (the last four digits can).',
  ),
  not_a_day: text(
    '日付として読み取れません。例:2026/11/23、令和8年11月23日',
    'This is no date. Examples: 2026-11-23, 2026/11/23',
  ),
  not_an_instant: text(
    '日時として読み取れません。例:2026/11/23 17:00',
    'This is no date and time. Example: 2026/11/23 17:00',
  ),
  not_an_email: text(
    'メールアドレスの形式ではありません。例:name@example.jp',
    'This is no mail address. Example: name@example.jp',
  ),
  not_a_phone: text(
    '電話番号として読み取れません。例:03-1234-5678、+81-3-1234-5678',
    'This is no phone number. Examples: 03-1234-5678, +81-3-1234-5678',
  ),
  not_a_url: text(
    'URLの形式ではありません。https:// から入力してください。',
    'This is no URL. Start with https://',
  ),
  not_an_amount: text(
    '金額は0以上の数字で入力してください。例:12,800',
    'Enter an amount of 0 or more. Example: 12,800',
  ),
  fraction_too_fine: text(
    '{currency}の小数点以下は{decimals}桁までです。',
    '{currency} has {decimals} decimal places.',
  ),
  wrong_currency: text('金額の通貨は{currency}です。', 'The currency of the amount is {currency}.'),
  not_a_count: text('1から{max}までの整数で入力してください。', 'Enter a whole number from 1 to {max}.'),
  not_a_choice: text('選択肢にない値です。', 'This is none of the choices.'),
  before: text('{label}は{other}以降の日付にしてください。', '{label} cannot be before {other}.'),
  not_after: text('{label}は{other}より後の日付にしてください。', '{label} must be after {other}.'),
  more_items_than: text('{label}の件数が{other}を超えています。', 'There are more {label} than {other}.'),
  charged_after_cancellation: text(
    '最終課金日が解約日より後です。解約後に課金が発生していないか、ご確認ください。',
    'The last charge is after the cancellation. Please check whether a charge was made after cancelling.',
  ),
  never_charged: text(
    '{labels}が未入力です。課金が一度もない場合のみ、このまま登録してください。',
    '{labels} are empty. Go on only if nothing was ever charged.',
  ),
  not_asked: text('この依頼では使用しない項目です。', 'This request does not ask for this.'),
  unknown_field: text('定義されていない項目です。', 'This field is not defined.'),
  missing: text('必須の項目です。', 'This is required.'),
  wrong_form: text('値の形式が正しくありません({expected})。', 'This has the wrong form ({expected}).'),
  unknown_notification_type: text('通知種別が存在しません。', 'There is no such notification type.'),
  unknown_service: text(
    'このMID-SIDのサービスは登録されていません。',
    'No service is registered with this MID-SID.',
  ),
  unknown_merchant: text('このMIDの加盟店は登録されていません。', 'No merchant is registered with this MID.'),
  more_than_own_services: text(
    'ご自身が担当するサービスの範囲で指定してください。',
    'You can only choose services that you are responsible for yourself.',
  ),
  institution_retired: text(
    'この決済機関は受付を終了しています。',
    'This institution is retired: nothing more is taken in from it.',
  ),
  service_stopped: text(
    'この加盟店またはサービスは利用を停止しているため、新しい依頼を受け付けられません。',
    'This merchant or service is stopped: no new requests are taken in for it.',
  ),
  service_missing: text(
    '登録済みのサービスは削除できません。利用しない場合は停止してください。',
    'A service cannot be removed. Stop it if it is no longer used.',
  ),
  service_twice: text('同じSIDが2つあります。', 'This SID is there twice.'),
  unknown_institution: text(
    'この決済機関は登録されていません。',
    'No institution is registered with this id.',
  ),
  not_minor_units: text(
    '金額は通貨の最小単位の整数で指定してください(0から1,000,000,000,000)。JPYに小数はありません。',
    'Give the amount as a whole number of minor units (0 to 1,000,000,000,000). JPY has no fractions.',
  ),
  unknown_operator: text(
    'この担当者は案件を担当できません。一覧から選び直してください。',
    'This operator cannot look after cases. Please choose another one.',
  ),
  unknown_currency: text('ISO 4217の通貨コードではありません。', 'This is no ISO 4217 currency code.'),
  due_before_requested: text('回答期限が依頼日より前です。', 'The answer is due before it was requested.'),
  due_not_later: text(
    '新しい回答期限は、現在の回答期限と現在の時刻より後にしてください。',
    'The new due instant has to be later than the present one, and in the future.',
  ),
  due_too_far: text('回答期限は2年以内にしてください。', 'The answer has to be due within two years.'),
  requested_in_the_future: text('依頼日が未来です。', 'The request lies in the future.'),
  year_not_confirmed: text(
    '回答期限を計算できません。期限までの期間に、休業日が確定していない年があります。回答期限を指定するか、決済代行会社にご連絡ください。',
    'The due instant cannot be computed: on the way to it lies a year whose closing days are not confirmed. Name one, or write to the PSP.',
  ),
  not_in_order: text('終了日は開始日以降の日付にしてください。', 'The last day cannot be before the first.'),
  no_due_rule: text(
    'この決済機関には回答期限の規則がないため、dueAtを指定してください。',
    'This institution has no rule for the due instant; give dueAt.',
  ),
  not_an_inquiry: text('利用照会ではない通知です({said})。', 'This is no inquiry ({said}).'),
  due_changed: text(
    '決済事業者が回答期限を{due}に変更しています。案件の回答期限は変わっていません。ご確認ください。',
    'The provider changed the due instant to {due}. The case is due as before; please look at it.',
  ),
  already_ended: text('すでに終了した照会です。', 'This inquiry is over already.'),
  unknown_account: text(
    'アカウント「{account}」に対応するMID-SIDがありません。',
    'No MID-SID is set for the account "{account}".',
  ),
  unknown_reason: text(
    '理由「{reason}」に対応する通知種別がありません。',
    'No notification type is set for the reason "{reason}".',
  ),
  wrong_signature: text('署名が一致しません。', 'The signature does not fit.'),
  mapping_failed: text('変換規則でエラーが発生しました:{why}', 'The mapping rule failed: {why}'),
  different_content: text(
    '同じ管理番号で内容の異なる依頼がすでにあります。',
    'There is a request with the same reference and other content.',
  ),
  password_too_short: text(
    'パスワードは{min}文字以上で入力してください(現在{length}文字)。関係のない単語をいくつか並べると、長くて覚えやすくなります。',
    'Use at least {min} characters (now {length}). A few words that have nothing to do with each other are long and easy to keep.',
  ),
  password_known_words: text(
    '氏名・ユーザーID・メールアドレス・サービス名や、よく使われる単語がほとんどを占めています。関係のない単語を加えてください。',
    'This is little more than your name, user id, mail address, the name of the service or well-known words. Add words that have nothing to do with them.',
  ),
  password_pattern: text(
    '同じ文字や、並びの決まった文字(1234、qwertyなど)の繰り返しがほとんどを占めています。関係のない単語を加えてください。',
    'This is little more than repeated characters or rows such as 1234 or qwerty. Add words that have nothing to do with them.',
  ),
  password_common: text(
    '多くの人が使っているパスワードのため、推測されるおそれがあります。別のパスワードにしてください。',
    'Many people use this password, so it is soon guessed. Choose another one.',
  ),
  password_used_before: text(
    '最近使用したパスワードです。直近{count}回とは異なるパスワードにしてください。',
    'You used this password a short while ago. Choose one that differs from your last {count}.',
  ),
  wrong_password: text('現在のパスワードが正しくありません。', 'This is not your current password.'),
  reference_taken: text(
    '同じ照会番号で、内容の異なる依頼が登録されています。',
    'A request with this reference and other content is there already.',
  ),
  file_empty: text(
    'ファイルにデータがありません。1行目に列名が必要です。',
    'The file is empty. Its first line has to name the columns.',
  ),
  file_unknown_format: text(
    'CSVまたはXLSXのファイルではありません。',
    'This is neither a CSV nor an XLSX file.',
  ),
  file_old_or_encrypted: text(
    'パスワード付き、または古い形式(.xls)のファイルです。パスワードを外し、.xlsx形式で保存してください。',
    'The file has a password or is of the old format (.xls). Take the password off and save it as .xlsx.',
  ),
  file_macro: text(
    'マクロを含むファイルは取り込めません。.xlsx形式で保存してください。',
    'Files with macros are not taken in. Save it as .xlsx.',
  ),
  file_broken: text('ファイルが壊れているため、読み取れません。', 'The file is broken and cannot be read.'),
  file_erased: text('ファイル本体は消去されました。', 'The file itself was erased.'),
  file_too_large: text('ファイルは{max}MBまでです。', 'A file has at most {max} MB.'),
  file_too_much_inside: text(
    '展開後のサイズが大きすぎます。ファイルを分割してください。',
    'The file becomes too large when it is unpacked. Please split it.',
  ),
  file_too_many_lines: text(
    '1ファイルは{max}行までです。ファイルを分割してください。',
    'A file has at most {max} lines. Please split it.',
  ),
  file_too_many_columns: text('列は{max}列までです。', 'A file has at most {max} columns.'),
  file_cell_too_long: text(
    '{line}行目に{max}文字を超えるセルがあります。',
    'A cell in line {line} has more than {max} characters.',
  ),
  file_quote_open: text(
    '{line}行目の引用符(")が閉じられていません。',
    'A quotation mark (") in line {line} is not closed.',
  ),
  file_duplicate_header: text(
    '{column}列目の列名が、ほかの列と同じです。列名は1つずつ異なる必要があります。',
    'Column {column} has the name of another one. Names of columns have to differ.',
  ),
  file_wrong_encoding: text(
    '文字コードがUTF-8でもShift_JISでもありません。CSV(UTF-8)で保存し直してください。',
    'The text is neither UTF-8 nor Shift_JIS. Save it as CSV (UTF-8).',
  ),
  not_json: text('JSONとして読み取れません。', 'This is not JSON.'),
  not_utf8: text('UTF-8の文字列ではありません。', 'This is not valid UTF-8.'),
  line_too_long: text('1行は{max}バイトまでです。', 'A line has at most {max} bytes.'),
} as const satisfies Record<string, Text>;

export type ProblemCode = keyof typeof problemTexts;

/** One thing that is wrong: where (a JSON pointer into what was sent), what, and the values its message needs. */
export type Problem = {
  pointer: string;
  code: ProblemCode;
  /** Values for the message's places; texts are shown in the reader's language. */
  params?: Readonly<Record<string, string | number | Text | readonly Text[]>>;
};

const separators: Record<Locale, string> = { ja: '、', en: ', ' };

/** The message of a problem in the reader's language. */
export function problemMessage({ code, params = {} }: Problem, locale: Locale): string {
  const values = Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      if (typeof value === 'string' || typeof value === 'number') return [name, value];
      const texts = 'ja' in value ? [value] : value;
      return [name, texts.map((each) => each[locale]).join(separators[locale])];
    }),
  );
  return fill(problemTexts[code][locale], values);
}
