import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { preferredLocale } from '#src/domain/text.ts';
import type { Reading } from '#src/platform/transaction.ts';
import { findMail, listMails } from './find-mails.ts';
import { type Html, styleHashes } from './html.ts';
import { type Frame, listPage, mailPage, noMailPage } from './mailbox-pages.ts';

type Parts = {
  reading: Reading;
  /** Where mails go instead, `host:port`; unset: they stay here. */
  server?: string;
};

/** The demo's mailbox: everybody's mails, for everybody who can reach the demo. It must not exist anywhere else. */
export async function serveMailbox(app: FastifyInstance, { reading, server }: Parts): Promise<void> {
  const hidden = { schema: { hide: true } };
  app.get<{ Querystring: { before?: string } }>('/demo/mailbox', hidden, async (request, reply) => {
    const page = await reading((db) => listMails(db, idOf(request.query.before)));
    return send(reply, { page: listPage(page, server, frameOf(request, reply)) });
  });
  app.get<MailRoute>('/demo/mailbox/:mailId', hidden, async (request, reply) => {
    const mail = await reading((db) => findMail(db, idOf(request.params.mailId)));
    const frame = frameOf(request, reply);
    if (!mail) return send(reply, { page: noMailPage(frame), status: 404 });
    return send(reply, { page: mailPage(mail, frame) });
  });
  app.get<MailRoute>('/demo/mailbox/:mailId/html', hidden, async (request, reply) => {
    const mail = await reading((db) => findMail(db, idOf(request.params.mailId)));
    if (!mail) return send(reply, { page: noMailPage(frameOf(request, reply)), status: 404 });
    reply.header('x-frame-options', 'SAMEORIGIN');
    return send(reply, { page: { html: mail.html }, policy: bodyPolicy(mail.html) });
  });
}

type MailRoute = { Params: { mailId: string } };

const idOf = (text: string | undefined): string | undefined => z.uuid().safeParse(text).data;

const frameOf = ({ headers }: FastifyRequest, { styleNonce }: FastifyReply): Frame => ({
  locale: preferredLocale(headers['accept-language']),
  styleNonce,
});

/** For what a mail's sender wrote: it may colour itself by just the styles it came with and open links, and nothing else. */
const bodyPolicy = (body: string): string =>
  `default-src 'none'; style-src 'unsafe-hashes' ${styleHashes(body).join(' ')}; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox`;

const pagePolicy = (nonce: string): string =>
  `default-src 'none'; style-src 'nonce-${nonce}'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

type Sent = { page: Html; policy?: string; status?: number };

const send = (reply: FastifyReply, { page, policy, status = 200 }: Sent): FastifyReply =>
  reply
    .code(status)
    .header('content-security-policy', policy ?? pagePolicy(reply.styleNonce))
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(page.html);
