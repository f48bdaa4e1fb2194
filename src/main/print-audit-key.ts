/** Prints the public key with which anybody can check the anchors of the audit trail: `npm run audit:key`. */
import { runCommand } from './command.ts';
import { environment, readConfig } from './config.ts';
import { openSigningKey } from './open-keys.ts';

await runCommand(async () => {
  const { publicKey } = await openSigningKey(readConfig(environment()));
  process.stdout.write(publicKey.pem);
});
