import type { PersonalNews } from '#src/domain/personal-news.ts';
import { fill, type Locale, type Text, text } from '#src/domain/text.ts';
import { addresseeOf, instantIn, type Letter, notesOf, oneLine, type Sender } from './letter.ts';

type How = { sender: Sender; locale: Locale };

/** A mail about somebody's own account: what happened or is to be done, until when, and what to do if it was not them. */
export function personalLetter(news: PersonalNews, name: string, { sender, locale }: How): Letter {
  const { subject, paragraphs, link } = words[news.kind];
  const values = { providerName: sender.providerName, ...numbersOf(news) };
  const say = (each: Text): string => fill(each[locale], values);
  return {
    locale,
    subject: `[${sender.providerName}]${say(subject)}`,
    addressee: [addresseeOf(name, locale)],
    paragraphs: [greeting, ...paragraphs].map(say),
    facts: factsOf(news, locale),
    link: { label: link[locale], url: sender.baseUrl + ('path' in news ? news.path : pathOf(news)) },
    notes: notesOf(sender, locale),
  };
}

const numbersOf = (news: PersonalNews): Record<string, number> =>
  Object.fromEntries(
    Object.entries(news)
      .filter(([, value]) => typeof value === 'number')
      .map(([name, value]) => [name, Number(value)]),
  );

/** Where somebody goes who did not do this themselves: a new password ends what a stranger may have begun. */
const pathOf = ({ kind }: PersonalNews): string =>
  kind === 'account_locked' ? '/login' : '/forgotten-password';

function factsOf(news: PersonalNews, locale: Locale): Letter['facts'] {
  const facts: [Text, string][] = [];
  if (news.kind === 'invitation' && news.merchantName !== null)
    facts.push([merchant, oneLine(news.merchantName)]);
  if (news.kind === 'password_reset') facts.push([userId, oneLine(news.userId)]);
  if ('at' in news) facts.push([when, instantIn(news.at, locale)]);
  if (news.kind === 'invitation') facts.push([validFor, fill(hours[locale], { count: news.hours })]);
  if (news.kind === 'password_reset' || news.kind === 'email_confirmation')
    facts.push([validFor, fill(minutes[locale], { count: news.minutes })]);
  return facts.map(([label, value]) => ({ label: label[locale], value }));
}

const merchant = text('加盟店', 'Merchant');
const userId = text('ユーザーID', 'User id');
const when = text('日時', 'Time');
const validFor = text('有効期限', 'Valid for');
const hours = text('このメールの送信から{count}時間', '{count} hours from when this mail was sent');
const minutes = text('このメールの送信から{count}分', '{count} minutes from when this mail was sent');

const greeting = text(
  '平素より{providerName}をご利用いただき、誠にありがとうございます。',
  'Thank you for using {providerName}.',
);
const once = text(
  'リンクは1回のみご利用いただけます。ほかの方に転送しないでください。',
  'The link works once. Please do not forward it.',
);
const notYou = text(
  'お心当たりがない場合は、すぐに下記よりパスワードを再設定し、管理者またはお問い合わせ先にご連絡ください。',
  'If this was not you, set a new password at once with the link below, and tell your admin or our support.',
);
const forgotten = text('パスワードを再設定する', 'Set a new password');

type Words = { subject: Text; paragraphs: readonly Text[]; link: Text };

const words: Record<PersonalNews['kind'], Words> = {
  invitation: {
    subject: text('ユーザー登録のご案内', 'You are invited'),
    paragraphs: [
      text(
        '加盟店ポータルのユーザーとして招待されました。下記のリンクを開き、登録を完了してください。',
        'You are invited to the merchant portal. Please open the link below to complete your registration.',
      ),
      once,
      text(
        'お心当たりがない場合は、このメールを破棄してください。リンクを開かないかぎり、登録は行われません。',
        'If you do not expect this, please delete this mail. Nothing is registered unless you open the link.',
      ),
    ],
    link: text('登録を完了する', 'Complete the registration'),
  },
  password_reset: {
    subject: text('パスワード再設定のご案内', 'Set a new password'),
    paragraphs: [
      text(
        'パスワードの再設定を受け付けました。下記のリンクより、新しいパスワードを設定してください。',
        'Somebody asked for a new password for your account. Please set it with the link below.',
      ),
      once,
      text(
        'お心当たりがない場合は、このメールを破棄してください。パスワードは変更されません。',
        'If this was not you, please delete this mail. Your password stays as it is.',
      ),
    ],
    link: forgotten,
  },
  email_confirmation: {
    subject: text('メールアドレスのご確認', 'Confirm your mail address'),
    paragraphs: [
      text(
        'メールアドレスの変更を受け付けました。下記のリンクを開くと、変更が完了します。',
        'You asked to change your mail address to this one. Open the link below to complete the change.',
      ),
      once,
    ],
    link: text('メールアドレスを確認する', 'Confirm the mail address'),
  },
  password_changed: {
    subject: text('パスワード変更のお知らせ', 'Your password was changed'),
    paragraphs: [
      text(
        'パスワードが変更されました。ほかの端末のログインはすべて終了しています。',
        'Your password was changed. You were logged out everywhere else.',
      ),
      notYou,
    ],
    link: forgotten,
  },
  email_changed: {
    subject: text('メールアドレス変更のお知らせ', 'Your mail address was changed'),
    paragraphs: [
      text(
        'ご登録のメールアドレスが変更されました。このお知らせは、変更前と変更後の両方の宛先に送信しています。',
        'The mail address of your account was changed. This is sent to the address before and to the new one.',
      ),
      notYou,
    ],
    link: forgotten,
  },
  second_factor_changed: {
    subject: text('二要素認証変更のお知らせ', 'Your second factor was changed'),
    paragraphs: [
      text('二要素認証の設定が変更されました。', 'The second factor of your account was changed.'),
      notYou,
    ],
    link: forgotten,
  },
  account_locked: {
    subject: text('ログイン制限のお知らせ', 'Logging in is locked for a while'),
    paragraphs: [
      text(
        'ログインの失敗が続いたため、{minutes}分間ログインを制限しています。ログイン中の端末はそのままご利用いただけます。',
        'Logging in failed again and again, so it is locked for {minutes} minutes. Where you are logged in you can go on.',
      ),
      text(
        'お心当たりがない場合、第三者がログインを試みた可能性があります。パスワードは知られていませんが、管理者にお知らせください。',
        'If this was not you, somebody else may have tried. They do not know your password; please tell your admin.',
      ),
    ],
    link: text('ログイン画面', 'Log in'),
  },
};
