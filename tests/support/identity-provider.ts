import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Adapter, type AdapterPayload, type Configuration, type Grant } from 'oidc-provider';

/** Somebody's account at the provider. */
export type Account = { subject: string; email?: string; isVerified?: boolean; amr?: string[]; acr?: string };

export const client = { id: 'shokai', secret: 'a secret of the tests, not of anybody' };

type Claims = Record<string, unknown>;

/** What may be wrong with the tokens it gives: each changes them as an attacker or a broken provider would. */
export type Tampering = {
  claims?: (claims: Claims) => Claims;
  header?: Record<string, string>;
  key?: KeyObject;
  /** What it says of itself. */
  metadata?: Record<string, string>;
};

/** A real provider of OpenID Connect on this machine. Whoever comes is `account`, or logs in by its form when there is none. */
export type TestProvider = {
  issuer: string;
  /** Where people are sent back to; nowhere else. */
  redirectTo: (uri: string) => void;
  account: Account | undefined;
  /** Everybody who may log in by the form, by subject. */
  accounts: Account[];
  tampering: Tampering | undefined;
  /** Seconds by which log-ins are said to be older than they are. */
  agoSeconds: number;
  /** Signs with a new key from now on, and has forgotten the old one. */
  rollKey: () => Promise<void>;
  stop: () => Promise<void>;
  start: () => Promise<void>;
};

const newKey = (): { id: string; key: KeyObject } => ({
  id: `key-${Date.now()}-${Math.random()}`,
  key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
});

export async function startProvider(redirectUri = 'https://portal.invalid'): Promise<TestProvider> {
  const listener: { now: (request: IncomingMessage, response: ServerResponse) => void } = { now: () => {} };
  let server = await listening(0, (request, response) => listener.now(request, response));
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;
  let signing = newKey();
  const state: TestProvider = {
    issuer,
    redirectTo: (uri) => serve(uri),
    account: undefined,
    accounts: [],
    tampering: undefined,
    agoSeconds: 0,
    rollKey: async () => {
      signing = newKey();
      serve(redirectUri);
    },
    stop: () => closed(server),
    start: async () => {
      server = await listening(port, (request, response) => listener.now(request, response));
    },
  };
  const serve = (redirectUri: string): void => {
    const provider = new Provider(issuer, configurationOf(state, signing, redirectUri));
    provider.use(tamperWith(state, () => signing));
    const rest = provider.callback();
    listener.now = (request, response) => {
      if (request.url?.startsWith('/interaction/')) void interact(provider, state, request, response);
      else void rest(request, response);
    };
  };
  serve(redirectUri);
  return state;
}

/** What the provider remembers, for as long as the tests last. */
class Memory implements Adapter {
  static kept = new Map<string, AdapterPayload>();
  readonly kind: string;
  constructor(kind: string) {
    this.kind = kind;
  }
  private nameOf = (id: string): string => `${this.kind}:${id}`;
  async upsert(id: string, payload: AdapterPayload): Promise<void> {
    Memory.kept.set(this.nameOf(id), payload);
  }
  async find(id: string): Promise<AdapterPayload | undefined> {
    return Memory.kept.get(this.nameOf(id));
  }
  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return [...Memory.kept.values()].find((each) => each.uid === uid);
  }
  async findByUserCode(): Promise<undefined> {}
  async consume(id: string): Promise<void> {
    const payload = await this.find(id);
    if (payload) payload.consumed = Math.floor(Date.now() / 1000);
  }
  async destroy(id: string): Promise<void> {
    Memory.kept.delete(this.nameOf(id));
  }
  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [name, { grantId: of }] of Memory.kept) if (of === grantId) Memory.kept.delete(name);
  }
}

