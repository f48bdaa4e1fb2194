import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { categoryCodes } from '#src/domain/categories.ts';
import { isMailAddress } from '#src/domain/mail-address.ts';
import { areExceptions } from '#src/platform/outbound/exceptions.ts';
import { isWithinMachine, plaintextProblems } from './plaintext.ts';

const key = z.string().regex(/^[A-Za-z0-9+/]{43}=$/, 'Must be 32 bytes in base64: openssl rand -base64 32');

const days = z.coerce.number().int().min(1).max(36_500);

/** Whether every % begins a letter written in numbers. */
const isDecodable = (url: string): boolean => !/%(?![0-9A-Fa-f]{2})/.test(url);

const stripeApi = 'https://api.stripe.com';

const daysByCategory = z.string().transform((set, context) => {
  const pairs = set.split(',').map((pair) => pair.trim().split('='));
  const read = z.partialRecord(z.enum(categoryCodes), days).safeParse(Object.fromEntries(pairs));
  if (read.success) return read.data;
  context.addIssue({
    code: 'custom',
    message: `Must be category=days, of the categories ${categoryCodes.join(', ')}`,
  });
  return z.NEVER;
});
const requestsPerMinute = (standard: number) =>
  z.coerce.number().int().min(1).max(10_000_000).default(standard);

