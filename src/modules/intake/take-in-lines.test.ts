import { describe, expect, it } from 'vitest';
import {
  aMerchant,
  anInstitution,
  aRequest,
  as,
  type Institution,
  startWorld,
} from '#tests/support/world.ts';

const world = startWorld();

const send = async (institution: Institution, raw: string | Uint8Array<ArrayBuffer>) => {
  const headers = { 'content-type': 'application/x-ndjson' };
  const reply = await as(world, institution).send('POST', '/cases/batch', { raw, headers });
  const lines = typeof reply.body === 'string' ? reply.body.trim().split('\n') : [JSON.stringify(reply.body)];
  return { ...reply, lines: lines.map((line) => JSON.parse(line)) };
};

describe('taking a file of requests in', () => {
  it('gives an outcome for every line in order, and stops at none', async () => {
    const { mid } = await aMerchant(world);
    const institution = await anInstitution(world);
    const [one, two, three] = [aRequest(mid), aRequest(mid), aRequest(mid)];
    const file = [
      JSON.stringify(one),
      '{"not json',
      '',
      JSON.stringify({ ...two, sid: '999' }),
      JSON.stringify(one),
      JSON.stringify({ ...one, supplement: '別の内容' }),
      `{"supplement":"${'長'.repeat(30_000)}"}`,
      JSON.stringify(three),
    ].join('\n');

    const { status, lines } = await send(institution, file);

    expect(status).toBe(200);
    expect(lines).toMatchObject([
      { line: 1, outcome: 'created', institutionReference: one.institutionReference },
      { line: 2, outcome: 'refused', errors: [{ code: 'not_json' }] },
      { line: 4, outcome: 'refused', errors: [{ pointer: '/sid', code: 'unknown_service' }] },
      { line: 5, outcome: 'duplicate', caseId: lines[0].caseId },
      { line: 6, outcome: 'refused', code: 'different_content' },
      { line: 7, outcome: 'refused', errors: [{ code: 'line_too_long' }] },
      { line: 8, outcome: 'created' },
    ]);
  });

  it('adds nothing when the same file comes twice', async () => {
    const { mid } = await aMerchant(world);
    const institution = await anInstitution(world);
    const file = Array.from({ length: 450 }, () => JSON.stringify(aRequest(mid))).join('\r\n');

    const first = await send(institution, file);
    const second = await send(institution, file);

    expect(first.lines.map(({ outcome }) => outcome)).toEqual(Array(450).fill('created'));
    expect(second.lines.map(({ outcome }) => outcome)).toEqual(Array(450).fill('duplicate'));
    expect(second.lines.map(({ caseId }) => caseId)).toEqual(first.lines.map(({ caseId }) => caseId));
    const { body } = await as(world, institution).get('/cases/counts');
    expect(body.categories[0].counts).toEqual({ received: 450 });
  });

  it('refuses a line that is not UTF-8 and takes the others', async () => {
    const { mid } = await aMerchant(world);
    const good = Buffer.from(`${JSON.stringify(aRequest(mid))}\n`);
    const bad = Buffer.concat([
      Buffer.from('{"supplement":"'),
      Buffer.from([0x82, 0xa0]),
      Buffer.from('"}\n'),
    ]);

    const { lines } = await send(await anInstitution(world), new Uint8Array(Buffer.concat([good, bad])));

    expect(lines).toMatchObject([
      { outcome: 'created' },
      { outcome: 'refused', errors: [{ code: 'not_utf8' }] },
    ]);
  });

  it('answers an empty file with nothing', async () => {
    const reply = await as(world, await anInstitution(world)).send('POST', '/cases/batch', {
      raw: '\n\n',
      headers: { 'content-type': 'application/x-ndjson' },
    });
    expect([reply.status, reply.body]).toEqual([200, '']);
  });

  it('takes no other kind of file', async () => {
    const headers = { 'content-type': 'text/csv' };
    const reply = await as(world, await anInstitution(world)).send('POST', '/cases/batch', {
      raw: 'a,b',
      headers,
    });
    expect(reply).toMatchObject({ status: 415, body: { code: 'wrong_media_type' } });
  });
});
