/** Adds an admin of the PSP: `npm run operator:create -- LOGIN_ID NAME MAIL`, with the password on standard input. */
import { createInterface } from 'node:readline/promises';
import { hasCardNumber } from '#src/domain/card-numbers.ts';
import { isMailAddress } from '#src/domain/mail-address.ts';
import { shortestPassword } from '#src/domain/password-rules.ts';
import { problemMessage } from '#src/domain/problems.ts';
import { Refusal } from '#src/domain/refusals.ts';
import { createUser, refuseWeakPassword } from '#src/modules/people/index.ts';
import { createLog } from '#src/platform/log.ts';
import { CommandError, runCommand, say } from './command.ts';
import { environment, readConfig } from './config.ts';
import { openStorage } from './open-storage.ts';
import { createShokai } from './shokai.ts';

await runCommand(async () => {
  const [loginId, name, email] = process.argv.slice(2);
  if (!loginId || !name || !email)
    throw new CommandError('Use: npm run operator:create -- LOGIN_ID NAME MAIL');
  if (!isMailAddress(email)) throw new CommandError(`${email} is no mail address.`);
  if ([loginId, name, email].some(hasCardNumber))
    throw new CommandError('What you typed looks like a card number.');
  const config = readConfig(environment());
  const password = await readPassword([loginId, name, email, config.PROVIDER_NAME]);
  const storage = await openStorage(config, () => process.exit(1));
  const shokai = await createShokai({ config, storage, log: createLog('error'), work: false });
  try {
    await shokai.bySystem.inTransaction((tx) =>
      createUser(tx, { loginId, name, email, password, mid: null, roles: ['admin'] }),
    );
    say(`${loginId} can log in at ${config.baseUrl}`);
  } catch (error) {
    if (error instanceof Error && 'constraint' in error)
      throw new CommandError(`There is a user ${loginId}, or one with this mail address, already.`);
    throw error;
  } finally {
    await shokai.stop();
    await storage.stop();
  }
});

async function readPassword(known: readonly string[]): Promise<string> {
  const terminal = createInterface({ input: process.stdin });
  if (process.stdin.isTTY) say(`Password (${shortestPassword} characters or more):`);
  const { value: password = '' } = await terminal[Symbol.asyncIterator]().next();
  terminal.close();
  try {
    refuseWeakPassword(password, known);
  } catch (error) {
    const [problem] = error instanceof Refusal ? error.problems : [];
    throw problem ? new CommandError(problemMessage(problem, 'en')) : error;
  }
  return password;
}