/** Everything that can be set from outside. `.env.example` and the table in the docs are made from it. */
export const configSchema = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3000).meta({ description: 'Port to listen on' }),
  HOST: z.string().optional().meta({
    description: 'Address to listen on; unset: 127.0.0.1 for the demo, all addresses otherwise',
  }),
  BASE_URL: z.url().optional().meta({
    description: 'Where people reach the portal, used in mails; unset: http://127.0.0.1 and the port',
  }),
  DATABASE_URL: z.string().optional().meta({
    description: 'External PostgreSQL 15 or later; unset: the embedded database in DATA_DIR',
  }),
  DATABASE_OWNER_URL: z.string().optional().meta({
    description:
      'The same database as its owner, who migrates it at the start; unset: DATABASE_URL. With it, DATABASE_URL can be a login that is only a member of shokai_app',
  }),
  DATA_DIR: z.string().default('./data').meta({ description: 'Folder of the embedded database' }),
  DATA_KEY: key.optional().meta({
    description:
      'The key that personal data and secrets are encrypted with, 32 bytes in base64 (openssl rand -base64 32). Required except for the demo, which keeps one in DATA_DIR',
  }),
  DATA_KEY_BEFORE: key.optional().meta({
    description: 'The key before, while data is still encrypted with it',
  }),
  AUDIT_SIGNING_KEY: key.optional().meta({
    description:
      'The key that signs the daily anchors of the audit trail (Ed25519), 32 bytes in base64 (openssl rand -base64 32). Required except for the demo, which keeps one in DATA_DIR',
  }),
  AUDIT_ANCHOR_DIR: z.string().optional().meta({
    description:
      'Folder of the signed anchors of the audit trail, best on another machine; unset: audit-anchors in DATA_DIR',
  }),
  RETENTION_DAYS: days.default(1826).meta({
    description:
      'Days after closing for which the personal data of a case is kept; then it is erased, unless a legal hold keeps it',
  }),
  RETENTION_DAYS_BY_CATEGORY: daysByCategory.optional().meta({
    description: 'Other numbers of days for single categories, such as inquiry_cancellation=1095',
  }),
  RETENTION_MAIL_DAYS: days.default(400).meta({
    description: 'Days for which the recipient and text of a mail are kept',
  }),
  RETURN_DIR: z.string().optional().meta({
    description:
      'Folder for the files of answers (返送), with a folder for each institution; unset: the bucket of STORAGE_URL or, without one, returns in DATA_DIR',
  }),
  STORAGE_URL: z
    .url({ protocol: /^s3$/, error: 'Must be s3://key:secret@bucket/prefix?region=…' })
    .optional()
    .meta({
      description:
        'Bucket for the files of answers: s3://key:secret@bucket/prefix?region=ap-northeast-1 (with &endpoint=https://… for what speaks like Amazon S3)',
    }),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'Must be smtp://host:port or smtps://host:port' })
    .optional()
    .meta({
      description:
        'Mail server, smtp://user:password@host:port (with ?requireTLS=true only over TLS) or smtps://…; unset: mails are kept and read at /demo/mailbox',
    }),
  MAIL_FROM: z
    .string()
    .refine(isMailAddress, 'Must be one mail address, without a name')
    .default('no-reply@localhost')
    .meta({ description: 'Sender address of the mails' }),
  DKIM_DOMAIN: z.string().optional().meta({
    description:
      'Domain that mails are signed for (DKIM), that of MAIL_FROM; unset: the mail server may sign',
  }),
  DKIM_SELECTOR: z
    .string()
    .optional()
    .meta({ description: 'Selector of the DKIM key: its public half stands at SELECTOR._domainkey.DOMAIN' }),
  DKIM_PRIVATE_KEY_FILE: z.string().optional().meta({
    description: 'File of the private DKIM key (PEM)',
  }),
  DKIM_PRIVATE_KEY: z.string().optional().meta({
    description: 'The private DKIM key itself, instead of a file; \\n stands for the end of a line',
  }),
  REPORT_MAILBOX_URL: z
    .url({ protocol: /^imaps?$/, error: 'Must be imaps://user:password@host:port/FOLDER or imap://…' })
    .refine(isDecodable, 'Must have a % in the user or the password written as %25')
    .optional()
    .meta({
      description:
        'Mailbox that mails come back to, read every minute: imaps://user:password@host:port/FOLDER (unset folder: INBOX), or imap:// (with ?requireTLS=true only over TLS)',
    }),
  MAIL_GATHER_SECONDS: z.coerce
    .number()
    .int()
    .min(0)
    .max(3600)
    .default(30)
    .meta({ description: 'Requests for one service that arrive within this time are told in one mail' }),
  PROVIDER_NAME: z
    .string()
    .min(1)
    .max(60)
    .default('SBペイメントサービス')
    .meta({ description: 'Name of the PSP' }),
  SUPPORT_MAIL: z.email().default('sbps-support@sbpayment.jp').meta({
    description: 'Where merchants ask for corrections',
  }),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .optional()
    .meta({ description: 'Unset: warn for the demo, info otherwise' }),
  SESSION_IDLE_MINUTES: z.coerce.number().int().min(1).max(1440).default(15).meta({
    description: 'A session unused for this long has to log in again',
  }),
  SESSION_HOURS: z.coerce.number().int().min(1).max(168).default(12).meta({
    description: 'A session has to log in again after this long at the latest',
  }),
  STEP_UP_MINUTES: z.coerce.number().int().min(1).max(60).default(10).meta({
    description:
      'Users, keys, contacts and exports are touched only this long after proving who one is; later one is asked again',
  }),
  OUTBOUND_ALLOW: z
    .string()
    .refine(areExceptions, 'Must be host:port or address/bits, separated by commas')
    .default('')
    .meta({
      description:
        'Places outside the public internet that the portal may call: host:port (also over http) or ranges such as 10.20.0.0/16 (https only), separated by commas',
    }),
  STRIPE_API_URL: z
    .url({ protocol: /^https?$/ })
    .default(stripeApi)
    .meta({
      description: 'Where answers to inquiries of Stripe go; another one is for tests and on this machine',
    }),
  ADYEN_DISPUTES_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .meta({
      description:
        'Where answers to inquiries of Adyen go, for tests and on this machine; unset: its Disputes API, test or live as the adapter says',
    }),
  MFA: z.enum(['required', 'optional']).optional().meta({
    description:
      'required: everybody needs a second factor and sets one up at their first login; optional: who wants to. Unset: optional for the demo, required otherwise',
  }),
  OIDC_ISSUER: z
    .url({ protocol: /^https?$/ })
    .optional()
    .meta({
      description:
        'Issuer of the identity provider at which operators can log in (OpenID Connect), with OIDC_CLIENT_ID and OIDC_CLIENT_SECRET; unset: no single sign-on',
    }),
  OIDC_CLIENT_ID: z.string().optional().meta({ description: 'Client id of the portal there' }),
  OIDC_CLIENT_SECRET: z.string().optional().meta({ description: 'Client secret of the portal there' }),
  OIDC_LABEL: z.string().min(1).max(40).default('シングルサインオン').meta({
    description: 'What the login calls it: OIDC_LABEL + でログイン',
  }),
  KEY_REQUESTS_PER_MINUTE: requestsPerMinute(600).meta({
    description: 'Calls a minute with one API key; a batch is one. Each process counts for itself',
  }),
  SESSION_REQUESTS_PER_MINUTE: requestsPerMinute(600).meta({
    description: 'Calls a minute of one person who is logged in',
  }),
  ADDRESS_REQUESTS_PER_MINUTE: requestsPerMinute(300).meta({
    description: 'Calls a minute from one network address by nobody who is logged in',
  }),
  WRONG_KEYS_PER_MINUTE: requestsPerMinute(30).meta({
    description: 'Calls a minute from one network address with API keys that do not exist or no longer work',
  }),
  INVITATION_HOURS: z.coerce.number().int().min(1).max(168).default(24).meta({
    description: 'How long the link of an invitation works',
  }),
  TRUST_PROXY: z
    .union([z.coerce.number().int().min(1).max(9), z.stringbool().transform(Number)], {
      error: 'Must be true, false, or how many proxies there are (1 to 9)',
    })
    .default(0)
    .meta({
      description:
        'How many reverse proxies stand before the portal, each of which adds to X-Forwarded-For; true is one. What they say of the address and of https counts, and nothing else does',
    }),
  ALLOW_PLAINTEXT: z.stringbool().default(false).meta({
    description:
      'true allows a database, a mail server or pages without TLS on other machines, for networks on which nobody can read along',
  }),
  ROLE: z.enum(['all', 'web', 'worker']).default('all').meta({
    description:
      'all: this process answers and does the queued jobs; web: it only answers; worker: it only does jobs, and tells /healthz, /readyz and /metrics',
  }),
  STOP_DELAY_SECONDS: z.coerce.number().int().min(0).max(120).optional().meta({
    description:
      'How long a process that is stopped still takes requests while /readyz is red, so that a balancer sees it; unset: 0 for the demo, 5 otherwise',
  }),
  METRICS_TOKEN: z
    .string()
    .min(16)
    .max(256)
    .regex(/^[!-~]+$/)
    .optional()
    .meta({
      description: 'Bearer token for /metrics; unset: only this machine may read it',
    }),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'Must be http://host:port or https://…' })
    .optional()
    .meta({ description: 'Where traces go, by OTLP over HTTP as JSON; unset: no traces' }),
  OTEL_EXPORTER_OTLP_HEADERS: z.string().optional().meta({
    description: 'Headers for it, name=value separated by commas',
  }),
  OTEL_SERVICE_NAME: z
    .string()
    .min(1)
    .default('shokai')
    .meta({ description: 'What traces call this process' }),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1).meta({
    description: 'The share of requests that is traced, 0 to 1',
  }),
  NODE_ENV: z.string().optional().meta({ description: 'production: no demo data, whatever else is set' }),
});

