import { createHash, randomBytes } from 'node:crypto';
import type { Tx } from '#src/platform/transaction.ts';

const codeCount = 10;
/** Crockford's alphabet: no I, L, O or U, so that nothing is misread. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const letters = 24;

/**
 * Gives a person new recovery codes and ends those from before; only their hashes are kept. A code has 120 random bits, so
 * that a plain hash keeps it.
 */
export async function replaceRecoveryCodes(tx: Tx, userId: string): Promise<string[]> {
  const codes = Array.from({ length: codeCount }, newCode);
  await tx.deleteFrom('recovery_codes').where('user_id', '=', userId).execute();
  await tx
    .insertInto('recovery_codes')
    .values(codes.map((code) => ({ user_id: userId, code_hash: codeHash(code) })))
    .execute();
  tx.record('recovery_codes.create', [userId], { count: codeCount });
  return codes;
}

/** Uses a code up; whether there was one. Of two at the same time one finds it. */
export async function useRecoveryCode(tx: Tx, userId: string, typed: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('recovery_codes')
    .where('user_id', '=', userId)
    .where('code_hash', '=', codeHash(typed))
    .executeTakeFirst();
  if (numDeletedRows === 1n) tx.record('recovery_codes.use', [userId]);
  return numDeletedRows === 1n;
}

function newCode(): string {
  const code = [...randomBytes(letters)].map((byte) => alphabet[byte % alphabet.length]).join('');
  return (code.match(/.{4}/g) ?? []).join('-');
}

/** Letters that the alphabet lacks, missing hyphens and small letters are mended first. */
function codeHash(typed: string): Buffer {
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/[IL]/g, '1')
    .replace(/O/g, '0');
  return createHash('sha256').update(`recovery:${plain}`).digest();
}
