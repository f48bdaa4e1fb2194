/**
 * A text with full-width letters, digits and signs as their half-width twins, and every kind of hyphen as `-`.
 * For fields with a form of their own (dates, numbers, addresses of mail) only: prose is stored as it was typed.
 */
export const halfWidth = (value: string): string =>
  value
    .normalize('NFKC')
    .replace(/[\u2010-\u2015\u2212\u30fc\uff70]/gu, '-')
    .trim();
