type Addresses = {
  ALLOW_PLAINTEXT: boolean;
  BASE_URL?: string | undefined;
  DATABASE_URL?: string | undefined;
  DATABASE_OWNER_URL?: string | undefined;
  SMTP_URL?: string | undefined;
  REPORT_MAILBOX_URL?: string | undefined;
  OIDC_ISSUER?: string | undefined;
  OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined;
};

const ownMachine = /^(localhost|127(\.\d{1,3}){3}|\[::1\]|)$/;

/**
 * What would cross a network where others can read along: the database or the mail server without TLS, or a portal that people
 * reach over http. Each as a sentence that says how to mend it; nothing leaves the machine on a loopback address or a socket.
 */
export function plaintextProblems(settings: Addresses): string[] {
  if (settings.ALLOW_PLAINTEXT) return [];
  return [
    ...[settings.DATABASE_URL, settings.DATABASE_OWNER_URL].flatMap(databaseProblem).slice(0, 1),
    ...mailProblem('SMTP_URL', settings.SMTP_URL),
    ...mailProblem('REPORT_MAILBOX_URL', settings.REPORT_MAILBOX_URL),
    ...pagesProblem(settings.BASE_URL),
    ...issuerProblem(settings.OIDC_ISSUER),
    ...tracesProblem(settings.OTEL_EXPORTER_OTLP_ENDPOINT),
  ];
}

function databaseProblem(url: string | undefined): string[] {
  if (url === undefined || isWithinMachine(url)) return [];
  if (new URL(url).searchParams.get('sslmode') === 'verify-full') return [];
  return [`DATABASE_URL: add sslmode=verify-full, ${orAllow}`];
}

function mailProblem(name: string, url: string | undefined): string[] {
  if (url === undefined || isWithinMachine(url) || /^(smtps|imaps):/.test(url)) return [];
  const { protocol, searchParams } = new URL(url);
  if (searchParams.get('requireTLS') === 'true') return [];
  return [`${name}: use ${protocol.replace(':', 's:')}// or add ?requireTLS=true, ${orAllow}`];
}

function pagesProblem(url: string | undefined): string[] {
  if (url === undefined || isWithinMachine(url) || url.startsWith('https:')) return [];
  return [`BASE_URL: use https:// (browsers keep no session otherwise), ${orAllow}`];
}

function issuerProblem(url: string | undefined): string[] {
  if (url === undefined || isWithinMachine(url) || url.startsWith('https:')) return [];
  return [`OIDC_ISSUER: use https://, ${orAllow}`];
}

function tracesProblem(url: string | undefined): string[] {
  if (url === undefined || isWithinMachine(url) || url.startsWith('https:')) return [];
  return [`OTEL_EXPORTER_OTLP_ENDPOINT: use https://, ${orAllow}`];
}

const orAllow = 'or set ALLOW_PLAINTEXT=true if nobody can read along on that network';

/** Whether an address is one of this machine. A socket has no host, or a path for one. */
export function isWithinMachine(url: string): boolean {
  if (!URL.canParse(url)) return true;
  const { hostname, searchParams } = new URL(url);
  return (
    ownMachine.test(hostname) ||
    hostname.startsWith('%2F') ||
    (searchParams.get('host') ?? '').startsWith('/')
  );
}
