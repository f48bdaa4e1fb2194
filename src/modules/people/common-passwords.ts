import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const hashBytes = 8;
let common: ReadonlySet<string> | undefined;

/** Whether a password is one of the most common long ones, or a sentence everybody knows, whatever its case and blanks; `scripts/write-common-passwords.ts` makes the list. */
export function isCommonPassword(password: string): boolean {
  common ??= readHashes();
  const plain = password.normalize('NFKC').toLowerCase();
  const letters = plain.replace(/[^\p{L}\p{N}]+/gu, '');
  return famousPhrases.includes(letters) || [plain, letters].some((each) => common?.has(hashOf(each)));
}

/** Sentences that everybody knows, without blanks and signs. */
const famousPhrases: readonly string[] = [
  'correcthorsebatterystaple',
  'thequickbrownfoxjumpsoverthelazydog',
  'tobeornottobethatisthequestion',
  'maytheforcebewithyou',
  'いろはにほへとちりぬるをわか',
  'いろはにほへとちりぬるをわかよたれそつねならむ',
  'じゅげむじゅげむごこうのすりきれ',
  '寿限無寿限無五劫の擦り切れ',
  '吾輩は猫である名前はまだ無い',
  '祇園精舎の鐘の声諸行無常の響きあり',
];

function readHashes(): ReadonlySet<string> {
  const hashes = readFileSync(new URL('./common-passwords.bin', import.meta.url));
  return new Set(
    Array.from({ length: hashes.length / hashBytes }, (_, place) =>
      hashes.toString('hex', place * hashBytes, (place + 1) * hashBytes),
    ),
  );
}

const hashOf = (text: string): string =>
  createHash('sha256')
    .update(text)
    .digest('hex')
    .slice(0, hashBytes * 2);
