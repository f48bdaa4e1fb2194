import { describe, expect, it } from 'vitest';
import { newToken } from '#src/modules/people/tokens.ts';
import { aMerchant, aMerchantKey, as, type Caller, type Reply, startWorld } from '#tests/support/world.ts';

const strict = startWorld({ settings: { KEY_REQUESTS_PER_MINUTE: '60' } });
const suspicious = startWorld({ settings: { WRONG_KEYS_PER_MINUTE: '5', ADDRESS_REQUESTS_PER_MINUTE: '5' } });
const hurried = startWorld({ settings: { SESSION_REQUESTS_PER_MINUTE: '4' } });

const anInventedKey = (): Caller => ({ id: '', name: '', key: `shk_${newToken()}` });
const times = <Result>(count: number, call: () => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, call));
const statuses = (replies: Reply[]) => {
  const count = (status: number) => replies.filter((reply) => reply.status === status).length;
  return { passed: count(200), unknown: count(401), refused: count(429) };
};

describe('a key', () => {
  it('is told its limit with every reply, also when something is refused', async () => {
    const { mid } = await aMerchant(strict);
    const key = await aMerchantKey(strict, mid);
    const paths = ['/cases', '/cases/261124-000-000-000', '/cases?limit=0', '/api-keys'];
    for (const [place, path] of paths.entries()) {
      const { status, headers } = await as(strict, key).get(path);
      expect(status).toBe([200, 404, 400, 403][place]);
      expect(headers.get('ratelimit-policy')).toBe('"key";q=60;w=60');
      expect(headers.get('ratelimit')).toMatch(new RegExp(`^"key";r=${59 - place};t=(60|5\\d)$`));
      expect(headers.get('retry-after')).toBeNull();
    }
  });

  it('passes exactly as often as it may, however many calls come at once, and no other key feels it', async () => {
    const { mid } = await aMerchant(strict);
    const [noisy, quiet] = [await aMerchantKey(strict, mid), await aMerchantKey(strict, mid)];
    const spellings = ['Bearer', 'bearer', 'BEARER'];
    const calls = times(100, async () => {
      const scheme = spellings[Math.floor(Math.random() * 3)];
      const key = 'key' in noisy ? noisy.key : '';
      return as(strict).get('/cases', { authorization: `${scheme} ${key}` });
    });
    const [replies, others] = await Promise.all([calls, times(20, () => as(strict, quiet).get('/cases'))]);
    expect(statuses(replies)).toEqual({ passed: 60, unknown: 0, refused: 40 });
    expect(statuses(others)).toEqual({ passed: 20, unknown: 0, refused: 0 });
    const [refused] = replies.filter(({ status }) => status === 429);
    expect(refused?.body).toMatchObject({
      code: 'too_many_requests',
      facts: { seconds: expect.any(Number) },
    });
    expect(refused?.headers.get('retry-after')).toMatch(/^(60|[1-5]?\d)$/);
    expect(refused?.headers.get('ratelimit')).toMatch(/^"key";r=0;t=(60|[1-5]?\d)$/);
  });

  it('costs no statement once it has called too often', async () => {
    const { mid } = await aMerchant(strict);
    const key = await aMerchantKey(strict, mid);
    await times(60, () => as(strict, key).get('/notification-types/inquiry.other'));
    strict.statements.length = 0;
    const refused = await as(strict, key).send('POST', '/cases/batch', {
      raw: '{}\n',
      headers: { 'content-type': 'application/x-ndjson' },
    });
    expect([refused.status, strict.statements]).toEqual([429, []]);
  });
});

describe('a key that is wrong', () => {
  it('is counted for its address, and does not keep right ones from calling', async () => {
    const { mid, hanako } = await aMerchant(suspicious);
    const [known, first] = [await aMerchantKey(suspicious, mid), await aMerchantKey(suspicious, mid)];
    // Right keys are not wrong, however many calls they make before they are known.
    expect(statuses(await times(20, () => as(suspicious, known).get('/cases')))).toMatchObject({
      passed: 20,
    });
    const replies = await times(40, () => as(suspicious, anInventedKey()).get('/cases'));
    expect(statuses(replies)).toEqual({ passed: 0, unknown: 5, refused: 35 });
    expect((await as(suspicious, known).get('/cases')).status).toBe(200);
    expect((await as(suspicious, hanako).get('/cases')).status).toBe(200);
    // One that this process has not seen yet waits with the wrong ones.
    expect((await as(suspicious, first).get('/cases')).status).toBe(429);
  });
});

describe('a key that looks like another', () => {
  it('is answered like any that is wrong: same status, same body, same statements', async () => {
    const { mid } = await aMerchant(strict);
    const right = await aMerchantKey(strict, mid);
    const start = 'key' in right ? right.key.slice(0, 20) : '';
    const guesses = [`${start}${newToken().slice(20)}`, `shk_${newToken()}`, start, 'x', 'ä', '', 'a b'];
    const replies = [];
    for (const guess of guesses) {
      strict.statements.length = 0;
      const reply = await as(strict).get('/cases', { authorization: `Bearer ${encodeURI(guess)}` });
      const { requestId: _, ...body } = reply.body;
      const told = [...reply.headers.keys()].filter((name) => name.startsWith('ratelimit'));
      replies.push(JSON.stringify([reply.status, body, told, strict.statements]));
    }
    expect(JSON.parse(replies[0] ?? '')).toMatchObject([
      401,
      { code: 'not_signed_in' },
      [],
      [expect.any(String), expect.stringContaining('audit_append')],
    ]);
    expect(new Set(replies.slice(0, 4)).size).toBe(1);
  });
});

describe('who is not signed in', () => {
  it('is counted by address', async () => {
    const replies = await times(12, () => as(suspicious).get('/environment'));
    expect(statuses(replies).refused).toBeGreaterThanOrEqual(7);
    const [refused] = replies.filter(({ status }) => status === 429);
    expect(refused?.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(refused?.headers.get('ratelimit')).toBeNull();
  });
});

describe('who is signed in', () => {
  it('is counted by session', async () => {
    const { hanako, yuki } = await aMerchant(hurried);
    expect(statuses(await times(10, () => as(hurried, hanako).get('/cases')))).toMatchObject({
      passed: 4,
      refused: 6,
    });
    expect((await as(hurried, yuki).get('/cases')).status).toBe(200);
  });
});
