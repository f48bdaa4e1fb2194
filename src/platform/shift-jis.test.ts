import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeShiftJis } from './shift-jis.ts';

it('reads back as it was, or is refused with what cannot be said', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.constantFrom(...'山田ｱｲ①㈱髙﨑～〜−－‖¥~\\é𠮷😀')).map((units) => units.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const encoded = encodeShiftJis(text);
      if ('bytes' in encoded)
        expect(new TextDecoder('shift_jis', { fatal: true }).decode(encoded.bytes)).toBe(text);
      else for (const character of encoded.missing) expect(text).toContain(character);
    }),
    { numRuns: 2000 },
  );
});

it('says what Windows says: its own characters by its codes, and the wave dash of others not at all', () => {
  const hex = (text: string) => {
    const encoded = encodeShiftJis(text);
    return 'bytes' in encoded ? encoded.bytes.toString('hex') : encoded.missing;
  };
  expect(hex('髙﨑①～－')).toBe('fbfcfab18740816081' + '7c');
  expect(hex('〜−')).toEqual(['〜', '−']);
});
