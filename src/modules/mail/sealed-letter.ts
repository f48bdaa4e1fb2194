import { placeOf } from '#src/platform/sealed-columns.ts';
import type { Sealing } from '#src/platform/sealing.ts';

/** What a mail says and to whom, stored sealed as one value. */
export type SealedLetter = { toName: string; toAddress: string; subject: string; text: string; html: string };

export const sealLetter = (sealing: Sealing, mailId: string, letter: SealedLetter): Buffer =>
  sealing.seal(JSON.stringify(letter), placeOf('mails.sealed_letter', mailId));

export function openLetter(sealing: Sealing, mailId: string, sealed: Uint8Array | null): SealedLetter {
  if (!sealed) throw new Error(`mail ${mailId} was erased`);
  return JSON.parse(sealing.open(sealed, placeOf('mails.sealed_letter', mailId)).toString()) as SealedLetter;
}
