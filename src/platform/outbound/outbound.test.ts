import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { setDefaultCACertificates } from 'node:tls';
import { beforeAll, describe, expect, it } from 'vitest';
import { certificates } from '#tests/support/certificates.ts';
import { aNameServer, anOutside, type Zone } from '#tests/support/outside.ts';
import { areExceptions, readExceptions } from './exceptions.ts';
import { resolveByNameServers } from './find-addresses.ts';
import { type Outbound, type OutboundCall, type OutboundLimits, openOutbound } from './outbound.ts';
import { OutboundError } from './outbound-error.ts';

beforeAll(() => setDefaultCACertificates([certificates.authority]));

type Given = { allow?: string; zone?: Zone; ports?: number[]; limits?: Partial<OutboundLimits> };

async function given({ allow = '', zone = {}, ports = [443], limits = {} }: Given = {}) {
  const names = await aNameServer(zone);
  const outbound = openOutbound({
    exceptions: readExceptions(allow),
    ports,
    limits: { connectMs: 2000, headersMs: 2000, totalMs: 2000, bytes: 10_000, ...limits },
    resolve: resolveByNameServers([names.server]),
  });
  return { outbound, asked: names.asked };
}

async function outcomeOf(outbound: Outbound, call: OutboundCall): Promise<string> {
  try {
    return `answered ${(await outbound(call)).status}`;
  } catch (error) {
    return error instanceof OutboundError ? error.reason : `threw ${String(error)}`;
  }
}

describe('a call to a forbidden place', () => {
  const hosts = [
    '127.0.0.1',
    '127.1',
    '127.0.1',
    '2130706433',
    '0x7f000001',
    '0x7f.0.0.1',
    '0177.0.0.1',
    '017700000001',
    '127.0.0.1.',
    '①②⑦.⓪.⓪.①',
    '127。0。0。1',
    '%31%32%37.0.0.1',
    '0.0.0.0',
    '0',
    '127.8.9.10',
    '[::1]',
    '[::]',
    '[0:0:0:0:0:0:0:1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b:1::7f00:1]',
    '[2002:7f00:1::1]',
    '[2001:0:7f00:1::1]',
    '[fe80::1]',
    '[fc00::1]',
    '[fd00:ec2::254]',
    '[ff02::1]',
    '[2001:db8::1]',
    '169.254.169.254',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '100.64.0.1',
    '198.18.0.1',
    '192.0.2.1',
    '224.0.0.1',
    '255.255.255.255',
    'localhost',
    'LOCALHOST',
    'localhost.',
    'inside.test',
    'both.test',
    'mapped.localhost',
  ];

  it('connects to nothing, however the address is written', async () => {
    const trap = createServer().listen(0, '::');
    await once(trap, 'listening');
    let connections = 0;
    trap.on('connection', (socket) => {
      connections += 1;
      socket.destroy();
    });
    const address = trap.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const zone = { 'inside.test': [['127.0.0.1']], 'both.test': [['93.184.216.34', '127.0.0.1']] };
    const { outbound } = await given({ zone, ports: [port] });
    for (const host of hosts) {
      const outcome = await outcomeOf(outbound, { url: `https://${host}:${port}/` });
      expect(outcome, host).toMatch(/^(forbidden_(address|url)|unknown_host)$/);
      const plain = await outcomeOf(outbound, { url: `http://${host}:${port}/` });
      expect(plain, `http ${host}`).toMatch(/^forbidden_(scheme|address|url)$/);
    }
    trap.close();
    expect(connections).toBe(0);
  });

  it.each([
    ['file:///etc/passwd', 'forbidden_scheme'],
    ['gopher://127.0.0.1:70/', 'forbidden_scheme'],
    ['ftp://example.com/', 'forbidden_scheme'],
    ['data:text/plain,x', 'forbidden_scheme'],
    ['javascript:alert(1)', 'forbidden_scheme'],
    ['unix:/var/run/docker.sock', 'forbidden_scheme'],
    ['http://example.com/', 'forbidden_scheme'],
    ['https://user:password@example.com/', 'forbidden_url'],
    ['https://@example.com/', 'forbidden_url'],
    ['https://example.com\\@127.0.0.1/', 'forbidden_url'],
    ['https://example.com\n/', 'forbidden_url'],
    ['https://exa mple.com/', 'forbidden_url'],
    ['//example.com/', 'forbidden_url'],
    ['', 'forbidden_url'],
    [`https://example.com/${'a'.repeat(2048)}`, 'forbidden_url'],
    ['https://example.com:22/', 'forbidden_port'],
    ['https://example.com:80/', 'forbidden_port'],
    ['https://example.com:25/', 'forbidden_port'],
  ])('refuses %s', async (url, reason) => {
    const { outbound, asked } = await given();
    expect(await outcomeOf(outbound, { url })).toBe(reason);
    expect(asked()).toBe(0);
  });

  it('is refused at a metadata address even within an allowed range', async () => {
    const { outbound } = await given({ allow: '169.254.0.0/16, 100.64.0.0/10' });
    expect(await outcomeOf(outbound, { url: 'https://169.254.169.254/latest' })).toBe('forbidden_address');
    expect(await outcomeOf(outbound, { url: 'https://100.100.100.200/' })).toBe('forbidden_address');
  });
});

