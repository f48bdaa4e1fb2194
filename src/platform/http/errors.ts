import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal, type RefusalCode } from '#src/domain/refusals.ts';
import { preferredLocale } from '#src/domain/text.ts';
import { toProblemDocument } from './problem.ts';

/** What Fastify itself refuses, in our words. */
const refusalsOfFastify: Readonly<Record<string, RefusalCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'wrong_media_type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'invalid_request',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid_request',
  FST_ERR_BAD_URL: 'not_found',
  FST_ERR_MAX_PARAM_LENGTH: 'not_found',
};

/** Codes with which a connection to the database fails or breaks off; whether anything was done is not known then. */
const databaseAway = /^(ECONNREFUSED|ECONNRESET|ENOENT|ETIMEDOUT|57P0[123]|08...|53300|57014|40001|40P01)$/;
const databaseAwayMessage =
  /timeout exceeded when trying to connect|Connection terminated|Query read timeout/;

/** Codes with which a database refuses a text that it cannot hold (NUL), where no schema did before. */
const textNotStorable = /^(22021|22P05)$/;

/** The only place where an error becomes a response: a refusal is told, anything else is our fault. */
export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) =>
    sendProblem(toRefusal(error, request), request, reply),
  );
}

/** What an error means to the caller; what is our own fault is logged here. */
export function toRefusal(error: FastifyError, request: FastifyRequest): Refusal {
  if (error instanceof Refusal) return error;
  const known = refusalsOfFastify[error.code];
  if (known) return new Refusal(known);
  if (error.statusCode === 429) return new Refusal('too_many_requests');
  if (textNotStorable.test(error.code))
    return new Refusal('invalid_request', {}, [{ pointer: '', code: 'not_readable' }]);
  if (error.statusCode === 503 || databaseAway.test(error.code) || databaseAwayMessage.test(error.message)) {
    request.log.error({ err: error }, 'the database or the server is not available');
    return new Refusal('unavailable');
  }
  if (error.statusCode !== undefined && error.statusCode < 500) return new Refusal('invalid_request');
  request.log.error({ err: error }, 'request failed');
  return new Refusal('internal_error');
}

/** Sends a refusal as problem+json in the caller's language. */
export function sendProblem(refusal: Refusal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const locale = preferredLocale(request.headers['accept-language']);
  const problem = toProblemDocument(refusal, locale, request.id);
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer realm="shokai"');
  if (problem.status === 429) reply.header('retry-after', String(secondsToWait(refusal)));
  if (problem.status === 503) reply.header('retry-after', '5');
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .header('content-type', 'application/problem+json; charset=utf-8')
    .serializer((body: unknown) => JSON.stringify(body))
    .send(problem);
}

const secondsToWait = ({ detail: { seconds, minutes } }: Refusal): number =>
  Number(seconds ?? Number(minutes ?? 1) * 60);
