import { isMailAddress } from '#src/domain/mail-address.ts';

/** One mail to one address. A copy of it is known by its Message-ID and date, which stay the same in every try. */
export type OutgoingMail = {
  messageId: string;
  date: Date;
  from: { name: string; address: string };
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
  /** To those who are told of a service's requests, and not about somebody's own account. */
  isToList?: boolean;
};

/**
 * What became of a try. `refused`: the server will never take this mail. `later`: it was not taken now. `unknown`: the server
 * got all of it and never said whether it took it, so it may arrive. Reply and reason are the code of the server's reply, or what
 * is wrong with the connection; they never say who the mail is for.
 */
export type Handover =
  | { outcome: 'taken'; reply: string }
  | { outcome: 'refused' | 'later' | 'unknown'; reason: string };

/** A mail server that mails are handed to. */
export type Smtp = {
  /** Its name and port, without the password that its address may carry. */
  host: string;
  handOver: (mail: OutgoingMail) => Promise<Handover>;
  close: () => void;
};

/** Longer than this nobody waits for a server, however slowly it goes on talking. */
const longestTryMs = 90_000;

/** How many mails are handed over side by side. */
export const smtpConnections = 8;

/** What every mail is signed with (DKIM), so that receivers know it from one that only looks like ours. */
export type Dkim = { domainName: string; keySelector: string; privateKey: string };

type Options = {
  dkim?: Dkim | undefined;
  /** Name of the list that mails about requests belong to. */
  listId?: string;
};

/** Opens connections to a mail server as they are needed and keeps them for a while. */
export async function openSmtp(url: string, { dkim, listId }: Options = {}): Promise<Smtp> {
  // Who keeps mails does not wait for it to load.
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: smtpConnections,
    // Only where not a byte of the mail was sent, as over a connection that the server has closed meanwhile.
    maxRequeues: 2,
    idleTimeout: 30_000,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    dnsTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(dkim && { dkim }),
  });
  const allGiven = new Set<string>();
  transport.use('stream', ({ message }, done) => {
    const createReadStream = message.createReadStream.bind(message);
    message.createReadStream = (options) =>
      createReadStream(options).once('end', () => allGiven.add(message.messageId()));
    done();
  });
  return {
    host: new URL(url).host,
    handOver: async (mail) => {
      if (!isMailAddress(mail.to.address)) return { outcome: 'refused', reason: 'not_an_address' };
      try {
        const signal = AbortSignal.timeout(longestTryMs);
        const { response } = await transport.sendMail({ ...fieldsOf(mail, listId), signal });
        return { outcome: 'taken', reply: codeOf(response) };
      } catch (error) {
        return outcomeOf(error, allGiven.has(mail.messageId));
      } finally {
        allGiven.delete(mail.messageId);
      }
    },
    // A mail that a server is slow to take must not hold up the end of the process.
    close: () => transport.close({ force: true }),
  };
}

function fieldsOf(mail: OutgoingMail, listId: string | undefined) {
  const { messageId, date, from, to, subject, text, html, isToList } = mail;
  return {
    messageId,
    date,
    from,
    to,
    subject,
    text,
    html,
    // Said explicitly: read from the headers, a crafted name or address could add recipients.
    envelope: { from: from.address, to: [to.address] },
    headers: {
      'Auto-Submitted': 'auto-generated',
      ...(isToList && listId && { 'List-Id': `<${listId}>` }),
    },
  };
}

/** The code, with the finer one that many servers add. The words after it are the server's own and may quote the recipient. */
const codeOf = (response: string): string =>
  /^\d{3}(?:[ -]\d\.\d{1,3}\.\d{1,3})?/.exec(response)?.[0] ?? 'taken';

type SmtpError = Error & { code?: string; command?: string; responseCode?: number };

function outcomeOf(error: unknown, allGiven: boolean): Handover {
  if (!(error instanceof Error)) throw error;
  const { code = error.name, command, responseCode } = error as SmtpError;
  if (responseCode === undefined) {
    const reason = command === 'CONN' ? `${code}: ${error.message}` : code;
    return { outcome: allGiven ? 'unknown' : 'later', reason };
  }
  return { outcome: isForGood(responseCode, command) ? 'refused' : 'later', reason: `${responseCode}` };
}

/**
 * Only what is said about the recipient or the text is about this mail. A refused login or sender is a mistake in the
 * settings: once mended, the mails that waited go out. 503 says that the session was out of step.
 */
function isForGood(responseCode: number, command = ''): boolean {
  return responseCode >= 500 && responseCode !== 503 && (command === 'DATA' || command.startsWith('RCPT TO'));
}
