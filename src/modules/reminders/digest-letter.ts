import { showInstant } from '#src/domain/days.ts';
import { showRemaining } from '#src/domain/due.ts';
import { notificationTypes } from '#src/domain/notification-types.ts';
import type { Audience } from '#src/domain/reminder-ladder.ts';
import { fill, type Locale, type Text, text } from '#src/domain/text.ts';
import { addresseeOf, type Letter, notesOf, oneLine, type Sender } from '#src/modules/mail/index.ts';
import type { Digest, DigestRow } from './read-digest.ts';

export type About = {
  audience: Audience;
  mid: string | null;
  sid: string | null;
  merchantName: string | null;
  serviceName: string | null;
};

type To = { name: string; locale: Locale; sender: Sender };

/** So many cases stand in the mail; the list behind its link has all. */
export const mostRows = 50;

const msPerDay = 86_400_000;
/** From so many days before a case is closed unanswered its reminder says so. */
const lastDays = 7;

/** The one mail of all reminders of a run to somebody: which cases, until when, and nothing of what they are about. */
export function digestLetter(about: About, { now, rows }: Digest, { name, locale, sender }: To): Letter {
  const say = (words: Text, values: Record<string, string | number> = {}): string =>
    fill(words[locale], { ...sender, ...values });
  const isOverdue = rows.some(({ dueAt }) => dueAt <= now);
  const closing = rows.some((row) => isClosing(row, now));
  const subject = isOverdue ? overdueSubject : soonSubject;
  const shown = rows.slice(0, mostRows);
  return {
    locale,
    subject: `[${sender.providerName}]${subject[locale]}${placeOf(about)}`,
    addressee: [...(about.merchantName ? [oneLine(about.merchantName)] : []), addresseeOf(name, locale)],
    paragraphs: [
      ...(about.audience === 'operators' ? [] : [say(greeting)]),
      say(asks[about.audience][isOverdue ? 'overdue' : 'soon']),
      ...(closing ? [say(lastNotice)] : []),
    ],
    facts: factsOf(about, rows.length, locale),
    table: {
      headings: headings.map((heading) => heading[locale]),
      rows: shown.map((row) => cells(row, now, locale)),
      ...(shown.length < rows.length && { note: say(more, { count: rows.length - shown.length }) }),
    },
    link: { label: link[locale], url: listOf(about, isOverdue, sender) },
    notes: notesOf(sender, locale),
  };
}

const placeOf = ({ mid, sid }: About): string => (mid ? `(${sid ? `${mid}-${sid}` : mid})` : '');

const isClosing = ({ dueAt, expiresAt }: DigestRow, now: Date): boolean =>
  dueAt <= now && expiresAt.getTime() - now.getTime() < lastDays * msPerDay;

function factsOf({ mid, sid, serviceName }: About, count: number, locale: Locale): Letter['facts'] {
  const counted = { label: countLabel[locale], value: fill(countText[locale], { count }) };
  if (!mid) return [counted];
  const value = sid ? `${mid}-${sid} ${oneLine(serviceName ?? '')}` : mid;
  return [{ label: sid ? 'MID-SID' : 'MID', value }, counted];
}

function cells(row: DigestRow, now: Date, locale: Locale): string[] {
  const closes = isClosing(row, now)
    ? fill(closesAt[locale], { at: showInstant(row.expiresAt, locale) })
    : '';
  return [
    row.caseId,
    `${row.mid}-${row.sid}`,
    notificationTypes[row.notificationType].label[locale],
    showInstant(row.dueAt, locale),
    `${showRemaining(row.dueAt, now, locale)}${closes}`,
  ];
}

function listOf({ mid, sid }: About, isOverdue: boolean, { baseUrl }: Sender): string {
  const search = new URLSearchParams({
    ...(mid && { mid }),
    ...(sid && { sid }),
    status: 'received,correcting',
    ...(isOverdue && !mid && { due: 'overdue' }),
  });
  return `${baseUrl}/cases?${search}`;
}

const overdueSubject = text('回答期限超過のお知らせ', 'Answers are overdue');
const soonSubject = text('回答期限のお知らせ', 'Answers are due');
const greeting = text(
  '平素より{providerName}をご利用いただき、誠にありがとうございます。',
  'Thank you for using {providerName}.',
);
const asks: Readonly<Record<Audience, { soon: Text; overdue: Text }>> = {
  contacts: {
    soon: text(
      '下記の依頼の回答期限が近づいています。ログイン画面より内容をご確認のうえ、回答期限までにご回答をお願いいたします。',
      'The requests below are due soon. Please log in, see what is asked, and answer before they are due.',
    ),
    overdue: text(
      '下記の依頼に、回答期限までにご回答いただけていないものがあります。期限後もご回答いただけますので、至急ご回答をお願いいたします。',
      'Some of the requests below were not answered before they were due. They can still be answered; please do so at once.',
    ),
  },
  merchant_admins: {
    soon: text(
      '下記の依頼の回答期限が近づいています。貴社のご担当者様の対応状況をご確認ください。',
      'The requests below are due soon. Please see that your people answer them.',
    ),
    overdue: text(
      '下記の依頼に、回答期限までにご回答いただけていないものがあります。貴社のご担当者様の対応状況をご確認のうえ、至急ご回答をお願いいたします。',
      'Some of the requests below were not answered before they were due. Please see that your people answer them at once.',
    ),
  },
  operators: {
    soon: text(
      '下記の案件の回答期限が近づいています。加盟店の対応状況をご確認ください。',
      'The cases below are due soon. Please look at where the merchants stand.',
    ),
    overdue: text(
      '下記の案件は、加盟店に督促しましたが回答期限までに回答がありません。対応状況をご確認ください。',
      'The merchants were reminded of the cases below and did not answer before they were due. Please look after them.',
    ),
  },
};
const lastNotice = text(
  '「クローズ」の日時を記載した依頼は、その日時を過ぎると回答できなくなります。本メールが最後のお知らせとなる場合があります。',
  'Requests with a closing time cannot be answered after it. This may be the last notice.',
);
const countLabel = text('件数', 'Requests');
const countText = text('{count}件', '{count}');
const headings: readonly Text[] = [
  text('依頼管理番号', 'Case number'),
  text('MID-SID', 'MID-SID'),
  text('通知種別', 'Kind'),
  text('回答期限', 'Answer due'),
  text('残り', 'Left'),
];
const closesAt = text('、{at} クローズ', ', closes {at}');
const more = text('ほか{count}件は、一覧でご確認ください。', 'And {count} more, see the list.');
const link = text('依頼の一覧を開く', 'Open the list of cases');