function configurationOf(
  state: TestProvider,
  { id, key }: { id: string; key: KeyObject },
  redirectUri: string,
): Configuration {
  const known = (subject: string): Account | undefined =>
    state.account?.subject === subject
      ? state.account
      : state.accounts.find((each) => each.subject === subject);
  return {
    adapter: Memory,
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [redirectUri],
        application_type: 'web',
      },
    ],
    jwks: {
      keys: [{ ...(key.export({ format: 'jwk' }) as { kty: 'RSA' }), kid: id, use: 'sig', alg: 'RS256' }],
    },
    cookies: { keys: ['of the tests'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], amr: ['amr'] },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, subject) => ({
      accountId: subject,
      claims: () => {
        const { email, isVerified = true } = known(subject) ?? {};
        return { sub: subject, ...(email && { email, email_verified: isVerified }) };
      },
    }),
    loadExistingGrant: async ({ oidc }): Promise<Grant | undefined> => {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client?.clientId ?? '',
        accountId: oidc.session?.accountId ?? '',
      });
      grant.addOIDCScope('openid email');
      await grant.save();
      return grant;
    },
    ttl: { Session: 3600, Interaction: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
  };
}

/** Logs `account` in at once; with none it shows a form, or cancels where the form says so. */
async function interact(
  provider: Provider,
  state: TestProvider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const typed = request.method === 'POST' ? new URLSearchParams(await textOf(request)) : undefined;
  const account = typed
    ? state.accounts.find(({ subject }) => subject === typed.get('account'))
    : state.account;
  if (typed?.has('cancel')) {
    await provider.interactionFinished(request, response, { error: 'access_denied' });
  } else if (account) {
    const { subject, amr, acr } = account;
    const ts = Math.floor(Date.now() / 1000) - state.agoSeconds;
    await provider.interactionFinished(request, response, {
      login: { accountId: subject, ts, remember: true, ...(amr && { amr }), ...(acr && { acr }) },
    });
  } else {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(form(request.url ?? ''));
  }
}

const form = (action: string): string => `<!doctype html><html lang="ja"><title>認証基盤</title>
  <h1>社内認証基盤</h1><form method="post" action="${action}">
  <label>アカウント <input name="account"></label><button>ログイン</button><button name="cancel" value="1">取り消す</button></form>`;

type Context = { path: string; body?: { id_token?: string } | undefined };

const tamperWith =
  (state: TestProvider, signing: () => { id: string; key: KeyObject }) =>
  async (context: unknown, next: () => Promise<unknown>): Promise<void> => {
    await next();
    const { path, body } = context as Context;
    if (path === '/.well-known/openid-configuration') Object.assign(body ?? {}, state.tampering?.metadata);
    if (path !== '/token' || !body?.id_token) return;
    const amr = state.account?.amr;
    const { claims = (all: Claims) => all, header, key } = state.tampering ?? {};
    if (!state.tampering && !amr) return;
    const [, middle = ''] = body.id_token.split('.');
    const given = JSON.parse(Buffer.from(middle, 'base64url').toString()) as Claims;
    const { id, key: own } = signing();
    body.id_token = signed(claims({ ...given, ...(amr && { amr }) }), { kid: id, ...header }, key ?? own);
  };

function signed(claims: Claims, header: Record<string, string>, key: KeyObject): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'RS256', typ: 'JWT', ...header })}.${part(claims)}`;
  const signature = header.alg === 'none' ? '' : sign('sha256', Buffer.from(text), key).toString('base64url');
  return `${text}.${signature}`;
}

async function listening(
  port: number,
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Server> {
  const server = createServer(handle).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of request) text += String(piece);
  return text;
}

/** Follows an address at the provider as a browser does, until it leads back to us; gives what stands behind the `?`. */
export async function goThere(address: string, jar = new Map<string, string>()): Promise<string> {
  const { origin } = new URL(address);
  for (let url = address, steps = 0; steps < 10; steps += 1) {
    if (!url.startsWith(origin)) return new URL(url).search.slice(1);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const reply = await fetch(url, { redirect: 'manual', headers: { cookie } });
    for (const set of reply.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      jar.set(name, value);
    }
    const next = reply.headers.get('location');
    if (!next) throw new Error(`the provider stopped at ${reply.status}: ${await reply.text()}`);
    url = new URL(next, url).href;
  }
  throw new Error('the provider goes on and on');
}
