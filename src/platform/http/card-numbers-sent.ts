import { pointerTo } from '#src/domain/answer.ts';
import { hasCardNumber } from '#src/domain/card-numbers.ts';
import type { Problem } from '#src/domain/problems.ts';

/** Hashes, uuids and plain tracking ids of fourteen digits: what programs make can look like a card number by chance. */
const made = /^([0-9a-f]{64}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\d{14})$/i;

/** Passwords are kept as hashes only, and whoever types them need not know why one is refused. */
const notKept = /password/i;

/**
 * Every place in what was sent that looks like a full card number. Asked for every endpoint, so that none can forget to: a card
 * number is never stored, sent on or logged, whatever it was typed into.
 */
export function cardNumbersIn(input: object): Problem[] {
  const problems: Problem[] = [];
  const left: Place[] = [{ pointer: '', value: input }];
  for (let place = left.pop(); place !== undefined; place = left.pop()) {
    if (typeof place.value !== 'string') left.push(...placesIn(place));
    else if (isCardNumber(place.value)) problems.push({ pointer: place.pointer, code: 'card_number' });
  }
  return problems;
}

type Place = { pointer: string; value: unknown };

const placesIn = ({ pointer, value }: Place): Place[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value)
        .filter(([name]) => !notKept.test(name))
        .map(([name, inner]) => ({ pointer: pointer + pointerTo(name), value: inner }))
    : [];

/** Whether one value that was sent looks like a full card number. */
export const isCardNumber = (value: string): boolean => !made.test(value) && hasCardNumber(value);
