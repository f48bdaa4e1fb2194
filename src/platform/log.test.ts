import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { createLog } from './log.ts';

/** What a log writes of something. */
function written(log: (line: ReturnType<typeof createLog>) => void): string {
  let text = '';
  const sink = new Writable({
    write(piece, _, done) {
      text += String(piece);
      done();
    },
  });
  log(createLog('info', sink));
  return text;
}

const caught = (work: () => unknown): Error => {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
};

it.each([
  ['JSON', () => JSON.parse('{"name": 山田花子}')],
  [
    'a schema',
    () => z.object({ 山田花子: z.never() }).strict().parse({ 山田花子: 1, 'hanako@example.jp': 2 }),
  ],
  ['an address', () => new URL('https://hanako@example.jp:山田花子')],
])('says where %s could not be read, and nothing of what it was', (_, work) => {
  const text = written((log) => log.error({ err: caught(work) }, 'request failed'));
  expect(text).not.toMatch(/山田|hanako|u5c71/);
  expect(JSON.parse(text)).toMatchObject({
    msg: 'request failed',
    err: { stack: expect.stringContaining('log.test.ts') },
  });
});

it('says which rule of the database was broken, and nothing of the row', () => {
  const quoting = { code: '22P02', detail: 'Key (email)=(hanako@example.jp)', where: 'hanako@example.jp' };
  const error = Object.assign(new Error('invalid input syntax for type uuid: "hanako@example.jp"'), quoting);
  const broken = Object.assign(new Error('duplicate key'), {
    ...quoting,
    code: '23505',
    constraint: 'users_by_email',
  });
  expect(written((log) => log.error({ err: error }))).not.toContain('hanako');
  const text = written((log) => log.error({ err: broken }));
  expect(text).not.toContain('hanako');
  expect(JSON.parse(text).err).toMatchObject({ message: 'duplicate key', constraint: 'users_by_email' });
});

it('censors passwords, tokens and headers that prove who one is', () => {
  const text = written((log) =>
    log.info({
      password: 'p4ss',
      body: { token: 't0ken' },
      req: { headers: { cookie: 'c00kie', authorization: 'k3y' } },
    }),
  );
  expect(text).not.toMatch(/p4ss|t0ken|c00kie|k3y/);
});
