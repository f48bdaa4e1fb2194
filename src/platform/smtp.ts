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
};

/**
 * What became of a try. `refused`: the server will never take this mail. `later`: it was not taken now. `unknown`: the server
 * got all of it and never said whether it took it, so it may arrive. The reason is the code of the server's reply, or what is
 * wrong with the connection; it never says who the mail is for.
 */
export type Handover = { outcome: 'taken' } | { outcome: 'refused' | 'later' | 'unknown'; reason: string };

/** A mail server that mails are handed to. */
export type Smtp = {
  handOver: (mail: OutgoingMail) => Promise<Handover>;
  close: () => void;
};

/** Longer than this nobody waits for a server, however slowly it goes on talking. */
const longestTryMs = 90_000;

/** How many mails are handed over side by side. */
export const smtpConnections = 4;

/** Opens connections to a mail server as they are needed and keeps them for a while. */
export async function openSmtp(url: string): Promise<Smtp> {
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
  });
  const allGiven = new Set<string>();
  transport.use('stream', ({ message }, done) => {
    const createReadStream = message.createReadStream.bind(message);
    message.createReadStream = (options) =>
      createReadStream(options).once('end', () => allGiven.add(message.messageId()));
    done();
  });
  return {
    handOver: async (mail) => {
      if (!isMailAddress(mail.to.address)) return { outcome: 'refused', reason: 'not_an_address' };
      try {
        await transport.sendMail({ ...fieldsOf(mail), signal: AbortSignal.timeout(longestTryMs) });
        return { outcome: 'taken' };
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

function fieldsOf({ messageId, date, from, to, subject, text, html }: OutgoingMail) {
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
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}

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
