import { showInstant } from '#src/domain/days.ts';
import { fill, type Locale, text } from '#src/domain/text.ts';
import { addresseeOf, type Letter, notesOf, type Sender } from '#src/modules/mail/index.ts';

type To = { name: string; locale: Locale; sender: Sender };

/** The mail to an admin of the PSP: the clock jumped, and reminders wait for their word. */
export const holdLetter = (
  { putAt, jumpMs }: { putAt: Date; jumpMs: number },
  { name, locale, sender }: To,
): Letter => ({
  locale,
  subject: `[${sender.providerName}]${subject[locale]}`,
  addressee: [addresseeOf(name, locale)],
  paragraphs: [what[locale], next[locale]],
  facts: [
    { label: atLabel[locale], value: showInstant(putAt, locale) },
    {
      label: jumpLabel[locale],
      value: fill(minutes[locale], { minutes: Math.round(jumpMs / 60_000).toLocaleString(locale) }),
    },
  ],
  link: { label: open[locale], url: `${sender.baseUrl}/settings/reminders` },
  notes: notesOf(sender, locale),
});

const subject = text('督促を保留しました(時計の異常)', 'Reminders are held: the clock jumped');
const what = text(
  'データベースの時計が1時間を超えて進んだため、すべての督促を保留しました。加盟店への督促は送信されていません。',
  'The database’s clock jumped ahead by more than an hour, so all reminders are held. No merchant was reminded.',
);
const next = text(
  '時計をご確認のうえ、督促の画面で、保留を解除する(案件ごとに最新の督促を1通だけ送信する)か、保留中の督促を取りやめるかを選んでください。',
  'Please check the clock. Then choose on the page of reminders to release them (one reminder for each case, the latest) or to skip those that were missed.',
);
const atLabel = text('保留した日時', 'Held at');
const jumpLabel = text('時計が進んだ時間', 'Jumped by');
const minutes = text('{minutes}分', '{minutes} minutes');
const open = text('督促の画面を開く', 'Open the page of reminders');
