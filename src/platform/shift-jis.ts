/** Text in Shift_JIS as Windows writes it (CP932). Made by reading every code once, so that what is written reads the same. */
let codes: Map<string, readonly number[]> | undefined;

/** The text in Shift_JIS, or the characters that it cannot say; nothing is ever replaced. */
export function encodeShiftJis(value: string): { bytes: Buffer } | { missing: string[] } {
  codes ??= readCodes();
  const bytes: number[] = [];
  const missing = new Set<string>();
  for (const character of value) {
    const code = codes.get(character);
    if (code) bytes.push(...code);
    else missing.add(character);
  }
  return missing.size > 0 ? { missing: [...missing] } : { bytes: Buffer.from(bytes) };
}

/** Rows of Windows that say again what other rows say; and rows of characters that everybody defines differently. */
const isSkipped = (lead: number): boolean => lead === 0xed || lead === 0xee || (lead >= 0xf0 && lead <= 0xf9);

function readCodes(): Map<string, readonly number[]> {
  const found = new Map<string, readonly number[]>();
  const decoder = new TextDecoder('shift_jis');
  const add = (code: readonly number[]): void => {
    const character = decoder.decode(Uint8Array.from(code));
    if ([...character].length === 1 && character !== '\ufffd' && !found.has(character))
      found.set(character, code);
  };
  for (let code = 0; code <= 0xdf; code += 1) if (code <= 0x7f || code >= 0xa1) add([code]);
  for (let lead = 0x81; lead <= 0xfc; lead += 1) {
    if ((lead >= 0xa0 && lead <= 0xdf) || isSkipped(lead)) continue;
    for (let trail = 0x40; trail <= 0xfc; trail += 1) if (trail !== 0x7f) add([lead, trail]);
  }
  return found;
}
