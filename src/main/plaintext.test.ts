import { expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

it.each([
  ['DATABASE_URL', 'postgresql://db.example.jp/shokai'],
  ['DATABASE_URL', 'postgresql://db.example.jp/shokai?sslmode=no-verify'],
  ['DATABASE_URL', 'postgresql://db.example.jp/shokai?sslmode=require'],
  ['SMTP_URL', 'smtp://mail.example.jp'],
  ['SMTP_URL', 'smtp://mail.example.jp?requireTLS=false'],
  ['REPORT_MAILBOX_URL', 'imap://u:p@mail.example.jp/INBOX'],
  ['BASE_URL', 'http://portal.example.jp'],
])('refuses to send %s=%s in the clear, and says how to mend it', (name, value) => {
  const read = () => readConfig({ [name]: value });
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(new RegExp(`${name}: .*ALLOW_PLAINTEXT=true`));
  expect(() => readConfig({ [name]: value, ALLOW_PLAINTEXT: 'true' })).not.toThrow();
});

it.each([
  ['DATABASE_URL', 'postgresql://db.example.jp/shokai?sslmode=verify-full'],
  ['DATABASE_URL', 'postgresql://127.0.0.1:5432/shokai'],
  ['DATABASE_URL', 'postgresql:///shokai?host=/var/run/postgresql'],
  ['DATABASE_URL', 'postgresql://shokai@%2Fvar%2Frun%2Fpostgresql/shokai'],
  ['SMTP_URL', 'smtps://mail.example.jp'],
  ['SMTP_URL', 'smtp://mail.example.jp:587?requireTLS=true'],
  ['SMTP_URL', 'smtp://localhost:25'],
  ['REPORT_MAILBOX_URL', 'imaps://u:p@mail.example.jp/INBOX'],
  ['REPORT_MAILBOX_URL', 'imap://u:p@mail.example.jp:143?requireTLS=true'],
  ['BASE_URL', 'https://portal.example.jp'],
  ['BASE_URL', 'http://127.0.0.1:3000'],
  ['BASE_URL', 'http://[::1]:3000'],
])('takes %s=%s', (name, value) => {
  expect(() => readConfig({ [name]: value })).not.toThrow();
});
