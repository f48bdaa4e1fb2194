/** A mailbox whose mails are read once each, whoever else looks into it. */
export type Mailbox = {
  /**
   * Gives what is new, the oldest first, and marks each as read by us once it was taken; undefined for one that is larger than
   * what is wanted. Ends at the first that is not taken: it is given again at the next time. Returns how many were taken.
   */
  readNew: (take: (source: Buffer | undefined) => Promise<void>) => Promise<number>;
};

type Options = {
  /** Larger mails are not fetched, in bytes. */
  largest: number;
  /** So many at most, so that one reading ends. */
  atMost?: number;
};

/**
 * A flag of our own: somebody who opens a mail in a mail program makes it seen, and it is still new to us. Servers that keep no
 * such flags are given the common one.
 */
const readByUs = '$ShokaiRead';

/** Opens no connection until it is read. `imaps://user:password@host:port/FOLDER`; over `imap://` TLS is begun where it can be. */
export function openMailbox(url: string, { largest, atMost = 500 }: Options): Mailbox {
  return {
    readNew: async (take) => {
      const client = await connect(url).catch(tellWhy);
      try {
        const { permanentFlags } = await client.mailboxOpen(folderOf(url)).catch(tellWhy);
        const mark = permanentFlags?.has('\\*') || permanentFlags?.has(readByUs) ? readByUs : '\\Seen';
        const isNew = mark === readByUs ? { unKeyword: mark } : { seen: false };
        const found = await client.search(isNew, { uid: true });
        // What the server refuses is told by false, and would look like a mailbox in which nothing is new.
        if (!found) throw new Error('the mailbox cannot be searched');
        const uids = found.slice(0, atMost);
        for (const uid of uids) {
          await take(await sourceOf(client, uid, largest));
          const isMarked = await client.messageFlagsAdd(`${uid}`, [mark], { uid: true });
          if (!isMarked) throw new Error('mails of the mailbox cannot be marked as read');
        }
        return uids.length;
      } finally {
        // Saying goodbye to a server that is gone must not hide what went wrong.
        client.close();
      }
    },
  };
}

type Client = Awaited<ReturnType<typeof connect>>;

async function connect(url: string) {
  // Who has no such mailbox does not wait for it to load.
  const { ImapFlow } = await import('imapflow');
  const { hostname, port, protocol, username, password, searchParams } = new URL(url);
  const secure = protocol === 'imaps:';
  const requireTls = searchParams.get('requireTLS');
  const client = new ImapFlow({
    host: hostname,
    port: port === '' ? (secure ? 993 : 143) : Number(port),
    secure,
    ...(requireTls !== null && { doSTARTTLS: requireTls === 'true' }),
    auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    // It would log the mails.
    logger: false,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
  });
  // What breaks also fails the call that waits for it; without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

type ImapError = Error & {
  serverResponseCode?: string;
  responseStatus?: string;
  code?: string;
  mailboxMissing?: boolean;
};

/** Says what is wrong by a code: the library's own words are the same for everything that a server refuses. */
function tellWhy(error: ImapError): never {
  const { serverResponseCode, mailboxMissing, responseStatus, code, message } = error;
  const why = serverResponseCode ?? (mailboxMissing ? 'NONEXISTENT' : undefined) ?? code ?? responseStatus;
  throw new Error(`the mailbox cannot be opened: ${why ?? message}`);
}

const folderOf = (url: string): string => decodeURIComponent(new URL(url).pathname.slice(1)) || 'INBOX';

async function sourceOf(client: Client, uid: number, largest: number): Promise<Buffer | undefined> {
  const found = await client.fetchOne(`${uid}`, { size: true }, { uid: true });
  // Removed by somebody meanwhile.
  if (!found || (found.size ?? 0) > largest) return undefined;
  const whole = await client.fetchOne(`${uid}`, { source: true }, { uid: true });
  return whole ? whole.source : undefined;
}
