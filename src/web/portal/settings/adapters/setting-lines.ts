import { notificationCodes } from '#src/domain/notification-types.ts';
import { goodsKinds } from '#src/domain/section-shape.ts';
import type { Settings } from './adapters-api.ts';

/** What lines of settings say, or the number of the first that says nothing. */
export type ReadLines<Entry> = { entries: Entry[]; wrongLine: number | undefined };

export const showReasons = (reasons: Settings['reasons']): string =>
  reasons.map(({ reason, notificationType }) => `${reason} = ${notificationType}`).join('\n');

export const showAccounts = (accounts: Settings['accounts']): string =>
  accounts.map(({ account, mid, sid, goods }) => `${account} = ${mid}-${sid} ${goods}`).join('\n');

export const readReasons = (text: string): ReadLines<Settings['reasons'][number]> =>
  readLines(text, (line) => {
    const [reason, code] = halvesOf(line);
    const notificationType = notificationCodes.find((each) => each === code);
    return reason !== '' && notificationType ? { reason, notificationType } : undefined;
  });

export const readAccounts = (text: string): ReadLines<Settings['accounts'][number]> =>
  readLines(text, (line) => {
    const [account, service] = halvesOf(line);
    const [number = '', kind] = service.split(' ').filter((part) => part !== '');
    const [, mid = '', sid = ''] = /^(\d{5})-(\d{3})$/.exec(number) ?? [];
    const goods = goodsKinds.find((each) => each === kind);
    return account !== '' && mid !== '' && goods ? { account, mid, sid, goods } : undefined;
  });

/** What stands before the last `=` of a line, and what after it. */
function halvesOf(line: string): [string, string] {
  const at = line.lastIndexOf('=');
  return at < 0 ? ['', ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
}

function readLines<Entry>(text: string, read: (line: string) => Entry | undefined): ReadLines<Entry> {
  const entries: Entry[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const entry = read(line.trim());
    if (!entry) return { entries, wrongLine: index + 1 };
    entries.push(entry);
  }
  return { entries, wrongLine: undefined };
}