describe('a name whose addresses change', () => {
  it('is looked up once, and the call goes to what was checked', async () => {
    const allowed = await anOutside((_, response) => response.end('allowed'), { host: '127.0.0.2' });
    const trap = await anOutside((_, response) => response.end('trap'), { port: allowed.port });
    const { outbound, asked } = await given({
      allow: '127.0.0.2/32',
      zone: { 'rebind.test': [['127.0.0.2'], ['127.0.0.1']] },
      ports: [allowed.port],
    });
    const url = `https://rebind.test:${allowed.port}/`;
    expect((await outbound({ url })).body.toString()).toBe('allowed');
    expect(asked()).toBe(1);
    expect(await outcomeOf(outbound, { url })).toBe('forbidden_address');
    expect(trap.connections()).toBe(0);
  });
});

describe('an exception of the configuration', () => {
  it('opens http at exactly one host and port', async () => {
    const named = await anOutside((_, response) => response.end('named'), { tls: false });
    const other = await anOutside((_, response) => response.end('other'), { tls: false });
    const { outbound } = await given({ allow: `127.0.0.1:${named.port}` });
    expect(await outcomeOf(outbound, { url: `http://127.0.0.1:${named.port}/` })).toBe('answered 200');
    expect(await outcomeOf(outbound, { url: `http://127.0.0.1:${other.port}/` })).toBe('forbidden_scheme');
    expect(await outcomeOf(outbound, { url: `http://127.1:${named.port}/` })).toBe('forbidden_address');
    expect(await outcomeOf(outbound, { url: `http://[::ffff:127.0.0.1]:${named.port}/` })).toBe(
      'forbidden_scheme',
    );
    expect(other.connections()).toBe(0);
  });

  it('opens a range for https only', async () => {
    const server = await anOutside((_, response) => response.end('inside'));
    const { outbound } = await given({ allow: '127.0.0.0/8', ports: [server.port] });
    expect(await outcomeOf(outbound, { url: `https://127.0.0.1:${server.port}/` })).toBe('answered 200');
    expect(await outcomeOf(outbound, { url: `http://127.0.0.1:${server.port}/` })).toBe('forbidden_scheme');
  });

  it.each([
    '10.0.0.0',
    'host',
    'host:443, x',
    'host:0',
    'host:70000',
    '10.0.0.0/33',
    '::/129',
    'https://host:1',
    'a b:1',
  ])('is not read from %s', (entry) => expect(areExceptions(entry)).toBe(false));
});

