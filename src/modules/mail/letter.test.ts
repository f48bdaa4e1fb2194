import { describe, expect, it } from 'vitest';
import { type Announcement, announcementLetter, type Sender } from './letter.ts';
import { letterHtml } from './letter-html.ts';
import { letterText } from './letter-text.ts';

const sender: Sender = {
  providerName: 'SBペイメントサービス',
  supportMail: 'sbps-support@sbpayment.jp',
  baseUrl: 'https://portal.example.jp',
};

const announcement: Announcement = {
  mid: '12345',
  sid: '001',
  category: 'inquiry_cancellation',
  merchantName: '株式会社みどり書房',
  serviceName: 'みどり書房オンラインストア',
  contactName: '山田 花子',
  count: 3,
  dueAt: new Date('2026-11-27T23:59:59+09:00'),
  duesDiffer: true,
};

const link = 'https://portal.example.jp/cases?mid=12345&sid=001&status=received';

describe('the mail of new requests', () => {
  it('has the subject of the manual, to the letter', () => {
    // 手順書「件名:[SBペイメントサービス]利用照会・代行解約発生のご連絡(MID-SID)」
    expect(announcementLetter(announcement, sender, 'ja').subject).toBe(
      '[SBペイメントサービス]利用照会・代行解約発生のご連絡(12345-001)',
    );
    expect(announcementLetter(announcement, { ...sender, providerName: '照会ペイ' }, 'ja').subject).toBe(
      '[照会ペイ]利用照会・代行解約発生のご連絡(12345-001)',
    );
  });

  it('says in Japanese what happened, how many, until when and where', () => {
    expect(letterText(announcementLetter(announcement, sender, 'ja'))).toBe(`株式会社みどり書房
山田 花子 様

平素よりSBペイメントサービスをご利用いただき、誠にありがとうございます。

下記のサービスについて、決済機関より利用照会・代行解約の依頼が到着しました。ログイン画面より内容をご確認のうえ、回答期限までにご回答をお願いいたします。

MID-SID\uff1a12345-001 みどり書房オンラインストア
依頼件数\uff1a3件
回答期限\uff1a2026年11月27日(金) 23:59 (日本時間)
  ※回答期限は依頼ごとに異なります。最も早いものを記載しています。

ログイン画面
${link}

----------------------------------------

お問い合わせ先\uff1asbps-support@sbpayment.jp

本メールは自動で送信しています。ご返信いただいてもお答えできません。

当社を装ったメールにご注意ください。当社がメールでパスワードやカード番号をお尋ねすることはありません。ログインの前に、画面のアドレスが https://portal.example.jp で始まることをご確認ください。
`);
  });

  it('says the same in English', () => {
    const letter = announcementLetter({ ...announcement, count: 1, duesDiffer: false }, sender, 'en');
    expect(letter.subject).toBe(
      '[SBペイメントサービス]Notice of inquiries and cancellation requests(12345-001)',
    );
    expect(letterText(letter)).toBe(`株式会社みどり書房
Dear 山田 花子,

Thank you for using SBペイメントサービス.

A payment institution has sent requests (Inquiries and cancellations) for the service below. Please log in, see what is asked, and answer before it is due.

MID-SID: 12345-001 みどり書房オンラインストア
Requests: 1
Answer due: Fri 2026-11-27 23:59 (Japan time)

Log in
${link}

----------------------------------------

Questions: sbps-support@sbpayment.jp

This mail is sent automatically; replies are not read.

Beware of mails that only look like ours: we never ask for passwords or card numbers by mail. Before you log in, see that the address of the page begins with https://portal.example.jp.
`);
  });

  it('says the same as HTML, with the login screen as a link', async () => {
    const letter = announcementLetter(announcement, sender, 'ja');
    const html = letterHtml(letter);
    expect(html).toContain('<html lang="ja">');
    expect(hrefs(html)).toEqual([link]);
    const words = wordsOf(html);
    expect(words).toContain(letter.subject);
    for (const line of [
      ...letter.addressee,
      ...letter.paragraphs,
      ...letter.facts.flatMap(({ label, value, note = '' }) => [label, value, note]),
      'ログイン画面',
      ...letter.notes,
    ]) {
      expect(words).toContain(line);
    }
  });

  it('takes names for nothing but names', async () => {
    const letter = announcementLetter(
      {
        ...announcement,
        contactName: '花子 様\r\n\r\n至急\u2028こちら\u202e',
        merchantName: '<a href="https://evil.example">&amp;</a>',
        serviceName: "<script>alert('1')</script>",
      },
      sender,
      'ja',
    );
    expect(letter.addressee).toEqual(['<a href="https://evil.example">&amp;</a>', '花子 様 至急 こちら 様']);
    const html = letterHtml(letter);
    expect(hrefs(html)).toEqual([link]);
    expect(html).not.toContain('<script');
    expect(wordsOf(html)).toContain("<script>alert('1')</script>");
  });
});

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

const decoded = (html: string): string =>
  html.replace(/&(amp|lt|gt|quot|#39);/g, (entity, name: string) => entities[name] ?? entity);

const hrefs = (html: string): string[] =>
  [...html.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => decoded(href));

const wordsOf = (html: string): string => decoded(html.replace(/<!--.*?-->/gs, '').replace(/<[^>]*>/g, '\n'));
