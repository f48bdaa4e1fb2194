import { describe, expect, it } from 'vitest';
import { aMerchant, as, startWorld } from '#tests/support/world.ts';

const world = startWorld();

type Operation = { responses: Record<string, unknown>; security?: unknown; tags: string[] };
type Document = {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: object };
};

const document = async (): Promise<Document> => (await as(world).get('/openapi.json')).body;

const fill = (path: string): string =>
  path.replace('/api/v1', '').replace('{caseId}', '261124-000-000-000').replace('{code}', 'inquiry.other');

describe('the API’s document', () => {
  it('is OpenAPI 3.1 with the fixed names, refers to nothing that is not there and holds nothing unused', async () => {
    const { openapi, paths, components } = await document();
    const text = JSON.stringify({ paths, components });
    const refs = new Set([...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name));

    expect(openapi).toBe('3.1.0');
    expect([...refs].sort()).toEqual(Object.keys(components.schemas).sort());
    for (const path of [
      '/cases',
      '/cases/batch',
      '/cases/counts',
      '/cases/{caseId}/answer',
      '/notification-types/{code}',
    ]) {
      expect(Object.keys(paths)).toContain(`/api/v1${path}`);
    }
  });

  it('shows a reference for people', async () => {
    const page = await fetch(`${world.url}/docs`);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Shokai API')]);
  });
});

describe('every route', () => {
  it('asks who calls, unless the document says it is for everybody', async () => {
    const { paths } = await document();
    for (const [path, operations] of Object.entries(paths)) {
      for (const [method, { security }] of Object.entries(operations)) {
        const { status } = await as(world).send(
          method.toUpperCase(),
          fill(path),
          method === 'get' ? {} : { json: {} },
        );
        const isPublic = Array.isArray(security) && security.length === 0;
        expect([path, method, isPublic || status === 401]).toEqual([path, method, true]);
      }
    }
  });

  it('gives only the statuses its document lists, and problems as RFC 9457 tells them', async () => {
    const { hanako } = await aMerchant(world);
    const { paths } = await document();
    for (const [path, operations] of Object.entries(paths)) {
      for (const [method, { responses }] of Object.entries(operations)) {
        const json = { nonsense: '\u0000', draftVersion: -1 };
        const reply = await as(world, hanako).send(
          method.toUpperCase(),
          fill(path),
          method === 'get' ? {} : { json },
        );
        expect(Object.keys(responses)).toContain(String(reply.status));
        if (reply.status < 400) continue;
        expect(reply.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
        expect(reply.body).toMatchObject({
          status: reply.status,
          code: expect.any(String),
          detail: expect.any(String),
        });
      }
    }
  });

  it('carries the security headers, also when it refuses', async () => {
    const { hanako } = await aMerchant(world);
    for (const path of ['/cases', '/cases/261124-000-000-000', '/nonsense']) {
      const { headers } = await as(world, hanako).get(path);
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('content-security-policy')).not.toContain('unsafe');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('answers an unknown address with a problem', async () => {
    expect(await as(world).get('/nonsense')).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });
});
