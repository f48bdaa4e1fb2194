import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';

/** A mail as it came in over SMTP. */
export type Received = { from: string; to: string[]; raw: string; mail: ParsedMail };

/** What the server says to a recipient or to a whole mail: nothing is a 250, a number is that reply; `cut` ends the connection. */
export type Answer = number | 'cut' | 'silence' | undefined;

type Behaviour = {
  port?: number;
  toRecipient?: (address: string) => Answer;
  /** Told how many mails came before. */
  toMail?: (before: number) => Answer;
  /** Offers STARTTLS with a certificate that nobody trusts. */
  offersBadTls?: boolean;
};

export type MailServer = {
  url: string;
  port: number;
  /** Every mail of which the server got all, whatever it said to it. */
  got: Received[];
  /** The mails it said 250 to. */
  received: Received[];
  stop: () => Promise<void>;
};

/** A real SMTP server on a free port that keeps what it gets and behaves as told. */
export async function aMailServer(behaviour: Behaviour = {}): Promise<MailServer> {
  const { port = 0, toRecipient, toMail, offersBadTls = false } = behaviour;
  const got: Received[] = [];
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    closeTimeout: 50,
    disabledCommands: offersBadTls ? ['AUTH'] : ['AUTH', 'STARTTLS'],
    onRcptTo: ({ address }, session, reply) => answer(toRecipient?.(address), session.id, reply),
    onData: async (stream, session, reply) => {
      const { mailFrom, rcptTo } = session.envelope;
      const raw = await readAll(stream);
      const mail = await simpleParser(raw);
      const to = rcptTo.map(({ address }) => address);
      const one = { from: mailFrom ? mailFrom.address : '', to, raw, mail };
      const said = toMail?.(got.length);
      got.push(one);
      if (said === undefined) received.push(one);
      answer(said, session.id, reply);
    },
  });
  const answer = (said: Answer, sessionId: string, reply: (error?: Error) => void): void => {
    if (said === undefined) reply();
    else if (said === 'silence') return;
    else if (said === 'cut') socketOf(server, sessionId)?.destroy();
    else reply(Object.assign(new Error('as the test wishes'), { responseCode: said }));
  };
  // A client that breaks off is part of the tests.
  server.on('error', () => undefined);
  server.listen(port, '127.0.0.1');
  await once(server.server, 'listening');
  const listening = (server.server.address() as AddressInfo).port;
  return {
    url: `smtp://127.0.0.1:${listening}`,
    port: listening,
    got,
    received,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The server's own list of connections; its interface has no way to break one off. */
function socketOf(server: SMTPServer, sessionId: string): Socket | undefined {
  const { connections } = server as unknown as { connections: Set<{ id: string; _socket: Socket }> };
  return [...connections].find(({ id }) => id === sessionId)?._socket;
}

async function readAll(stream: SMTPServerDataStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
