import { expect, it } from 'vitest';
import { aMerchant, anInstitution, aRequest, as, givenCase, startWorld } from '#tests/support/world.ts';

const world = startWorld();

const json = { 'content-type': 'application/json' };

/** What a polluted prototype would show on any object. */
const isClean = (): boolean =>
  !('polluted' in {}) &&
  Object.keys(Object.prototype).length === 0 &&
  Object.keys(Array.prototype).length === 0;

const pollutions = [
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"content":{"__proto__":{"polluted":true}}}',
  '{"content":{"cancellation":{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}}}',
  '{"\\u005f_proto__":{"polluted":true}}',
  '{"a":[{"__proto__":{"polluted":true}}]}',
];

it.each(pollutions)('pollutes no prototype with the body %s', async (raw) => {
  const merchant = await aMerchant(world);
  const caseId = await givenCase(world, merchant);
  const institution = await anInstitution(world);
  const replies = [
    await as(world).send('POST', '/session', { raw, headers: json }),
    await as(world, merchant.hanako).send('PUT', `/cases/${caseId}/draft`, {
      raw,
      headers: { ...json, 'if-match': '"0"' },
    }),
    await as(world, institution).send('POST', '/cases', {
      raw: JSON.stringify(aRequest(merchant.mid)).replace('{', `{"x":${raw},`),
      headers: json,
    }),
    await as(world, institution).send('POST', '/cases/batch', {
      raw: `${raw}\n`,
      headers: { 'content-type': 'application/x-ndjson' },
    }),
  ];
  for (const { status } of replies) expect([200, 400, 422]).toContain(status);
  expect(isClean()).toBe(true);
});

it.each([
  '__proto__[polluted]=true',
  '__proto__.polluted=true',
  'constructor[prototype][polluted]=true',
  'constructor.prototype.polluted=true',
  '__proto__=polluted',
  'toString=1&valueOf=1&hasOwnProperty=1',
])('pollutes no prototype with the query %s', async (query) => {
  const { hanako } = await aMerchant(world);
  for (const path of ['/cases', '/cases/counts', '/notification-types']) {
    expect((await as(world, hanako).get(`${path}?${query}`)).status).toBeLessThan(500);
  }
  expect(isClean()).toBe(true);
});

it('pollutes no prototype with names in the path, the cookies and the headers', async () => {
  const { hanako } = await aMerchant(world);
  for (const name of ['__proto__', 'constructor', 'hasOwnProperty']) {
    const replies = [
      await as(world, hanako).get(`/notification-types/${name}`),
      await as(world, hanako).get(`/cases/${name}`),
      await as(world).get('/session', { cookie: `${name}=1; __Host-session=${name}` }),
      await as(world).get('/session', { [name]: '1', 'accept-language': name }),
    ];
    for (const { status } of replies) expect([400, 401, 404]).toContain(status);
  }
  expect(isClean()).toBe(true);
});
