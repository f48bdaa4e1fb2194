import { fill, text } from '#src/domain/text.ts';
import { addresseeOf, type Letter, notesOf, type Sender } from '#src/modules/mail/index.ts';
import type { Admin } from '#src/modules/people/index.ts';

/** The mail to an admin of the PSP: due instants that go through this year cannot be computed until somebody confirms it. */
export const yearLetter =
  (year: number, sender: Sender) =>
  ({ name, locale }: Admin): Letter => ({
    locale,
    subject: fill(`[${sender.providerName}]${subject[locale]}`, { year }),
    addressee: [addresseeOf(name, locale)],
    paragraphs: [fill(what[locale], { year }), next[locale]],
    facts: [{ label: yearLabel[locale], value: String(year) }],
    link: { label: open[locale], url: `${sender.baseUrl}/settings/calendar` },
    notes: notesOf(sender, locale),
  });

const subject = text('{year}年の休業日が未確定です', 'The closing days of {year} are not confirmed');
const what = text(
  '{year}年の休業日がまだ確定されていません。確定されるまで、回答期限の計算に{year}年を含む依頼は、回答期限の指定がない場合に受け付けられません。',
  'Nobody has confirmed the closing days of {year} yet. Until then, requests without a due instant whose due rule goes through {year} are refused.',
);
const next = text(
  '国民の祝日と貴社の休業日をご確認のうえ、営業日・回答期限の画面で確定してください。',
  'Please look at the national holidays and your own closing days, and confirm the year on the page of the calendar.',
);
const yearLabel = text('対象の年', 'Year');
const open = text('営業日・回答期限の画面を開く', 'Open the page of the calendar');
