import { describe, expect, it } from 'vitest';
import { anOutside } from '#tests/support/outside.ts';
import { readExceptions } from './exceptions.ts';
import { openOutbound } from './outbound.ts';
import { fetchBy } from './outbound-fetch.ts';

describe('fetch to the outside', () => {
  it('gives what the other side says, and sends a form as one', async () => {
    const { port } = await anOutside(
      async (request, response) => {
        const sent = Buffer.concat(await request.toArray()).toString();
        response.setHeader('set-cookie', ['a=1', 'b=2']);
        response.end(JSON.stringify({ sent, type: request.headers['content-type'] }));
      },
      { tls: false },
    );
    const exceptions = readExceptions(`127.0.0.1:${port}`);
    const fetched = await fetchBy(openOutbound({ exceptions }))(`http://127.0.0.1:${port}/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ code: 'a b' }),
    });
    expect(await fetched.json()).toEqual({ sent: 'code=a+b', type: 'application/x-www-form-urlencoded' });
    expect(fetched.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  it('goes nowhere that a call may not go', async () => {
    const fetching = fetchBy(openOutbound({ exceptions: readExceptions('') }))('https://127.0.0.1/', {});
    await expect(fetching).rejects.toMatchObject({ reason: 'forbidden_address' });
  });
});
