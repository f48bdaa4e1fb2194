import { fill, text } from '#src/domain/text.ts';
import {
  addresseeOf,
  instantIn,
  type Letter,
  notesOf,
  oneLine,
  type Sender,
} from '#src/modules/mail/index.ts';
import type { UnreachableContact } from '#src/modules/merchants/index.ts';
import type { Admin } from '#src/modules/people/index.ts';

/** The mail about a contact whose mails do not arrive. It does not say whose address it is: that stands on the page. */
export const unreachableLetter =
  ({ mid, merchantName, sid, since, open }: UnreachableContact, sender: Sender) =>
  ({ name, locale }: Admin): Letter => ({
    locale,
    subject: `[${sender.providerName}]${subject[locale]}(${mid}${sid === null ? '' : `-${sid}`})`,
    addressee: [addresseeOf(name, locale)],
    paragraphs: [what[locale], next[locale]],
    facts: [
      { label: merchantLabel[locale], value: oneLine(merchantName) },
      { label: sinceLabel[locale], value: instantIn(since, locale) },
      { label: openLabel[locale], value: fill(count[locale], { open }) },
    ],
    link: { label: look[locale], url: `${sender.baseUrl}/settings/contacts?mid=${mid}` },
    notes: notesOf(sender, locale),
  });

const subject = text('連絡先にメールが届いていません', 'Mails to a contact do not arrive');
const what = text(
  'ご登録の連絡先へのメールが受信側で拒否されたか、不達として戻りました。この連絡先の方は、新しい依頼や回答期限をご存じない可能性があります。',
  'Mails to a registered contact were refused or came back. This contact may not know of new requests and their due dates.',
);
const next = text(
  '連絡先の画面でアドレスをご確認のうえ、変更するか、テストメールをお送りください。回答待ちの依頼は、期限までにご回答ください。',
  'Please look at the address on the page of contacts, change it or send a test mail. Requests that wait are still to be answered in time.',
);
const merchantLabel = text('加盟店', 'Merchant');
const sinceLabel = text('最初に届かなかった日時', 'Since');
const openLabel = text('回答待ちの依頼', 'Requests that wait');
const count = text('{open}件', '{open}');
const look = text('連絡先の画面を開く', 'Open the page of contacts');