export type Settings = z.output<typeof configSchema>;

export type Config = Settings & {
  isDemo: boolean;
  baseUrl: string;
  host: string;
  logLevel: string;
  mfa: 'required' | 'optional';
  anchorFolder: string;
  stopDelaySeconds: number;
};

/** The variables that are set, and those of a file `.env` in the folder one starts in that are not. */
export function environment(): NodeJS.ProcessEnv {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}

/** The configuration from the environment, or an error that names every variable that is wrong. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  // A variable set to nothing, as in a copied .env.example, is not set.
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const read = configSchema.safeParse(set);
  if (!read.success) throw new ConfigError(z.prettifyError(read.error));
  const settings = read.data;
  const problems = [
    ...plaintextProblems(settings),
    ...singleSignOnProblems(settings),
    ...placeProblems(settings),
  ];
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  const isDemo = settings.DATABASE_URL === undefined && settings.NODE_ENV !== 'production';
  return {
    ...settings,
    isDemo,
    baseUrl: (settings.BASE_URL ?? `http://127.0.0.1:${settings.PORT}`).replace(/\/$/, ''),
    host: settings.HOST ?? (isDemo ? '127.0.0.1' : '0.0.0.0'),
    anchorFolder: settings.AUDIT_ANCHOR_DIR ?? join(settings.DATA_DIR, 'audit-anchors'),
    mfa: settings.MFA ?? (isDemo ? 'optional' : 'required'),
    stopDelaySeconds: settings.STOP_DELAY_SECONDS ?? (isDemo ? 0 : 5),
    logLevel: settings.LOG_LEVEL ?? (isDemo ? 'warn' : 'info'),
  };
}

function singleSignOnProblems(settings: Settings): string[] {
  const names = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const;
  const missing = names.filter((name) => settings[name] === undefined);
  const isHalf = missing.length > 0 && missing.length < names.length;
  return isHalf ? [`${missing.join(', ')}: set them too, or none of ${names.join(', ')}`] : [];
}

/** Answers with personal data and the keys of providers go to the providers, and nowhere else than to a test on this machine. */
function placeProblems({ STRIPE_API_URL, ADYEN_DISPUTES_URL }: Settings): string[] {
  const places = { STRIPE_API_URL, ADYEN_DISPUTES_URL };
  return Object.entries(places)
    .filter(([, url]) => url !== undefined && url !== stripeApi && !isWithinMachine(url))
    .map(([name]) => `${name}: only an address of this machine, for tests; leave it out`);
}

/** The environment does not make a configuration; the message is for the one who starts the product. */
export class ConfigError extends Error {}
