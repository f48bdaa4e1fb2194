import type { Problem } from './problems.ts';
import { type Text, text } from './text.ts';

type RefusalRow = { status: number; message: Text };

/** Every refusal the product can give: the HTTP status for programs, the message for people. */
export const refusals = {
  invalid_request: {
    status: 400,
    message: text('リクエストの内容に誤りがあります。', 'The request is not valid.'),
  },
  url_not_callable: {
    status: 400,
    message: text(
      'このURLには送信できません。インターネットから接続できる https:// のURLを入力してください。',
      'Nothing can be sent to this URL. Enter one with https:// that is reachable from the internet.',
    ),
  },
  wrong_signature: {
    status: 401,
    message: text(
      '署名を確認できませんでした。シークレットの設定と、送信時の本文が変更されていないことをご確認ください。',
      'The signature does not fit. Check the secret, and that the body arrives as it was signed.',
    ),
  },
  not_signed_in: { status: 401, message: text('ログインしてください。', 'Please log in.') },
  wrong_credentials: {
    status: 401,
    message: text('ユーザーIDまたはパスワードが正しくありません。', 'The user id or the password is wrong.'),
  },
  wrong_factor: {
    status: 401,
    message: text(
      '確認できませんでした。新しいコードで、またはほかの方法でもう一度お試しください。',
      'That did not prove who you are. Try again with a new code, or in another way.',
    ),
  },
  wrong_password: {
    status: 401,
    message: text('パスワードが正しくありません。', 'The password is wrong.'),
  },
  sign_in_expired: {
    status: 401,
    message: text(
      'ログインの手続きの有効期限が切れました。はじめからやり直してください。',
      'Logging in took too long. Please start again.',
    ),
  },
  sso_expired: {
    status: 401,
    message: text(
      'シングルサインオンの手続きの有効期限が切れたか、別のブラウザーで始められたものです。はじめからやり直してください。',
      'This single sign-on took too long, or was begun in another browser. Please start again.',
    ),
  },
  sso_cancelled: {
    status: 401,
    message: text(
      '認証基盤でのログインが取り消されました。もう一度お試しください。',
      'Logging in at the identity provider was cancelled. Please try again.',
    ),
  },
  sso_failed: {
    status: 401,
    message: text(
      '認証基盤からの応答を確認できませんでした。もう一度お試しください。続く場合は管理者にお知らせください。',
      'The reply of the identity provider could not be verified. Please try again, and tell an admin if it stays so.',
    ),
  },
  sso_email_not_verified: {
    status: 403,
    message: text(
      '認証基盤でメールアドレスの確認が済んでいないため、ログインできません。認証基盤の管理者にご確認ください。',
      'The identity provider has not verified your mail address, so you cannot log in. Please ask those who look after it.',
    ),
  },
  sso_unknown_person: {
    status: 403,
    message: text(
      'このアカウントで利用できる運用担当者が登録されていません。ユーザーの登録とメールアドレスを管理者にご確認ください。',
      'No operator is registered for this account. Please have an admin check your user and its mail address.',
    ),
  },
  not_permitted: { status: 403, message: text('この操作を行う権限がありません。', 'You may not do this.') },
  scopes_not_held: {
    status: 403,
    message: text(
      'ご自身にない権限や、この種類のキーにない権限を、APIキーに与えることはできません。',
      'A key cannot be given rights that you do not have yourself, or that this kind of key cannot hold.',
    ),
  },
  proof_required: {
    status: 403,
    message: text(
      'この操作には、あらためてご本人の確認が必要です。',
      'Please prove once more who you are before you do this.',
    ),
  },
  cross_site: {
    status: 403,
    message: text(
      '画面を再読み込みしてから、もう一度お試しください。',
      'Please reload the page and try again. The request did not prove that it came from this site.',
    ),
  },
  not_found: { status: 404, message: text('該当するものが見つかりません。', 'There is no such thing.') },
  case_not_found: { status: 404, message: text('該当する案件が見つかりません。', 'There is no such case.') },
  answer_not_found: {
    status: 404,
    message: text(
      'この案件に、その版の回答は登録されていません。',
      'No such version of an answer is registered for this case.',
    ),
  },
  link_not_valid: {
    status: 404,
    message: text(
      'このリンクは使用済みか、有効期限が切れています。新しいリンクをメールで受け取ってください。',
      'This link was used already or is too old. Please have a new one sent to you.',
    ),
  },
  user_exists: {
    status: 409,
    message: text(
      'このメールアドレスのユーザーは、すでに登録または招待されています。一覧をご確認ください。',
      'There is a user or an invitation with this mail address already. Please look at the list.',
    ),
  },
  invitation_accepted: {
    status: 409,
    message: text(
      'この招待はすでに承諾されたか、取り消されています。一覧をご確認ください。',
      'This invitation was accepted or taken back already. Please look at the list.',
    ),
  },
  not_oneself: {
    status: 409,
    message: text(
      'ご自身を停止したり、ご自身の管理者の役割を外したりすることはできません。ほかの管理者に依頼してください。',
      'You can neither disable yourself nor give up your own role of an admin. Please ask another admin.',
    ),
  },
  last_admin: {
    status: 409,
    message: text(
      '有効な管理者が1人もいなくなるため、変更できません。先にほかのユーザーを管理者にしてください。',
      'This would leave nobody as an admin. Please make somebody else an admin first.',
    ),
  },
  action_not_possible: {
    status: 409,
    message: text('この案件では現在この操作はできません。', 'This cannot be done with the case now.'),
  },
  request_open: {
    status: 409,
    message: text(
      'この案件には、決定を待っている依頼がすでにあります。',
      'A request about this case waits for a decision already.',
    ),
  },
  request_decided: {
    status: 409,
    message: text(
      '決定を待っている依頼がありません。すでに決定済みか、案件の進行により終了しています。',
      'No such request waits for a decision: it was decided already, or the case moved on.',
    ),
  },
  second_person_needed: {
    status: 403,
    message: text(
      '依頼した本人は決定できません。ほかの担当者が決定してください。',
      'Who asked cannot decide; somebody else has to.',
    ),
  },
  somebody_else_registers: {
    status: 403,
    message: text(
      'この決済機関の案件では、前の版を登録したご本人は次の版を登録できません。下書きは保存されています。ほかの担当者が登録してください。',
      'For this institution, whoever registered a version cannot register the next. The draft is kept; a colleague has to register it.',
    ),
  },
  draft_unchanged: {
    status: 409,
    message: text(
      '下書きが登録済みの版から変更されていません。訂正した内容を保存してから登録してください。',
      'The draft is the version that is registered already. Save what is corrected, then register it.',
    ),
  },
  case_erased: {
    status: 409,
    message: text(
      '保存期間が満了したため、この案件の個人情報は消去されました。この操作はできません。',
      'The time for which this case is kept is over and its personal data was erased, so this cannot be done.',
    ),
  },
  case_held: {
    status: 409,
    message: text(
      'この案件にはすでにリーガルホールドが設定されています。',
      'There is a legal hold on this case already.',
    ),
  },
  case_not_held: {
    status: 409,
    message: text('この案件にリーガルホールドは設定されていません。', 'There is no legal hold on this case.'),
  },
  already_answered: {
    status: 409,
    message: text(
      'この案件にはすでに回答が登録されています。',
      'An answer to this case is registered already.',
    ),
  },
  case_expired: {
    status: 409,
    message: text('回答の受付期間が終了しています。', 'The time in which an answer was accepted is over.'),
  },
  draft_changed: {
    status: 409,
    message: text(
      '確認後に回答内容が変更されました。もう一度ご確認ください。',
      'The draft changed after it was checked. Please check it again.',
    ),
  },
  key_not_active: {
    status: 409,
    message: text(
      'このAPIキーは失効しているか、すでに新しいキーに交換されています。',
      'This key no longer works, or another has taken its place already.',
    ),
  },
  contact_exists: {
    status: 409,
    message: text(
      'このメールアドレスは、同じサービスの連絡先として登録済みです。',
      'This mail address is a contact of the same service already.',
    ),
  },
  institution_exists: {
    status: 409,
    message: text(
      'このIDの決済機関はすでに登録されています。別のIDにしてください。',
      'There is an institution with this id already. Choose another id.',
    ),
  },
  merchant_exists: {
    status: 409,
    message: text(
      'このMIDの加盟店はすでに登録されています。一覧をご確認ください。',
      'There is a merchant with this MID already. Please look at the list.',
    ),
  },
  closing_period_exists: {
    status: 409,
    message: text('同じ期間の休業日がすでに登録されています。', 'There is such a closing period already.'),
  },
  import_not_possible: {
    status: 409,
    message: text(
      'この取込では、その操作は現在できません。画面を再読み込みして状態をご確認ください。',
      'This import does not allow that now. Reload the page to see where it stands.',
    ),
  },
  file_refused: {
    status: 422,
    message: text('ファイルを読み取れません。', 'The file cannot be read.'),
  },
  template_exists: {
    status: 409,
    message: text(
      'この決済機関には同じ名称の定型文があります。別の名称にしてください。',
      'This institution has a template with this name. Choose another name.',
    ),
  },
  filter_exists: {
    status: 409,
    message: text(
      '同じ名称の条件がすでに保存されています。別の名称にしてください。',
      'You have a saved filter with this name. Choose another name.',
    ),
  },
  too_many_filters: {
    status: 409,
    message: text(
      '保存できる条件は30件までです。不要な条件を削除してから保存してください。',
      'You can keep 30 filters at most. Remove one that you do not need.',
    ),
  },
  different_content: {
    status: 409,
    message: text(
      '同じ照会番号で、内容の異なる依頼がすでに受け付けられています。',
      'A request with this reference and other content was taken in before.',
    ),
  },
  return_not_set: {
    status: 409,
    message: text(
      'この決済機関には、ファイルによる返送が設定されていません。先に設定を保存してください。',
      'Returning answers as files is not set up for this institution. Save its settings first.',
    ),
  },
  outlet_not_set: {
    status: 409,
    message: text(
      'この接続では、確認できる回答の送信先が設定されていません。先にAPIキーを保存してください。',
      'This adapter has nothing set up that could be tested. Save the API key first.',
    ),
  },
  reply_not_resendable: {
    status: 409,
    message: text(
      'この回答は再送できません。送信待ちか送信済み、または後の版の回答がすでに送信されています。',
      'This answer cannot be sent again: it waits or was sent, or a later version was sent already.',
    ),
  },
  reply_not_failed: {
    status: 409,
    message: text(
      'この回答の送信は失敗していません。画面を更新して、状態をご確認ください。',
      'Sending this answer has not failed. Load the page again to see where it stands.',
    ),
  },
  webhook_is_on: {
    status: 409,
    message: text(
      'この送信先は稼働中です。削除する場合は、先に送信を停止してください。',
      'This webhook endpoint is on. To remove it, switch it off first.',
    ),
  },
  webhook_is_off: {
    status: 409,
    message: text('この送信先はすでに停止しています。', 'This webhook endpoint is switched off already.'),
  },
  secrets_overlap: {
    status: 409,
    message: text(
      '前回交換したシークレットの併用期間中です。期間の終了後にもう一度お試しいただくか、併用期間を0時間にして交換してください。',
      'The secret before still signs. Try again when it no longer does, or replace it with an overlap of 0 hours.',
    ),
  },
  test_under_way: {
    status: 409,
    message: text(
      'テスト送信の結果を待っています。結果が出てから、もう一度お試しください。',
      'A test is under way. Try again when it is done.',
    ),
  },
  too_many_webhooks: {
    status: 409,
    message: text(
      'Webhook送信先は10件まで登録できます。不要な送信先を削除してから、もう一度お試しください。',
      'There can be ten webhook endpoints at most. Remove one that is no longer needed, then try again.',
    ),
  },
  clock_not_movable: {
    status: 409,
    message: text(
      '時計を進めている途中か、これ以上は進められません。しばらくしてから、または元に戻してからお試しください。',
      'The clock is being moved, or is as far ahead as it can be. Try again in a moment, or set it back first.',
    ),
  },
  idempotency_key_reused: {
    status: 409,
    message: text(
      'このIdempotency-Keyは、別の内容のリクエストで使用されています。',
      'This Idempotency-Key was used for another request.',
    ),
  },
  last_factor: {
    status: 409,
    message: text(
      '二要素認証は必須のため、最後の1つは削除できません。先にほかの方法を追加してください。',
      'A second factor is required, so the last one cannot be removed. Add another one first.',
    ),
  },
  factors_shared: {
    status: 409,
    message: text(
      'この利用者の二要素認証は解除できません。サポートへご連絡ください。',
      'You cannot reset the second factors of this user. Please write to support.',
    ),
  },
  setup_expired: {
    status: 409,
    message: text(
      '設定の有効期限が切れました。はじめからやり直してください。',
      'The set-up took too long. Please start it again.',
    ),
  },
  contact_changed: {
    status: 412,
    message: text(
      'ほかの担当者がこの連絡先を先に変更しました。最新の内容をご確認ください。',
      'Somebody else changed this contact first. Please look at its newest version.',
    ),
  },
  draft_conflict: {
    status: 412,
    message: text(
      'ほかの担当者が先に保存しました。最新の内容をご確認ください。',
      'Somebody else saved first. Please look at the newest version.',
    ),
  },
  changed_meanwhile: {
    status: 412,
    message: text(
      'ほかの管理者が先に変更しました。最新の内容をご確認のうえ、もう一度お試しください。',
      'Somebody else changed this first. Please look at the newest version and try again.',
    ),
  },
  too_large: { status: 413, message: text('送信された内容が大きすぎます。', 'What was sent is too large.') },
  wrong_media_type: {
    status: 415,
    message: text('このContent-Typeには対応していません。', 'This Content-Type is not supported.'),
  },
  too_slow: {
    status: 408,
    message: text(
      '送信が時間内に完了しませんでした。もう一度お試しください。',
      'What was sent did not arrive in time. Please try again.',
    ),
  },
  headers_too_large: {
    status: 431,
    message: text('URLまたはヘッダーが長すぎます。', 'The URL or the headers are too long.'),
  },
  answer_incomplete: {
    status: 422,
    message: text('未入力または誤りのある項目があります。', 'Something is missing or wrong in the answer.'),
  },
  factor_refused: {
    status: 422,
    message: text(
      '確認できなかったため、登録していません。新しいコードで、または最初からもう一度お試しください。',
      'It could not be verified, so it was not added. Try a new code, or start again.',
    ),
  },
  password_refused: {
    status: 422,
    message: text(
      'パスワードを設定できません。理由を確認し、別のパスワードを入力してください。',
      'The password cannot be set. Please see why, and enter another one.',
    ),
  },
  draft_not_storable: {
    status: 422,
    message: text('保存できない項目があります。', 'Some of it cannot be stored.'),
  },
  request_invalid: {
    status: 422,
    message: text('依頼の内容に誤りがあります。', 'The request to the merchant is not valid.'),
  },
  version_required: {
    status: 428,
    message: text(
      'If-Matchヘッダーで編集前のバージョンを指定してください。',
      'Name the version you edited in the If-Match header.',
    ),
  },
  too_many_attempts: {
    status: 429,
    message: text(
      'ログインの失敗が続いたため、一時的にログインできません。{minutes}分後にもう一度お試しください。',
      'Too many failed attempts. Please try again in {minutes} minutes.',
    ),
  },
  too_many_requests: {
    status: 429,
    message: text(
      'リクエストが多すぎます。しばらくしてからお試しください。',
      'Too many requests. Please try again later.',
    ),
  },
  internal_error: {
    status: 500,
    message: text(
      'エラーが発生しました。時間をおいてもう一度お試しください。',
      'Something went wrong on our side. Please try again later.',
    ),
  },
  too_busy: {
    status: 503,
    message: text(
      'ログインが混み合っています。しばらくしてからもう一度お試しください。',
      'Many people are logging in. Please try again in a moment.',
    ),
  },
  sso_unreachable: {
    status: 503,
    message: text(
      '認証基盤に接続できません。しばらくしてからもう一度お試しいただくか、ユーザーIDとパスワードでログインしてください。',
      'The identity provider cannot be reached. Please try again in a moment, or log in with your user id and password.',
    ),
  },
  reminders_not_held: {
    status: 409,
    message: text(
      '督促は保留されていません。ほかの担当者がすでに解除した可能性があります。画面を再読み込みしてください。',
      'Reminders are not held. Somebody else may have ended the hold already. Please load the page again.',
    ),
  },
  busy: {
    status: 503,
    message: text(
      'ただいま混み合っています。何も変更されていません。しばらくしてからもう一度お試しください。',
      'The service is busy. Nothing was changed. Please try again in a moment.',
    ),
  },
  unavailable: {
    status: 503,
    message: text(
      '現在サービスを利用できません。登録できたかどうかは、案件の画面でご確認ください。',
      'The service is not available now. Look at the case to see whether something was registered.',
    ),
  },
} as const satisfies Record<string, RefusalRow>;

export type RefusalCode = keyof typeof refusals;

type Detail = {
  /** Values for the message's places, and facts that a program can use. Never personal data of cardholders. */
  [name: string]: string | number | null;
};

/**
 * An outcome the business expects: what was asked for cannot be done now, or not by this caller. Throwing it rolls the
 * transaction back. Anything else that is thrown is a bug or an outage.
 */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly detail: Detail;
  readonly problems: readonly Problem[];

  constructor(code: RefusalCode, detail: Detail = {}, problems: readonly Problem[] = []) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.detail = detail;
    this.problems = problems;
  }
}
