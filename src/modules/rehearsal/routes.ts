import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import type { Acting } from '#src/platform/transaction.ts';
import { ClockMove, RehearsalClock } from './clock-schemas.ts';
import { type ClockWork, moveClock } from './move-clock.ts';
import { readClock, toView } from './read-clock.ts';

const tag = 'Rehearsal';

/** The endpoints of the clock, for demos and tests alone. Everybody sees its time; operators, whatever their role, move it. */
export function rehearsalEndpoints(clockWork: ClockWork): readonly Endpoint[] {
  const oneAtATime = takingTurns();
  return [
    endpoint({
      method: 'GET',
      path: '/rehearsal/clock',
      summary: 'Read the rehearsal clock',
      description: 'Exists in a demo alone.',
      tag,
      access: 'anyone',
      status: 200,
      reply: RehearsalClock,
      refusals: [],
      read: async (db) => toView(await readClock(db)),
    }),
    endpoint({
      method: 'POST',
      path: '/rehearsal/clock/moves',
      summary: 'Move the rehearsal clock',
      description:
        'Moves the product’s time step by step and does what the clock would have done on the way, such as expiring cases. Exists in a demo alone.',
      tag,
      access: { kinds: ['operator'], right: 'read_cases' },
      body: ClockMove,
      status: 200,
      reply: RehearsalClock,
      refusals: ['invalid_request', 'clock_not_movable', 'cross_site'],
      stages: async (acting: Acting, _: Actor, { to }) => {
        await oneAtATime(() => moveClock(acting, clockWork, to));
        return toView(await acting.reading(readClock));
      },
    }),
  ];
}

/** A demo is one process, so that its memory knows whether somebody else moves the clock just now. */
function takingTurns() {
  let isMoving = false;
  return async (move: () => Promise<void>): Promise<void> => {
    if (isMoving) throw new Refusal('clock_not_movable');
    isMoving = true;
    try {
      await move();
    } finally {
      isMoving = false;
    }
  };
}
