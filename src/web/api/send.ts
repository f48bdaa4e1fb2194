import { askForProof } from './proof-state.ts';
import type { components } from './schema.d.ts';
import { csrfToken, keepCsrfToken } from './session-state.ts';

const sessionPath = '/api/v1/session';

/**
 * Sends a request, and once more by itself when what it lacked was found: a fresh proof of who one is, which the person was
 * asked for, or the new id that the session got meanwhile, here or in another tab. Otherwise the refusal stands.
 */
export async function send(request: Request): Promise<Response> {
  const again = request.clone();
  const response = await fetch(request);
  if (response.status !== 401 && response.status !== 403) return response;
  const code = await codeOf(response);
  const isFound =
    code === 'proof_required'
      ? await askForProof()
      : /^(not_signed_in|cross_site)$/.test(code) && (await isSessionRenewed(request));
  if (!isFound) return response;
  again.headers.set('x-csrf-token', csrfToken() ?? '');
  return fetch(again);
}

async function codeOf(response: Response): Promise<string> {
  const problem: { code?: string } = await response
    .clone()
    .json()
    .catch(() => ({}));
  return problem.code ?? '';
}

async function isSessionRenewed({ url, headers }: Request): Promise<boolean> {
  if (new URL(url).pathname === sessionPath) return false;
  const response = await fetch(sessionPath).catch(() => undefined);
  if (!response?.ok) return false;
  const session = (await response.json()) as components['schemas']['Session'];
  keepCsrfToken(session.csrfToken);
  return session.csrfToken !== headers.get('x-csrf-token');
}
