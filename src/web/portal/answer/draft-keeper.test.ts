import { expect, it, vi } from 'vitest';
import { answerFormFor } from '#src/domain/answer-form.ts';
import { ProblemError } from '../../api/problem-error.ts';
import { DraftKeeper, type DraftServer, isUnsafe, type SavedDraft } from './draft-keeper.ts';

const form = answerFormFor('inquiry.usage_detail', {
  goods: 'digital',
  productNameKnown: true,
  currency: 'JPY',
});
const nothing: SavedDraft = { version: 0, content: {}, savedAt: null, savedBy: null };
const named = (name: string) => ({ purchaser: { name } });

/** A server in memory that keeps one draft and knows its version, as the real one does. */
function aServer(): DraftServer & { now: SavedDraft; saves: unknown[]; isAway: boolean } {
  const server = {
    now: nothing,
    saves: [] as unknown[],
    isAway: false,
    save: async (content: SavedDraft['content'], version: number) => {
      if (server.isAway) throw new ProblemError({ code: 'offline', status: 0, detail: '' });
      if (version !== server.now.version)
        throw new ProblemError({ code: 'draft_conflict', status: 412, detail: '' });
      server.saves.push(content);
      server.now = { version: version + 1, content, savedAt: '2026-11-24T16:52:00+09:00', savedBy: 'hanako' };
      return server.now;
    },
    load: async (version: number) => (version === server.now.version ? undefined : server.now),
  };
  return server;
}

it('saves when typing pauses, and only then', async () => {
  vi.useFakeTimers();
  const server = aServer();
  const keeper = new DraftKeeper(form, nothing, server);
  for (const name of ['山', '山田', '山田 花子']) {
    keeper.change(named(name));
    await vi.advanceTimersByTimeAsync(1_000);
  }
  expect(server.saves).toEqual([]);
  await vi.advanceTimersByTimeAsync(600);
  expect(server.saves).toEqual([named('山田 花子')]);
  expect(keeper.state().status).toBe('saved');
  vi.useRealTimers();
});

it('saves one after another what is typed while a save is under way', async () => {
  const server = aServer();
  const keeper = new DraftKeeper(form, nothing, server);
  keeper.change(named('一'));
  const first = keeper.flush();
  keeper.change(named('二'));
  await Promise.all([first, keeper.flush()]);

  expect(server.saves).toEqual([named('一'), named('二')]);
  expect(keeper.state()).toMatchObject({ status: 'saved', saved: { version: 2 } });
});

it('leaves out what cannot be stored, says so, and saves the rest', async () => {
  const server = aServer();
  const keeper = new DraftKeeper(form, nothing, server);
  keeper.change({ purchaser: { name: '山田', address: '4111 1111 1111 1111' } });
  await keeper.flush();

  expect(server.saves).toEqual([named('山田')]);
  expect(keeper.state().content).toEqual({ purchaser: { name: '山田', address: '4111 1111 1111 1111' } });
  expect(keeper.state().notStorable).toMatchObject([{ pointer: '/purchaser/address', code: 'card_number' }]);
  expect(keeper.state().status).toBe('saved');
  expect(isUnsafe(keeper.state())).toBe(true);

  keeper.change(named('山田'));
  await keeper.flush();
  expect(isUnsafe(keeper.state())).toBe(false);
});

it('keeps everything while the server is away, and saves it when asked again', async () => {
  const server = aServer();
  server.isAway = true;
  const keeper = new DraftKeeper(form, nothing, server);
  keeper.change(named('山田'));
  await keeper.flush();
  expect(keeper.state()).toMatchObject({
    status: 'failed',
    content: named('山田'),
    error: { code: 'offline' },
  });

  server.isAway = false;
  await keeper.flush();
  expect(keeper.state().status).toBe('saved');
  expect(server.now.content).toEqual(named('山田'));
});

