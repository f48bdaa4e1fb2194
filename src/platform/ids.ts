import { randomInt } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { dayOf, startOfDay } from '#src/domain/days.ts';

/** An id for a row that people never say aloud; sorts by time. Made here, because PostgreSQL below 18 cannot. */
export const newId = (): string => uuidv7();

/** Crockford's alphabet: no I, L, O or U, so that nothing is misread or misheard. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const randomBits = 18;
const randomCount = 2 ** randomBits;

let last = { at: 0, random: 0 };

/**
 * A case number (依頼管理番号) such as `261124-8F3-KQ2-ZN5`: the day in Japan, then the time of day and a random part in nine
 * letters. Numbers of one process sort by time; those of two processes collide once in 260,000 cases of the same millisecond.
 */
export function newCaseNumber(now: Date): string {
  const at = Math.max(now.getTime(), last.at);
  const sameMoment = at === last.at && last.random + 1 < randomCount;
  // Half the range stays free for the numbers that follow within the millisecond.
  last = sameMoment
    ? { at, random: last.random + 1 }
    : { at: at + (at === last.at ? 1 : 0), random: randomInt(randomCount / 2) };
  const moment = new Date(last.at);
  const day = dayOf(moment);
  const letters = encode((last.at - startOfDay(day).getTime()) * randomCount + last.random, 9);
  return [day.slice(2).replaceAll('-', ''), letters.slice(0, 3), letters.slice(3, 6), letters.slice(6)].join(
    '-',
  );
}

function encode(value: number, length: number): string {
  let rest = value;
  let letters = '';
  for (let place = 0; place < length; place += 1) {
    letters = alphabet[rest % 32] + letters;
    rest = Math.floor(rest / 32);
  }
  return letters;
}

/** A case number as somebody said or copied it: letters that the alphabet lacks, missing hyphens and small letters are mended. */
export function readCaseNumber(typed: string): string {
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/[IL]/g, '1')
    .replace(/O/g, '0');
  return [plain.slice(0, 6), plain.slice(6, 9), plain.slice(9, 12), plain.slice(12)]
    .filter((part) => part)
    .join('-');
}
