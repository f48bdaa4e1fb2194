import { type Logger, pino } from 'pino';

/** What must never be read in a log, wherever it stands in what is logged. */
const secrets = [
  'req.headers.authorization',
  'req.headers.cookie',
  'password',
  '*.password',
  'token',
  '*.token',
];

/** Structured log lines on standard output. Messages carry ids and codes, never what people wrote or who they are. */
export const createLog = (level: string): Logger =>
  pino({ level, redact: { paths: secrets, censor: '[redacted]' }, serializers: { err: withoutValues } });

/**
 * An error without the values that a database puts into it: `detail` and `where` quote rows, and rows hold personal data.
 */
function withoutValues(error: Error & { code?: string; constraint?: string; table?: string }): object {
  const { name, message, stack, code, constraint, table } = error;
  return { type: name, message, stack, code, constraint, table };
}