it('tries again by itself once the server may be back, but not what was refused for good', async () => {
  vi.useFakeTimers();
  const server = aServer();
  server.isAway = true;
  const keeper = new DraftKeeper(form, nothing, server);
  keeper.change(named('山田'));
  await keeper.flush();
  server.isAway = false;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(keeper.state().status).toBe('saved');

  let tries = 0;
  server.save = async () => {
    tries += 1;
    throw new ProblemError({ code: 'already_answered', status: 409, detail: '' });
  };
  keeper.change(named('鈴木'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(tries).toBe(1);
  expect(keeper.state()).toMatchObject({ status: 'failed', error: { code: 'already_answered' } });
  vi.useRealTimers();
});

it('keeps the order of saves when the page is left during one', async () => {
  const server = aServer();
  const keeper = new DraftKeeper(form, nothing, server);
  keeper.change(named('一'));
  const first = keeper.flush();
  keeper.change(named('一二'));
  await Promise.all([first, keeper.flush({ isLeaving: true })]);

  expect(server.saves).toEqual([named('一'), named('一二')]);
  expect(keeper.state()).toMatchObject({ status: 'saved', conflicts: [] });
  expect(keeper.state().colleague).toBeUndefined();
});

it('does not take its own save for a colleague’s', async () => {
  const server = aServer();
  const keeper = new DraftKeeper(form, nothing, server);
  const { load, save } = server;
  // The look overtakes the save's reply: the server has it already, and we do not know yet.
  let finishSave = (): void => undefined;
  server.save = async (...sent) => {
    const kept = await save(...sent);
    await new Promise<void>((resolve) => {
      finishSave = resolve;
    });
    return kept;
  };
  let finishLoad = (): void => undefined;
  server.load = async (version) => {
    await new Promise<void>((resolve) => {
      finishLoad = resolve;
    });
    return load(version);
  };
  const looking = keeper.look();
  keeper.change(named('山田'));
  const saving = keeper.flush();
  await vi.waitFor(() => expect(server.now.version).toBe(1));
  finishLoad();
  await looking;
  finishSave();
  await saving;

  expect(keeper.state().colleague).toBeUndefined();
  expect(keeper.state()).toMatchObject({ status: 'saved', saved: { version: 1 } });
});

it('merges what a colleague saved first, tells who, and asks about what both changed', async () => {
  const server = aServer();
  const keeper = new DraftKeeper(form, nothing, server);
  await server.save({ purchaser: { name: '山田 華子', phone: '03-1234-5678' } }, 0, false);
  server.now = { ...server.now, savedBy: 'taro' };
  keeper.change({ purchaser: { name: '山田 花子', email: 'hanako@example.jp' } });
  await keeper.flush();

  expect(keeper.state().colleague).toMatchObject({ savedBy: 'taro', taken: ['/purchaser/phone'] });
  expect(keeper.state().conflicts).toEqual([
    { pointer: '/purchaser/name', mine: '山田 花子', theirs: '山田 華子' },
  ]);
  expect(server.now.content).toEqual({
    purchaser: { name: '山田 花子', phone: '03-1234-5678', email: 'hanako@example.jp' },
  });

  const [conflict] = keeper.state().conflicts;
  if (conflict) keeper.resolve(conflict, 'theirs');
  await keeper.flush();
  expect(server.now.content).toMatchObject({ purchaser: { name: '山田 華子' } });
  expect(keeper.state().conflicts).toEqual([]);
});

it('asks no longer once both have typed the same', async () => {
  const server = aServer();
  const keeper = new DraftKeeper(form, nothing, server);
  await server.save(named('山田 華子'), 0, false);
  keeper.change(named('山田 花子'));
  await keeper.flush();
  expect(keeper.state().conflicts).toHaveLength(1);

  keeper.change(named('山田 華子'));
  expect(keeper.state().conflicts).toEqual([]);
});

it('takes over a colleague’s save when nothing was typed here', async () => {
  const server = aServer();
  const keeper = new DraftKeeper(form, nothing, server);
  await server.save(named('鈴木'), 0, false);
  await keeper.look();

  expect(keeper.state()).toMatchObject({ content: named('鈴木'), status: 'saved', saved: { version: 1 } });
  expect(server.saves).toHaveLength(1);
});
