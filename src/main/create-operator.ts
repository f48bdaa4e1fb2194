/** Adds an operator of the PSP: `npm run operator:create -- LOGIN_ID NAME`, with the password on standard input. */
import { createInterface } from 'node:readline/promises';
import { createUser } from '#src/modules/people/index.ts';
import { createLog } from '#src/platform/log.ts';
import { CommandError, runCommand, say } from './command.ts';
import { environment, readConfig } from './config.ts';
import { openStorage } from './open-storage.ts';
import { createShokai } from './shokai.ts';

const shortestPassword = 15;
const longestPassword = 256;

await runCommand(async () => {
  const [loginId, name] = process.argv.slice(2);
  if (!loginId || !name) throw new CommandError('Use: npm run operator:create -- LOGIN_ID NAME');
  const config = readConfig(environment());
  const password = await readPassword();
  const storage = await openStorage(config, () => process.exit(1));
  const shokai = await createShokai({ config, storage, log: createLog('error'), work: false });
  try {
    await shokai.bySystem.inTransaction((tx) =>
      createUser(tx, { loginId, name, password, mid: null, roles: ['admin'] }),
    );
    say(`${loginId} can log in at ${config.baseUrl}`);
  } catch (error) {
    if (error instanceof Error && 'constraint' in error)
      throw new CommandError(`There is a user ${loginId} already.`);
    throw error;
  } finally {
    await shokai.stop();
    await storage.stop();
  }
});

async function readPassword(): Promise<string> {
  const terminal = createInterface({ input: process.stdin });
  if (process.stdin.isTTY) say(`Password (${shortestPassword} characters or more):`);
  const { value: password = '' } = await terminal[Symbol.asyncIterator]().next();
  terminal.close();
  const length = [...password].length;
  if (length < shortestPassword || length > longestPassword) {
    throw new CommandError(
      `A password has ${shortestPassword} to ${longestPassword} characters; this one has ${length}.`,
    );
  }
  return password;
}
