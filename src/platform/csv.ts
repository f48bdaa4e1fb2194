/** What a file begins with, so that spreadsheets read Japanese (UTF-8 with a byte order mark). */
export const csvStart = '\ufeff';

/** A line of a CSV file (RFC 4180). */
export const csvLine = (cells: readonly string[]): string => `${cells.map(toCell).join(',')}\r\n`;

/** A cell that a spreadsheet takes as text: what would start a formula is kept from doing so by an apostrophe. */
function toCell(value: string): string {
  // An apostrophe of the value's own gets one more, so that taking one away gives every value back.
  const safe = /^['=+\-@\t\r＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
