import { anAddress, as, type Reply, type World } from './world.ts';

/** A browser as the server sees it: it keeps cookies, and the proof for changes that its pages were given. */
export type Browser = ReturnType<typeof aBrowser>;

type Options = { address?: string; cookies?: Map<string, string>; csrfToken?: string };

export function aBrowser(world: World, options: Options = {}) {
  const { address = anAddress(), cookies = new Map<string, string>() } = options;
  let { csrfToken = '' } = options;
  const send = async (method: string, path: string, json?: unknown): Promise<Reply> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { cookie, 'x-csrf-token': csrfToken, 'x-forwarded-for': address };
    const reply = await as(world).send(method, path, json === undefined ? { headers } : { headers, json });
    for (const set of reply.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (/Max-Age=0/.test(set)) cookies.delete(name);
      else cookies.set(name, value);
    }
    const { session: renewed, reply: signedIn, csrfToken: given } = reply.body ?? {};
    csrfToken = given ?? renewed?.csrfToken ?? signedIn?.csrfToken ?? csrfToken;
    return reply;
  };
  return {
    cookies,
    get: (path: string) => send('GET', path),
    post: (path: string, json: unknown = {}) => send('POST', path, json),
    put: (path: string, json: unknown) => send('PUT', path, json),
    remove: (path: string) => send('DELETE', path),
    signIn: (userId: string, password: string) => send('POST', '/session', { userId, password }),
    /** The same cookies at another node, or under another address. */
    at: (other: World, elsewhere = address) =>
      aBrowser(other, { address: elsewhere, cookies: new Map(cookies), csrfToken }),
  };
}

export const session = '__Host-session';
export const underWay = '__Host-sign-in';
export const device = '__Host-device';
