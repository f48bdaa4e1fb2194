import type { Attachment, ParsedMail } from 'mailparser';

/** What a server or a mailbox provider says of a mail that it was given: that it did not arrive, or that nobody wants it. */
export type MailReport = {
  /** The Message-ID of the mail it is about. */
  messageId: string;
  kind: 'bounced' | 'delayed' | 'complained';
  /** The status code (5.1.1), or the kind of complaint. Never the server's words: they quote the recipient. */
  reply: string;
  /** The server that says so. */
  host: string | null;
};

/** Larger mails are no reports; what returns a text whole is still below it. */
export const largestReport = 5_000_000;

/** Reads a delivery status notification (RFC 3464) or a complaint (RFC 5965); undefined for any other mail. */
export async function readReport(source: Buffer): Promise<MailReport | undefined> {
  if (source.length > largestReport) return undefined;
  const { simpleParser } = await import('mailparser');
  const mail = await simpleParser(source, { keepDeliveryStatus: true, skipTextToHtml: true });
  const messageId = aboutWhich(mail);
  if (!messageId) return undefined;
  const status = partOf(mail, 'message/delivery-status');
  if (status) return deliveryReport(messageId, status);
  const feedback = partOf(mail, 'message/feedback-report');
  if (!feedback) return undefined;
  const [reply = 'abuse'] = /^[\w.-]{1,40}/.exec(fieldOf(feedback, 'Feedback-Type') ?? '') ?? [];
  return { messageId, kind: 'complained', reply, host: null };
}

const partOf = ({ attachments }: ParsedMail, type: string): string | undefined =>
  textOf(attachments.find(({ contentType }) => contentType === type));

const textOf = (part: Attachment | undefined): string | undefined => part?.content.toString('utf8');

/** The mail that came back says which it was. */
function aboutWhich({ attachments }: ParsedMail): string | undefined {
  const returned = attachments.find(({ contentType }) =>
    ['message/rfc822', 'text/rfc822-headers', 'message/rfc822-headers'].includes(contentType),
  );
  // Visible letters of ASCII alone: anybody can write such a mail, and the database takes no others as they are.
  const [id] = /<[!-;=?-~]{1,250}>/.exec(fieldOf(textOf(returned) ?? '', 'Message-ID') ?? '') ?? [];
  return id;
}

function deliveryReport(messageId: string, status: string): MailReport | undefined {
  const action = fieldOf(status, 'Action')?.toLowerCase();
  const [reply] = /\d\.\d{1,3}\.\d{1,3}/.exec(fieldOf(status, 'Status') ?? '') ?? [];
  const [host = null] = /[\w.-]{1,253}$/.exec(fieldOf(status, 'Reporting-MTA') ?? '') ?? [];
  if (action !== 'failed' && action !== 'delayed') return undefined;
  const kind = action === 'failed' ? 'bounced' : 'delayed';
  return { messageId, kind, reply: reply ?? (kind === 'bounced' ? '5.0.0' : '4.0.0'), host };
}

/** The first field of a name; one that goes on in the next line is joined. */
function fieldOf(text: string, name: string): string | undefined {
  const lines = text
    .slice(0, 200_000)
    .replaceAll('\r\n', '\n')
    .replaceAll(/\n[ \t]/g, ' ')
    .split('\n');
  const start = `${name.toLowerCase()}:`;
  return lines
    .find((line) => line.toLowerCase().startsWith(start))
    ?.slice(start.length)
    .trim();
}
