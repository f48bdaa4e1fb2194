import { demoKeys, demoUsers } from './demo-parties.ts';

/** What the demo prints once it is ready: who can log in, and with which keys the API is called. */
export function demoGreeting(baseUrl: string): string {
  const width = Math.max(...demoUsers.map(({ password }) => password.length)) + 2;
  const users = demoUsers.map(
    ({ loginId, password, who }) => `  ${loginId.padEnd(8)}${password.padEnd(width)}${who}`,
  );
  const keys = demoKeys.map(({ owner, key }) => `  ${key}  ${owner}`);
  return [
    '',
    `  ${'user id'.padEnd(8)}${'password'.padEnd(width)}who`,
    ...users,
    '',
    '  API keys (Authorization: Bearer …)',
    ...keys,
    '',
    `  Mails: ${baseUrl}/demo/mailbox    API: ${baseUrl}/docs    Start over: npm run demo:reset`,
    '',
  ].join('\n');
}
