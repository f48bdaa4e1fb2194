export type EmbeddedPostgresProblem =
  | 'unsupported_platform'
  | 'binaries_incomplete'
  | 'folder_not_usable'
  | 'in_use'
  | 'other_version'
  | 'not_a_cluster'
  | 'other_account'
  | 'no_account'
  | 'password_missing'
  | 'leftover_running'
  | 'initdb_failed'
  | 'start_failed'
  | 'ended';

/** Why the embedded PostgreSQL cannot run, or runs no more. The message is for the one who starts Shokai and says what to do. */
export class EmbeddedPostgresError extends Error {
  readonly code: EmbeddedPostgresProblem;

  constructor(code: EmbeddedPostgresProblem, message: string) {
    super(message);
    this.name = 'EmbeddedPostgresError';
    this.code = code;
  }
}

/** The way out that always exists; ends the messages of problems that this machine cannot mend. */
export const useAnother = 'set DATABASE_URL to a PostgreSQL 15 or later of your own';

/** What an error of the operating system says, without a stack. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Whether an error of the operating system has one of these codes. */
export const hasCode = (error: unknown, ...codes: readonly string[]): boolean =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code));

/** A folder that the account Shokai runs as cannot use. */
export const otherAccount = (folder: string, owner: number): EmbeddedPostgresError =>
  new EmbeddedPostgresError(
    'other_account',
    `${folder} belongs to the account with the number ${owner}, and Shokai runs as number ${process.getuid?.()}: ` +
      'start it as that account, hand the folder over with chown -R, or set DATA_DIR to another one.',
  );
