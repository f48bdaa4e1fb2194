import { showInstant } from '#src/domain/days.ts';
import { type Locale, type Text, text } from '#src/domain/text.ts';
import type { ListedMail, MailPage, ShownMail } from './find-mails.ts';
import { type Html, html } from './html.ts';
import { mailboxStyle } from './mailbox-style.ts';

/** Whom a page is for, and the nonce that lets its style in. */
export type Frame = { locale: Locale; styleNonce: string };

/** The list of the demo's mails, newest first. */
export function listPage({ mails, older }: MailPage, server: string | undefined, frame: Frame): Html {
  const { locale } = frame;
  const where = server === undefined ? words.stay[locale] : `${words.leave[locale]} ${server}`;
  return page(
    words.mailbox[locale],
    html`<h1>${words.mailbox[locale]}</h1>
      <p class="lead">${where}</p>
      ${
        mails.length === 0
          ? html`<p class="empty">${words.empty[locale]}</p>`
          : html`<ol class="mails">${mails.map((mail) => row(mail, locale))}</ol>`
      }
      ${older && html`<p><a href="/demo/mailbox?before=${older}">${words.older[locale]}</a></p>`}`,
    frame,
  );
}

const row = ({ id, subject, toName, toAddress, state, createdAt }: ListedMail, locale: Locale): Html =>
  html`<li>
    <a class="subject" href="/demo/mailbox/${id}">${subject}</a>
    <span class="to">${toName} <span class="faint">&lt;${toAddress}&gt;</span></span>
    <span class="when"><span class="state ${state}">${states[state][locale]}</span>
      <time datetime="${createdAt.toISOString()}">${showInstant(createdAt, locale)}</time></span>
  </li>`;

/** One mail: its HTML in a frame that may do nothing but open links, and its text. */
export function mailPage(mail: ShownMail, frame: Frame): Html {
  const { locale } = frame;
  const facts: [Text, string][] = [
    [words.to, `${mail.toName} <${mail.toAddress}>`],
    [words.written, showInstant(mail.createdAt, locale)],
    [words.state, states[mail.state][locale]],
    [words.messageId, mail.messageId],
  ];
  return page(
    mail.subject,
    html`<p><a href="/demo/mailbox">← ${words.back[locale]}</a></p>
      <h1>${mail.subject}</h1>
      <dl>${facts.map(([label, value]) => html`<div><dt>${label[locale]}</dt><dd>${value}</dd></div>`)}</dl>
      <iframe title="${words.body[locale]}" src="/demo/mailbox/${mail.id}/html"
        sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>
      <h2>${words.textPart[locale]}</h2>
      <pre tabindex="0">${linked(mail.text)}</pre>`,
    frame,
  );
}

/** There is no such mail. */
export const noMailPage = (frame: Frame): Html =>
  page(
    words.noMail[frame.locale],
    html`<h1>${words.noMail[frame.locale]}</h1>
      <p><a href="/demo/mailbox">← ${words.back[frame.locale]}</a></p>`,
    frame,
  );

const linked = (body: string): Html[] =>
  body
    .split(/(https?:\/\/[!-~]+)/)
    .map((part, index) => (index % 2 === 1 ? html`<a href="${part}">${part}</a>` : html`${part}`));

const page = (title: string, content: Html, { locale, styleNonce }: Frame): Html =>
  html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${title} | Shokai</title>
<style nonce="${styleNonce}">${mailboxStyle}</style>
</head>
<body>
<header><a href="/">Shokai</a> <span>${words.demo[locale]}</span></header>
<main>${content}</main>
</body>
</html>`;

const words = {
  demo: text('デモ環境', 'Demo'),
  mailbox: text('デモ用メールボックス', 'Mailbox of the demo'),
  stay: text(
    'このデモのメールは外部に送信されず、すべてここに届きます。',
    'Mails of this demo do not leave it; all of them arrive here.',
  ),
  leave: text(
    'このデモのメールは、次のメールサーバーへ送信されます：',
    'Mails of this demo go to the mail server',
  ),
  empty: text(
    'メールはまだありません。依頼が到着すると、しばらくしてここに届きます。',
    'There are no mails yet. A while after a request comes in, its mail arrives here.',
  ),
  older: text('以前のメール', 'Older mails'),
  back: text('メール一覧', 'All mails'),
  to: text('宛先', 'To'),
  written: text('日時', 'Time'),
  state: text('状態', 'State'),
  messageId: text('Message-ID', 'Message-ID'),
  body: text('メール本文', 'Body of the mail'),
  textPart: text('テキスト形式', 'As text'),
  noMail: text('このメールはありません', 'There is no such mail'),
} as const satisfies Record<string, Text>;

const states = {
  kept: text('受信済み', 'Arrived'),
  queued: text('送信待ち', 'Waiting to be sent'),
  sent: text('送信済み', 'Sent'),
  failed: text('送信失敗', 'Failed'),
  cancelled: text('取りやめ', 'Cancelled'),
} as const satisfies Record<ListedMail['state'], Text>;
