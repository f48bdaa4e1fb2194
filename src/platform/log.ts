import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import { currentCause } from './observed/cause.ts';

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
export const createLog = (level: string, destination?: DestinationStream): Logger => {
  const options: LoggerOptions = {
    level,
    redact: { paths: secrets, censor: '[redacted]' },
    serializers: { err: withoutValues },
    mixin: whatFor,
    hooks: {
      // A line without a message would take that of its error, past the serializer.
      logMethod(args, method) {
        if (args.length === 1 && typeof args[0] !== 'string') args.push('an error');
        method.apply(this, args);
      },
    },
  };
  return destination ? pino(options, destination) : pino(options);
};

/** A job's lines name the request that caused it; those of a request have its id already. */
function whatFor(): { reqId?: string } {
  const cause = currentCause();
  return cause?.isJob ? { reqId: cause.requestId } : {};
}

type LoggedError = Error & { code?: string; constraint?: string; table?: string };

/**
 * An error without the values that it quotes. A database's `detail` and `where` quote rows; its messages of class 22, those of
 * JSON and of addresses quote what could not be read. The place in the program says enough.
 */
function withoutValues(error: LoggedError): object {
  const { name, code, constraint, table } = error;
  const message = quotesValues(error) ? 'a value could not be read' : error.message;
  const [, places = ''] = /(\n {4}at [\s\S]*)$/.exec(error.stack ?? '') ?? [];
  return { type: name, message, stack: `${name}: ${message}${places}`, code, constraint, table };
}

const quotesValues = ({ name, code }: LoggedError): boolean =>
  name === 'SyntaxError' || name === 'ZodError' || code === 'ERR_INVALID_URL' || /^22/.test(code ?? '');
