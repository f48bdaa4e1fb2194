import createClient, { type Middleware } from 'openapi-fetch';
import { storedLocale } from '../ui/locale.tsx';
import { isAway } from './presence.ts';
import { ProblemError } from './problem-error.ts';
import type { components, paths } from './schema.d.ts';
import { send } from './send.ts';
import { csrfToken, sessionEnded } from './session-state.ts';

export type Schemas = components['schemas'];

const ownHeaders: Middleware = {
  onRequest({ request }) {
    request.headers.set('accept-language', storedLocale());
    const token = csrfToken();
    if (token) request.headers.set('x-csrf-token', token);
    if (isAway()) request.headers.set('x-background', '1');
    return request;
  },
};

/** The API, typed from its own document. */
export const api = createClient<paths>({
  baseUrl: window.location.origin,
  credentials: 'same-origin',
  fetch: send,
});
api.use(ownHeaders);

const offline = {
  ja: 'サーバーに接続できません。通信環境をご確認のうえ、もう一度お試しください。',
  en: 'The server cannot be reached. Please check your connection and try again.',
};

type Answered<Data> = { data?: Data; error?: unknown; response: Response };

/** The data of a call, or a `ProblemError` that says why there is none. */
export async function unwrap<Data>(call: Promise<Answered<Data>>): Promise<NonNullable<Data>> {
  const { data, error, response } = await call.catch(() => {
    throw new ProblemError({ code: 'offline', status: 0, detail: offline[storedLocale()] });
  });
  if (response.ok) return data as NonNullable<Data>;
  const problem = toProblem(error, response.status);
  if (problem.code === 'not_signed_in') sessionEnded();
  throw problem;
}

function toProblem(error: unknown, status: number): ProblemError {
  if (typeof error === 'object' && error !== null && 'code' in error && 'detail' in error) {
    return new ProblemError({ ...(error as ConstructorParameters<typeof ProblemError>[0]), status });
  }
  return new ProblemError({ code: 'offline', status, detail: offline[storedLocale()] });
}
