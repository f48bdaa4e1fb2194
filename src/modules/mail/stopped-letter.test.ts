import { expect, it } from 'vitest';
import { letterText } from './letter-text.ts';
import { stoppedLetter } from './stopped-letter.ts';

const sender = {
  providerName: '決済代行',
  supportMail: 'help@example.jp',
  baseUrl: 'https://portal.example.jp',
};
const stopped = {
  endpointName: '基幹\r\nBcc: x@example.jp',
  since: new Date('2026-11-25T03:00:00Z'),
  waiting: 12,
};

it.each([
  ['ja', 'gone', 'HTTP 410', '12件'],
  ['ja', 'failing', '75時間以上', '2026年11月25日(水) 12:00'],
  ['en', 'gone', 'HTTP 410', 'Not delivered: 12'],
  ['en', 'failing', 'more than 75 hours', '2026-11-25 12:00'],
] as const)(
  'tells in %s that an endpoint was switched off as %s, and what to do',
  (locale, reason, ...said) => {
    const text = letterText(stoppedLetter({ ...stopped, reason }, { name: '山田 花子', locale, sender }));
    for (const each of [...said, 'https://portal.example.jp/settings/webhooks', '基幹 Bcc: x@example.jp'])
      expect(text).toContain(each);
  },
);
