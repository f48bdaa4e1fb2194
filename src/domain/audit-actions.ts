import { type Text, text } from './text.ts';

/** Everything that the audit trail (監査証跡) tells of, by the name that stands in its entries. */
export const auditActions = {
  'case.receive': text('依頼の受付', 'Requests taken in'),
  'case.look': text('案件の閲覧', 'Case looked at'),
  'case.export': text('案件一覧の出力', 'List of cases exported'),
  'case.register_answer': text('回答の登録', 'Answer registered'),
  'case.open_correction': text('訂正の開始', 'Correction opened'),
  'case.withdraw': text('依頼の取下げ', 'Request withdrawn'),
  'case.expire': text('回答期限超過によるクローズ', 'Case expired'),
  'case.hold': text('リーガルホールドの設定', 'Legal hold put'),
  'case.lift_hold': text('リーガルホールドの解除', 'Legal hold lifted'),
  'case.erase': text('保存期間満了による個人情報の消去', 'Personal data erased after its time'),
  'mail.erase': text('保存期間満了によるメール本文の消去', 'Texts of mails erased after their time'),
  'keys.rotate': text('データキーの更新', 'Data key replaced'),
  'draft.look': text('下書きの閲覧', 'Draft looked at'),
  'draft.save': text('下書きの保存', 'Draft saved'),
  'session.start': text('ログイン', 'Logged in'),
  'session.refuse': text('ログインの拒否', 'Log-in refused'),
  'session.begin': text('ログインの開始(パスワードの確認)', 'Log-in begun, the password was right'),
  'session.lock': text('ログインの一時停止', 'Log-in locked after wrong guesses'),
  'session.prove': text('ご本人の再確認', 'Proved once more who they are'),
  'session.switch': text('加盟店の切り替え', 'Went on for another merchant'),
  'session.end': text('ログアウト', 'Logged out'),
  'preferences.change': text('表示設定の変更', 'Preferences changed'),
  'passkey.ask': text('パスキーの確認の開始', 'Passkey asked for'),
  'factor.offer': text('二要素認証の設定の開始', 'Set-up of a second factor begun'),
  'factor.add': text('二要素認証の追加', 'Second factor added'),
  'factor.remove': text('二要素認証の削除', 'Second factor removed'),
  'factor.reset': text('二要素認証の解除', 'Second factors reset by an admin'),
  'recovery_codes.create': text('リカバリーコードの発行', 'Recovery codes issued'),
  'recovery_codes.use': text('リカバリーコードの使用', 'Recovery code used'),
  'user.unlock': text('ログインの一時停止の解除', 'Log-in unlocked'),
  'user.create': text('ユーザーの追加', 'User added'),
  'key.create': text('APIキーの発行', 'API key issued'),
  'webhook.add': text('Webhook送信先の追加', 'Webhook endpoint added'),
  'webhook.change': text('Webhook送信先の変更', 'Webhook endpoint changed'),
  'webhook.remove': text('Webhook送信先の削除', 'Webhook endpoint removed'),
  'webhook.switch_on': text('Webhook送信先の再開', 'Webhook endpoint switched on'),
  'webhook.switch_off': text('Webhook送信先の停止', 'Webhook endpoint switched off'),
  'webhook.rotate_secret': text('Webhook署名シークレットの交換', 'Webhook secret replaced'),
  'webhook.test': text('Webhookのテスト送信', 'Webhook tested'),
  'webhook.replay': text('Webhookの再送', 'Webhooks sent again'),
  'access.refuse': text('アクセスの拒否', 'Access refused'),
  'reply.repeat': text('同じ応答の再送', 'Reply given again'),
  'audit.look': text('監査証跡の閲覧', 'Audit trail looked at'),
  'audit.export': text('監査証跡の出力', 'Audit trail exported'),
  'audit.verify': text('監査証跡の検証', 'Audit trail verified'),
  'audit.anchor': text('監査証跡のアンカー作成', 'Audit trail anchored'),
  'product.start': text('システムの起動', 'Product started'),
  'product.stop': text('システムの停止', 'Product stopped'),
  'schema.migrate': text('データベース構造の更新', 'Database schema changed'),
  'key.rotate': text('APIキーの交換', 'API key replaced by a new one'),
  'key.revoke': text('APIキーの失効', 'API key revoked'),
  'key.rename': text('APIキーの名称変更', 'API key renamed'),
  'contact.add': text('連絡先の追加', 'Contact added'),
  'contact.change': text('連絡先の変更', 'Contact changed'),
  'contact.remove': text('連絡先の削除', 'Contact removed'),
} as const satisfies Record<string, Text>;

export type AuditAction = keyof typeof auditActions;

/** What was done, to what. Ids, codes and counts only: an entry stays for ever, so nothing personal may be in it. */
export type AuditEntry = {
  action: AuditAction;
  subjects: readonly string[];
  details: Readonly<Record<string, string | number | boolean>>;
};
