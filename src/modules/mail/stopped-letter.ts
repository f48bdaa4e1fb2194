import { fill, type Locale, type Text, text } from '#src/domain/text.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { addresseeOf, instantIn, type Letter, notesOf, oneLine, type Sender } from './letter.ts';
import { type MailParts, writeMail } from './write-mail.ts';

/** A webhook endpoint that was switched off. */
export type Stopped = { endpointName: string; reason: 'gone' | 'failing'; since: Date; waiting: number };

type Recipient = { name: string; address: string; locale: Locale };

/** Writes to somebody that a webhook endpoint was switched off. The mail belongs to no service and to no case. */
export const writeStoppedMail =
  (how: MailParts) =>
  async (tx: Tx, { name, address, locale }: Recipient, stopped: Stopped): Promise<void> => {
    const letter = stoppedLetter(stopped, { name, locale, sender: how.sender });
    await writeMail(tx, { to: { name, address }, letter, about: null, ...how });
  };

type To = { name: string; locale: Locale; sender: Sender };

/** The mail of it. It names the endpoint as its owner does, and not its address. */
export function stoppedLetter(
  { endpointName, reason, since, waiting }: Stopped,
  { name, locale, sender }: To,
): Letter {
  const say = (words: Text): string => fill(words[locale], { ...sender });
  return {
    locale,
    subject: `[${sender.providerName}]${subject[locale]}`,
    addressee: [addresseeOf(name, locale)],
    paragraphs: [greeting, why[reason], next].map(say),
    facts: [
      { label: endpointLabel[locale], value: oneLine(endpointName) },
      { label: sinceLabel[locale], value: instantIn(since, locale) },
      { label: waitingLabel[locale], value: fill(count[locale], { waiting }) },
    ],
    link: { label: open[locale], url: `${sender.baseUrl}/settings/webhooks` },
    notes: notesOf(sender, locale),
  };
}

const subject = text('Webhook送信停止のお知らせ', 'Webhooks were switched off');
const greeting = text(
  '平素より{providerName}をご利用いただき、誠にありがとうございます。',
  'Thank you for using {providerName}.',
);
const why = {
  gone: text(
    '下記のWebhook送信先が、受信を終了したこと(HTTP 410)を応答したため、送信を停止しました。',
    'The webhook endpoint below answered that it is gone (HTTP 410), so we stopped sending to it.',
  ),
  failing: text(
    '下記のWebhook送信先に75時間以上1件も送信できなかったため、送信を停止しました。',
    'The webhook endpoint below accepted nothing for more than 75 hours, so we stopped sending to it.',
  ),
};
const next = text(
  '未送信の通知は保管しています。送信先をご確認のうえ、Webhookの画面から送信を再開してください。再開すると、保管している通知を順に送信します。',
  'What was not delivered is kept. Please look at the endpoint, then switch it on again on the page of webhooks: all that was kept is sent in order.',
);
const endpointLabel = text('送信先', 'Endpoint');
const sinceLabel = text('送信できなくなった日時', 'Failing since');
const waitingLabel = text('未送信の通知', 'Not delivered');
const count = text('{waiting}件', '{waiting}');
const open = text('Webhookの画面を開く', 'Open the page of webhooks');