describe('a reply', () => {
  const allowed = async (answer: Parameters<typeof anOutside>[0], limits: Partial<OutboundLimits> = {}) => {
    const { port } = await anOutside(answer, { tls: false });
    const { outbound } = await given({ allow: `127.0.0.1:${port}`, limits });
    return { outbound, url: `http://127.0.0.1:${port}/hook?x=1` };
  };

  it('gives status, headers, body and the time it took', async () => {
    const { outbound, url } = await allowed(async (request, response) => {
      const sent = await request.toArray();
      response.writeHead(202, { 'x-seen': `${request.method} ${request.url} ${request.headers['x-own']}` });
      response.end(`got ${Buffer.concat(sent)}`);
    });
    const reply = await outbound({ url, method: 'POST', headers: { 'x-own': 'yes' }, body: 'hello' });
    expect(reply).toMatchObject({ status: 202, headers: { 'x-seen': 'POST /hook?x=1 yes' }, isCut: false });
    expect(reply.body.toString()).toBe('got hello');
    expect(reply.milliseconds).toBeGreaterThanOrEqual(0);
  });

  it('is the redirect itself, which is not followed', async () => {
    const trap = await anOutside((_, response) => response.end('secret'), { tls: false });
    const { outbound, url } = await allowed((_, response) => {
      response.writeHead(302, { location: `http://127.0.0.1:${trap.port}/` }).end();
    });
    expect(await outcomeOf(outbound, { url })).toBe('answered 302');
    expect(trap.connections()).toBe(0);
  });

  it('may not be larger than the limit, nor is it unpacked', async () => {
    const { outbound, url } = await allowed((request, response) => {
      expect(request.headers['accept-encoding']).toBe('identity');
      response.end(Buffer.alloc(10_001, 'x'));
    });
    expect(await outcomeOf(outbound, { url })).toBe('too_large');
    const begun = await outbound({ url, firstBytes: 100 });
    expect(begun).toMatchObject({ status: 200, isCut: true });
    expect(begun.body.toString()).toBe('x'.repeat(100));
  });

  it('without an end is cut off where the limit is', async () => {
    let written = 0;
    const { outbound, url } = await allowed((_, response) => {
      const more = (): void => {
        written += 65_536;
        if (!response.destroyed) response.write(Buffer.alloc(65_536), more);
      };
      more();
    });
    expect(await outcomeOf(outbound, { url })).toBe('too_large');
    expect(written).toBeLessThan(20_000_000);
  });

  it('may not have endless headers', async () => {
    const { outbound, url } = await allowed((_, response) => {
      response.writeHead(200, { 'x-long': 'x'.repeat(20_000) }).end();
    });
    expect(await outcomeOf(outbound, { url })).toBe('too_large');
  });

  it.each([
    ['never begins', () => undefined],
    [
      'drips',
      (_: unknown, response: ServerResponse) => void setInterval(() => response.write('x'), 50).unref(),
    ],
  ])('that %s is given up in time', async (_, answer) => {
    const { outbound, url } = await allowed(answer, { totalMs: 400 });
    const started = performance.now();
    expect(await outcomeOf(outbound, { url })).toBe('timed_out');
    expect(performance.now() - started).toBeLessThan(1500);
  });

  it('that breaks off is no reply', async () => {
    const { outbound, url } = await allowed((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('x');
      setImmediate(() => response.destroy());
    });
    expect(await outcomeOf(outbound, { url })).toBe('broken_off');
  });
});

describe('the far side', () => {
  it.each([
    ['a certificate by nobody', 'receiver.test', certificates.selfMade],
    ['a certificate of another name', 'other.test', certificates.server],
  ])('is refused with %s', async (_, name, tls) => {
    let requests = 0;
    const server = await anOutside(
      (_, response) => {
        requests += 1;
        response.end();
      },
      { tls },
    );
    const { outbound } = await given({
      allow: '127.0.0.0/8',
      zone: { [name]: [['127.0.0.1']] },
      ports: [server.port],
    });
    expect(await outcomeOf(outbound, { url: `https://${name}:${server.port}/` })).toBe('bad_certificate');
    expect(requests).toBe(0);
  });

  it('is trusted when its certificate fits the name that was called', async () => {
    const server = await anOutside((request, response) => response.end(request.headers.host));
    const { outbound } = await given({
      allow: '127.0.0.0/8',
      zone: { 'receiver.test': [['127.0.0.1']] },
      ports: [server.port],
    });
    const reply = await outbound({ url: `https://receiver.test:${server.port}/` });
    expect(reply.body.toString()).toBe(`receiver.test:${server.port}`);
  });

  it('is told apart when it does not listen', async () => {
    const server = await anOutside((_, response) => response.end());
    const { outbound } = await given({ allow: '127.0.0.1:1', ports: [server.port] });
    expect(await outcomeOf(outbound, { url: 'http://127.0.0.1:1/' })).toBe('not_connected');
    expect(await outcomeOf(outbound, { url: 'https://nobody.test/' })).toBe('forbidden_port');
    expect(await outcomeOf(outbound, { url: `https://nobody.test:${server.port}/` })).toBe('unknown_host');
  });
});
