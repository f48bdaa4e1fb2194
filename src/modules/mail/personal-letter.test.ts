import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import type { PersonalNews } from '#src/domain/personal-news.ts';
import { locales } from '#src/domain/text.ts';
import { styleHashes } from './html.ts';
import { letterHtml } from './letter-html.ts';
import { letterText } from './letter-text.ts';
import { personalLetter } from './personal-letter.ts';

const sender = {
  providerName: 'SBペイメントサービス',
  supportMail: 'sbps-support@sbpayment.jp',
  baseUrl: 'https://portal.example.jp',
};
const at = new Date('2026-11-27T17:00:00+09:00');
const path = '/invitation#secret';

const every: PersonalNews[] = [
  { kind: 'invitation', path, hours: 24, merchantName: '株式会社潮騒' },
  { kind: 'invitation', path, hours: 24, merchantName: null },
  { kind: 'password_reset', path: '/reset-password#secret', minutes: 60, userId: 'hanako' },
  { kind: 'email_confirmation', path: '/confirm-email#secret', minutes: 60 },
  { kind: 'password_changed', at },
  { kind: 'email_changed', at },
  { kind: 'second_factor_changed', at },
  { kind: 'account_locked', at, minutes: 30 },
];

const letterOf = (news: PersonalNews, locale: 'ja' | 'en', name = '山田 花子') =>
  personalLetter(news, name, { sender, locale });

it('says in Japanese who is invited to what, until when, and how to tell a false mail', () => {
  const letter = letterOf(every[0] as PersonalNews, 'ja');
  expect(letter.subject).toBe('[SBペイメントサービス]ユーザー登録のご案内');
  expect(letterText(letter)).toBe(`山田 花子 様

平素よりSBペイメントサービスをご利用いただき、誠にありがとうございます。

加盟店ポータルのユーザーとして招待されました。下記のリンクを開き、登録を完了してください。

リンクは1回のみご利用いただけます。ほかの方に転送しないでください。

お心当たりがない場合は、このメールを破棄してください。リンクを開かないかぎり、登録は行われません。

加盟店\uff1a株式会社潮騒
有効期限\uff1aこのメールの送信から24時間

登録を完了する
https://portal.example.jp/invitation#secret

----------------------------------------

お問い合わせ先\uff1asbps-support@sbpayment.jp

本メールは自動で送信しています。ご返信いただいてもお答えできません。

当社を装ったメールにご注意ください。当社がメールでパスワードやカード番号をお尋ねすることはありません。ログインの前に、画面のアドレスが https://portal.example.jp で始まることをご確認ください。
`);
});

it.each(every)('is whole in both languages, and leads to our own address: $kind', (news) => {
  for (const locale of locales) {
    const letter = letterOf(news, locale);
    const text = `${letter.subject}\n${letterText(letter)}`;
    expect(text).not.toMatch(/[{}]|undefined|null/);
    expect(letter.link.url).toMatch(/^https:\/\/portal\.example\.jp\/[a-z-]+(#secret)?$/);
    expect([locale, /[ぁ-ん]/.test(letterText(letterOf(news, locale, 'Hanako')))]).toEqual([
      locale,
      locale === 'ja',
    ]);
  }
});

it('lets no name pass for words of ours', () => {
  const [addressee] = letterOf(
    every[4] as PersonalNews,
    'ja',
    '花子\n\nパスワードをこちらへ\u202e',
  ).addressee;
  expect(addressee).toBe('花子 パスワードをこちらへ 様');
});

it('has every style of its HTML let in by its hash, also those with quotes in them', async () => {
  const page = letterHtml(letterOf(every[4] as PersonalNews, 'ja'));
  const body =
    "background-color:#f5f7f9;font-family:'Hiragino Sans','Noto Sans JP','Noto Sans CJK JP','Yu Gothic UI',Meiryo,sans-serif;padding:24px 8px";
  expect(page).toContain(body.replaceAll("'", '&#39;'));
  expect(styleHashes(page)).toContain(`'sha256-${createHash('sha256').update(body).digest('base64')}'`);
});
