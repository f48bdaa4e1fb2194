/** Prefixes and lengths of the card brands' numbers. Lengths are kept per brand, because dates and tracking ids are long numbers too. */
const brands: readonly { prefix: RegExp; lengths: readonly number[] }[] = [
  { prefix: /^4/, lengths: [13, 16, 19] },
  { prefix: /^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] },
  { prefix: /^3[47]/, lengths: [15] },
  { prefix: /^(352[89]|35[3-8])/, lengths: [16, 17, 18, 19] },
  { prefix: /^(30[0-5]|309|36|3[89])/, lengths: [14, 15, 16, 17, 18, 19] },
  { prefix: /^(6011|64[4-9]|65|62|81)/, lengths: [16, 17, 18, 19] },
  { prefix: /^(5018|5020|5038|5893|6304|6759|676[123])/, lengths: [16, 17, 18, 19] },
];

const digitGroups = /\d+/g;
/** What people put between the groups of a card number. */
const separator = /^[\s\p{Pd}._/・ー−]{1,3}$/u;
/** Ids that programs make, in the middle of a text: some of their digits look like a card number by chance. */
const uuids = /(?<![\da-f-])[\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}(?![\da-f-])/gi;
/** Characters that cannot be seen, and marks on top of a digit: they change nothing for the reader of a number. */
const unseen = /[\p{Default_Ignorable_Code_Point}\p{M}]/gu;

/**
 * Whether the text holds what looks like a full card number: 13 to 19 digits of a card brand with a right check digit,
 * however they are grouped, full-width or not. Such text is refused everywhere (product.md, 'What is never allowed').
 */
export function hasCardNumber(value: string): boolean {
  const plain = value.normalize('NFKC').replace(unseen, '').replace(uuids, 'id');
  const groups = [...plain.matchAll(digitGroups)].map((match) => ({ digits: match[0], start: match.index }));
  return groups.some((_, first) => startsCardNumber(plain, groups, first));
}

type DigitGroup = { digits: string; start: number };

function startsCardNumber(plain: string, groups: readonly DigitGroup[], first: number): boolean {
  const sizes: number[] = [];
  const separators = new Set<string>();
  let joined = '';
  let end = -1;
  for (const { digits, start } of groups.slice(first, first + 19)) {
    if (end >= 0) {
      const between = plain.slice(end, start);
      if (!separator.test(between)) return false;
      separators.add(between.trim());
    }
    sizes.push(digits.length);
    joined += digits;
    end = start + digits.length;
    if (joined.length > 19) return false;
    const isTogether = separators.size <= 1 || printed.test(sizes.join());
    if (isTogether && isCardNumber(joined) && !(sizes.length === 1 && isProduct(joined))) return true;
  }
  return false;
}

/**
 * The groups in which cards show their numbers. Other groups are one number when the same stands between all of them:
 * `460-0008 03-1234` is a postcode and a phone.
 */
const printed = /^4,(4,4,4(,[1-3])?|6,[45]|3,3,3)$/;

/** A JAN code, as product names hold them: 13 digits from 45 or 49 with a check digit of their own. */
const isProduct = (digits: string): boolean =>
  /^4[59]\d{11}$/.test(digits) &&
  [...digits].reduce((sum, digit, index) => sum + Number(digit) * (index % 2 === 0 ? 1 : 3), 0) % 10 === 0;

const isCardNumber = (digits: string): boolean =>
  digits.length >= 13 &&
  brands.some(({ prefix, lengths }) => lengths.includes(digits.length) && prefix.test(digits)) &&
  luhn(digits);

function luhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits[digits.length - 1 - place]);
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
