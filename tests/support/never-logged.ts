/**
 * What the tests put in as people's data and secrets, and what therefore may stand in no log, in no job and in no entry of the
 * audit trail. `scripts/test.ts` looks for all of it when the tests are over.
 */
import { appendFileSync, mkdirSync } from 'node:fs';

/** Where the tests' logs are kept. */
export const folder = 'reports/logs';
/** Where secrets are noted that a test makes up as it runs. */
export const notesFolder = 'reports/never-logged';

/** Names, addresses, passwords, keys and texts that stand in the tests and in the demo. */
export const neverLogged: readonly string[] = [
  // People
  ...['山田 花子', '鈴木 太郎', '高橋 雪', '佐藤 一', '山田', '花子'],
  '03-1234-5678',
  // What institutions ask and merchants answer
  ...['会員様のご登録情報', 'のご回答', '月額プラン', '契約者本人の確認', 'C-1001', '事情により'],
  // Passwords, keys and cookies
  ...['correct horse battery staple', 'shokai-demo-', 'demo-institution-key', 'demo-merchant-key'],
  ...['__Host-session=', 'Bearer '],
  // Card numbers
  ...['4111111111111111', '4111 1111 1111 1111', '5555555555554444', '378282246310005'],
];

/** What may stand nowhere either, whoever's it is: mail addresses, the canaries of `tests/walls/parties.ts`, and tokens. */
export const neverLoggedForms: readonly RegExp[] = [
  // The id of a mail looks like an address, and is ours.
  /(?<![\w.%+-])(?![0-9a-f]{8}-[0-9a-f-]{27}@)[\w.%+-]+(@|%40)[\w-]+(\.[\w-]+)*\.[a-z]{2,}/,
  /zq[0-9a-f]{8}zq/,
  // 256 random bits as we write them: a token of a session, a link, a key.
  /(?<![\w/+-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=[\w-]*\d)[\w-]{43}(?![\w/+=-])/,
];

/** Notes a secret that was made up by a test: a token, a key, a password. */
export function neverLog(secret: string): void {
  mkdirSync(notesFolder, { recursive: true });
  appendFileSync(`${notesFolder}/${process.pid}.txt`, `${secret}\n`);
}
