/** What has to hold whatever happens in whatever order: INV-37 of sessions and INV-38 of guesses. */
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { aPersonOf } from '#tests/support/person.ts';
import { aMerchant, startWorld } from '#tests/support/world.ts';
import { findSessionActor } from './find-actor.ts';
import { renewSession } from './renew-session.ts';
import { sessionCookie } from './session-cookie.ts';
import { newToken, tokenHash } from './tokens.ts';

const world = startWorld();
const otherNode = startWorld();

type GuessStep =
  | { do: 'guess' }
  | { do: 'right'; which: number }
  | { do: 'forget' }
  | { do: 'wait'; minutes: number };

const guessSteps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constant<GuessStep>({ do: 'guess' }) },
    { weight: 2, arbitrary: fc.nat(30).map((which): GuessStep => ({ do: 'right', which })) },
    { weight: 1, arbitrary: fc.constant<GuessStep>({ do: 'forget' }) },
    {
      weight: 2,
      arbitrary: fc
        .constantFrom(1, 10, 29, 30, 31, 60)
        .map((minutes): GuessStep => ({ do: 'wait', minutes })),
    },
  ),
  { maxLength: 40 },
);

/** Plays the steps in the database and tells of each guess whether it may be looked at, and when it was made. */
const play = sql`
  create function pg_temp.play(counted bytea, steps jsonb) returns jsonb language plpgsql as $$
  declare
    step jsonb; minute integer := 0; made jsonb := '[]'; each record; right_one jsonb;
  begin
    for step in select * from jsonb_array_elements(steps) loop
      if step ->> 'do' = 'guess' then
        select * into each from count_guess(counted, 5, interval '30 minutes', interval '30 minutes', 0);
        made := made || jsonb_build_object('minute', minute, 'isLookedAt', each.locked_seconds = 0, 'round', each.guess_round, 'isRight', false);
      elsif step ->> 'do' = 'right' and jsonb_array_length(made) > (step ->> 'which')::int then
        right_one := made -> (step ->> 'which')::int;
        if (right_one ->> 'isLookedAt')::boolean and not (right_one ->> 'isRight')::boolean then
          perform give_back_guess(counted, (right_one ->> 'round')::int);
          made := jsonb_set(made, array[step ->> 'which', 'isRight'], 'true');
        end if;
      elsif step ->> 'do' = 'forget' then
        perform forget_guesses(counted);
      elsif step ->> 'do' = 'wait' then
        minute := minute + (step ->> 'minutes')::int;
        update guess_counts set counted_from = counted_from - make_interval(mins => (step ->> 'minutes')::int),
          locked_until = locked_until - make_interval(mins => (step ->> 'minutes')::int) where counted_for = counted;
      end if;
    end loop;
    return made;
  end $$`;

type Made = { minute: number; isLookedAt: boolean; round: number; isRight: boolean };

it('INV-38: of wrong guesses, five of a round and ten within half an hour are looked at, whatever is right, forgotten or waited for', async () => {
  await world.db.transaction().execute(async (tx) => {
    await play.execute(tx);
    await fc.assert(
      fc.asyncProperty(guessSteps, async (steps) => {
        const { rows } = await sql<{ made: Made[] }>`
          select pg_temp.play(${tokenHash(newToken())}, ${JSON.stringify(steps)}::jsonb) as made`.execute(tx);
        const wrong = (rows[0]?.made ?? []).filter(({ isLookedAt, isRight }) => isLookedAt && !isRight);
        const rounds = Map.groupBy(wrong, ({ round }) => round);
        for (const guesses of rounds.values()) expect(guesses.length).toBeLessThanOrEqual(5);
        if (steps.some((step) => step.do === 'forget')) return;
        for (const { minute } of wrong) {
          const near = wrong.filter((other) => other.minute >= minute && other.minute < minute + 30);
          expect(near.length).toBeLessThanOrEqual(10);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

const limits = { idleMinutes: 15, hours: 12, stepUpMinutes: 10 };

/** A person with a session: every id it was given, the one that works, and what they may do. */
type Life = {
  id: string;
  membershipId: string;
  token: string | undefined;
  given: string[];
  isDisabled: boolean;
  role: string;
};

const renew = (from: string): Promise<string> =>
  world.bySystem.inTransaction((tx) =>
    renewSession(tx, { cookies: { [sessionCookie.name]: from }, setHeader: () => undefined }, limits),
  );

async function renewAtOnce(life: Life, times: number): Promise<void> {
  const { token } = life;
  if (token === undefined) return;
  const renewals = await Promise.allSettled(Array.from({ length: times }, () => renew(token)));
  const renewed = renewals.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  expect(renewed).toHaveLength(1);
  life.token = renewed[0];
  life.given.push(...renewed);
}

async function setDisabled(life: Life, isDisabled: boolean): Promise<void> {
  life.isDisabled = isDisabled;
  await sql`update memberships set disabled_at = ${isDisabled ? sql`now()` : null} where id = ${life.membershipId}`.execute(
    world.db,
  );
}

async function setRole(life: Life, role: string): Promise<void> {
  life.role = role;
  await sql`update memberships set roles = ${[role]} where id = ${life.membershipId}`.execute(world.db);
}

async function end(life: Life, statement: ReturnType<typeof sql>): Promise<void> {
  life.token = undefined;
  await sql`${statement} where user_id = ${life.id}`.execute(world.db);
}

const sessionSteps = {
  renew: (life: Life) => renewAtOnce(life, 1),
  'renew twice at once': (life: Life) => renewAtOnce(life, 2),
  'log out': (life: Life) => end(life, sql`delete from sessions`),
  'lie idle': (life: Life) =>
    end(life, sql`update sessions set last_used_at = now() - interval '16 minutes'`),
  disable: (life: Life) => setDisabled(life, true),
  enable: (life: Life) => setDisabled(life, false),
  demote: (life: Life) => setRole(life, 'viewer'),
  promote: (life: Life) => setRole(life, 'admin'),
};

type SessionStep = keyof typeof sessionSteps;

const lives = fc.array(fc.constantFrom(...(Object.keys(sessionSteps) as SessionStep[])), {
  minLength: 1,
  maxLength: 8,
});

async function live(steps: readonly SessionStep[], mid: string): Promise<void> {
  const { id, memberships } = await aPersonOf(world, { mids: [mid] });
  const token = newToken();
  const life: Life = {
    id,
    membershipId: memberships[0] ?? '',
    token,
    given: [token],
    isDisabled: false,
    role: 'responder',
  };
  await sql`insert into sessions (token_hash, user_id, membership_id, expires_at)
    values (${tokenHash(token)}, ${id}, ${life.membershipId}, now() + interval '12 hours')`.execute(world.db);
  for (const step of steps) {
    await sessionSteps[step](life);
    for (const each of life.given) {
      const found = await findSessionActor(each === life.token ? otherNode.db : world.db, each, limits);
      expect([steps, found !== undefined]).toEqual([steps, each === life.token && !life.isDisabled]);
      if (found) expect(found.actor.rights.has('answer_cases')).toBe(life.role === 'responder');
    }
  }
}

it('INV-37: only the newest id of a session works, on every node, and what was taken away is gone at the next request', async () => {
  const { mid } = await aMerchant(world);
  await fc.assert(
    fc.asyncProperty(fc.array(lives, { minLength: 20, maxLength: 20 }), async (each) => {
      await Promise.all(each.map((steps) => live(steps, mid)));
    }),
    { numRuns: 50 },
  );
}, 180_000);
