import { EmbeddedPostgresError } from '#src/platform/embedded-postgres/start.ts';
import { WrongKeyError } from '#src/platform/vault.ts';
import { ConfigError } from './config.ts';

/** Runs a command of the product; what the one who runs it can mend is told without a stack. Ends with a code if it fails. */
export async function runCommand(command: () => Promise<void>, failure = 1): Promise<void> {
  try {
    await command();
  } catch (error) {
    process.stderr.write(`${reasonOf(error)}\n`);
    process.exit(failure);
  }
}

/** Writes a line for the one who runs a command. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** A command was used wrongly or cannot go on, and its message says how to mend it. */
export class CommandError extends Error {}

const mendable = [ConfigError, EmbeddedPostgresError, CommandError, WrongKeyError];

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (mendable.some((kind) => error instanceof kind)) return error.message;
  if ('code' in error && error.code === 'EADDRINUSE') {
    return 'Another program listens on this port. Stop it, or set PORT to another one.';
  }
  if ('code' in error && error.code === 'ECONNREFUSED') {
    return 'The database does not answer. Is DATABASE_URL right, and does PostgreSQL run?';
  }
  return error.stack ?? error.message;
}
