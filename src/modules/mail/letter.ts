import { type CategoryCode, categories } from '#src/domain/categories.ts';
import { showInstant } from '#src/domain/days.ts';
import { fill, type Locale, type Text, text } from '#src/domain/text.ts';

/** What a mail says, before it becomes text or HTML. */
export type Letter = {
  locale: Locale;
  subject: string;
  addressee: readonly string[];
  paragraphs: readonly string[];
  facts: readonly { label: string; value: string; note?: string }[];
  table?: LetterTable;
  link: { label: string; url: string };
  notes: readonly string[];
};

/** Rows below the facts, each with a cell for each heading, and what is said below them. */
export type LetterTable = {
  headings: readonly string[];
  rows: readonly (readonly string[])[];
  note?: string;
};

/** How the PSP shows itself in mails. */
export type Sender = { providerName: string; supportMail: string; baseUrl: string };

/** New requests for a service, as one contact is told of them. */
export type Announcement = {
  mid: string;
  sid: string;
  category: CategoryCode;
  merchantName: string;
  serviceName: string;
  contactName: string;
  count: number;
  /** The most urgent due instant, and whether the others are due at another time. */
  dueAt: Date;
  duesDiffer: boolean;
};

/** The mail of new requests. It says how many and until when, and nothing of what they are about. */
export function announcementLetter(announcement: Announcement, sender: Sender, locale: Locale): Letter {
  const { mid, sid, category, count, dueAt, duesDiffer } = announcement;
  const { label, mailSubject } = categories[category];
  const say = (words: Text): string => fill(words[locale], { ...sender, category: label[locale] });
  return {
    locale,
    subject: `[${sender.providerName}]${mailSubject[locale]}(${mid}-${sid})`,
    addressee: [oneLine(announcement.merchantName), addresseeOf(announcement.contactName, locale)],
    paragraphs: paragraphs.map(say),
    facts: [
      { label: serviceLabel[locale], value: `${mid}-${sid} ${oneLine(announcement.serviceName)}` },
      { label: countLabel[locale], value: fill(requests[locale], { count }) },
      {
        label: dueLabel[locale],
        value: instantIn(dueAt, locale),
        ...(duesDiffer && { note: mostUrgent[locale] }),
      },
    ],
    link: { label: login[locale], url: listOf(announcement, sender) },
    notes: notesOf(sender, locale),
  };
}

const listOf = ({ mid, sid }: Announcement, { baseUrl }: Sender): string =>
  `${baseUrl}/cases?mid=${mid}&sid=${sid}&status=received`;

/** A name as one line: what breaks lines or turns the direction of reading could make a name look like the mail's own words. */
export const oneLine = (name: string): string => name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();

/** Whom a letter is to, as one line. */
export const addresseeOf = (name: string, locale: Locale): string =>
  fill(addressee[locale], { name: oneLine(name) });

/** An instant as letters show it, with whose time it is. */
export const instantIn = (instant: Date, locale: Locale): string =>
  `${showInstant(instant, locale)} ${inJapan[locale]}`;

/** What stands below every letter: where to ask, and how to tell a false one. */
export const notesOf = (sender: Sender, locale: Locale): string[] =>
  notes.map((note) => fill(note[locale], sender));

const addressee = text('{name} 様', 'Dear {name},');

const paragraphs: readonly Text[] = [
  text(
    '平素より{providerName}をご利用いただき、誠にありがとうございます。',
    'Thank you for using {providerName}.',
  ),
  text(
    '下記のサービスについて、決済機関より{category}の依頼が到着しました。ログイン画面より内容をご確認のうえ、回答期限までにご回答をお願いいたします。',
    'A payment institution has sent requests ({category}) for the service below. Please log in, see what is asked, and answer before it is due.',
  ),
];

const serviceLabel = text('MID-SID', 'MID-SID');
const countLabel = text('依頼件数', 'Requests');
const dueLabel = text('回答期限', 'Answer due');
const requests = text('{count}件', '{count}');
const inJapan = text('(日本時間)', '(Japan time)');
const mostUrgent = text(
  '回答期限は依頼ごとに異なります。最も早いものを記載しています。',
  'Requests are due at different times; this is the first of them.',
);
// 手順書「メール本文中の、ログイン画面URLをクリックする。」
const login = text('ログイン画面', 'Log in');

const notes: readonly Text[] = [
  text('お問い合わせ先：{supportMail}', 'Questions: {supportMail}'),
  text(
    '本メールは自動で送信しています。ご返信いただいてもお答えできません。',
    'This mail is sent automatically; replies are not read.',
  ),
  text(
    '当社を装ったメールにご注意ください。当社がメールでパスワードやカード番号をお尋ねすることはありません。ログインの前に、画面のアドレスが {baseUrl} で始まることをご確認ください。',
    'Beware of mails that only look like ours: we never ask for passwords or card numbers by mail. Before you log in, see that the address of the page begins with {baseUrl}.',
  ),
];
