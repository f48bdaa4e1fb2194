import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantText } from './days.ts';
import { defaultLadder, type Ladder, problemsOfLadder, stepPlaces } from './reminder-ladder.ts';
import { planReminders, turnOf } from './reminders.ts';
import { areSendingTimes, defaultSendingTimes, isQuiet, type SendingTimes } from './sending-times.ts';

const at = (instant: string): Date => new Date(`${instant}+09:00`);
const rules = { ladder: defaultLadder, times: defaultSendingTimes };
const plan = (due: string, expires: string) =>
  planReminders({ dueAt: at(due), expiresAt: at(expires) }, rules).map(
    ({ code, moment }) => `${code} ${instantText(moment).slice(0, 16)}`,
  );

describe('the default ladder', () => {
  it('goes by business days and the first allowed minute', () => {
    expect(plan('2026-11-27T23:59:59', '2026-12-27T23:59:59')).toEqual([
      'before-3 2026-11-24T08:00',
      'before-1 2026-11-26T08:00',
      'morning-0 2026-11-27T08:00',
      'after-0 2026-11-30T08:00',
      'after-1 2026-12-01T08:00',
      'before_expiry-1 2026-12-25T08:00',
    ]);
  });

  it('passes over the silver week', () => {
    expect(plan('2026-09-24T23:59:59', '2026-10-24T23:59:59').slice(0, 2)).toEqual([
      'before-3 2026-09-16T08:00',
      'before-1 2026-09-18T08:00',
    ]);
  });

  it('moves what would come after a due instant in the early morning to before it', () => {
    expect(plan('2026-11-30T07:00:00', '2026-12-30T23:59:59').slice(1, 4)).toEqual([
      'before-1 2026-11-27T08:00',
      'morning-0 2026-11-27T19:00',
      'after-0 2026-11-30T08:00',
    ]);
    expect(plan('2026-11-30T09:00:00', '2026-12-30T23:59:59')[2]).toBe('morning-0 2026-11-30T08:00');
    expect(plan('2026-11-28T12:00:00', '2026-12-30T23:59:59')[2]).toBe('morning-0 2026-11-27T19:00');
  });

  it('has no step that a case closed on its due day does not live to see', () => {
    expect(plan('2026-11-27T23:59:59', '2026-11-27T23:59:59')).toHaveLength(3);
  });
});

const step = fc
  .record({
    at: fc.constantFrom(...stepPlaces),
    days: fc.integer({ min: 0, max: 20 }),
    to: fc.subarray(['contacts', 'merchant_admins', 'operators'] as const, { minLength: 1 }),
  })
  .map((each) => (each.at === 'morning' ? { ...each, days: 0 } : each));
const ladders: fc.Arbitrary<Ladder> = fc
  .uniqueArray(step, { minLength: 1, maxLength: 10, selector: (each) => `${each.at}${each.days}` })
  .filter((ladder) => problemsOfLadder(ladder).length === 0);
const times = fc
  .record({
    opensAt: fc.integer({ min: 0, max: 1380 }),
    closesAt: fc.integer({ min: 60, max: 1440 }),
    onlyBusinessDays: fc.boolean(),
  })
  .filter(areSendingTimes);
const instants = fc.date({ min: at('2026-01-01T00:00'), max: at('2035-01-01T00:00'), noInvalidDate: true });
const cases = fc.record({
  dueAt: instants,
  days: fc.integer({ min: 0, max: 60 }),
  ladder: ladders,
  times,
});
type Drawn = { dueAt: Date; days: number; ladder: Ladder; times: SendingTimes };
const planned = ({ dueAt, days, ...rest }: Drawn) => {
  const expiresAt = new Date(dueAt.getTime() + days * 86_400_000);
  return { expiresAt, steps: planReminders({ dueAt, expiresAt }, rest) };
};
const runs = { numRuns: 1_000 };

describe('every ladder', () => {
  it('keeps to the sending times, its side of the due instant and the order of time, and loses no step before it', () => {
    fc.assert(
      fc.property(cases, (each) => {
        const { steps, expiresAt } = planned(each);
        const isBefore = (place: string) => place === 'before' || place === 'morning';
        expect(steps.filter(({ moment }) => isQuiet(moment, each)).map(({ code }) => code)).toEqual([]);
        for (const { at: place, moment } of steps) {
          if (isBefore(place)) expect(moment.getTime()).toBeLessThan(each.dueAt.getTime());
          else {
            expect(moment.getTime()).toBeGreaterThanOrEqual(each.dueAt.getTime());
            expect(moment.getTime()).toBeLessThan(expiresAt.getTime());
          }
        }
        const moments = steps.map(({ moment }) => moment.getTime());
        expect(moments).toEqual([...moments].sort((one, other) => one - other));
        expect(steps.filter((one) => isBefore(one.at))).toHaveLength(
          each.ladder.filter((one) => isBefore(one.at)).length,
        );
      }),
      runs,
    );
  });

  it('is monotone: a later due instant has no earlier step', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 0, max: 30 * 86_400_000 }), (each, laterMs) => {
        const later = planned({ ...each, dueAt: new Date(each.dueAt.getTime() + laterMs) }).steps;
        for (const { code, moment } of planned(each).steps) {
          const same = later.find((one) => one.code === code);
          if (same) expect(same.moment.getTime()).toBeGreaterThanOrEqual(moment.getTime());
        }
      }),
      runs,
    );
  });

  it('sends each step once, however the clock jumps, and of missed ones the last', () => {
    const clock = fc.array(fc.integer({ min: -10 * 86_400_000, max: 30 * 86_400_000 }), { maxLength: 30 });
    fc.assert(
      fc.property(cases, clock, (each, jumps) => {
        const { steps } = planned(each);
        const since = new Date(each.dueAt.getTime() - 60 * 86_400_000);
        const done = new Set<string>();
        let now = since.getTime();
        for (const jump of jumps) {
          now += jump;
          const { send, nextAt } = turnOf(steps, { now: new Date(now), since, done });
          if (nextAt) expect(nextAt.getTime()).toBeGreaterThan(now);
          if (!send) continue;
          const codes = [...send.covered, send.step.code];
          expect(codes.filter((code) => done.has(code))).toEqual([]);
          expect(send.step.moment.getTime()).toBeLessThanOrEqual(now);
          for (const code of codes) done.add(code);
          expect(turnOf(steps, { now: new Date(now), since, done }).send).toBeUndefined();
        }
      }),
      runs,
    );
  });
});

describe('a case', () => {
  it('is not reminded of what was for a time before it was taken in', () => {
    fc.assert(
      fc.property(
        cases,
        fc.integer({ min: -90, max: 90 }),
        fc.integer({ min: 0, max: 90 }),
        (each, day, days) => {
          const { steps } = planned(each);
          const since = new Date(each.dueAt.getTime() + day * 86_400_000);
          const now = new Date(since.getTime() + days * 86_400_000);
          const { send } = turnOf(steps, { now, since, done: new Set() });
          const told = send ? [...send.covered, send.step.code] : [];
          expect(told).toEqual(
            steps.filter(({ moment }) => moment > since && moment <= now).map(({ code }) => code),
          );
        },
      ),
      runs,
    );
  });
});

describe('a ladder', () => {
  it('is refused with too many steps, none, repeated ones, odd days or nobody to tell', () => {
    const codes = (ladder: Ladder) => problemsOfLadder(ladder).map(({ code }) => code);
    const contacts = ['contacts'] as const;
    expect(codes(defaultLadder)).toEqual([]);
    expect(codes([])).toEqual(['no_steps']);
    expect(codes(Array.from({ length: 11 }, (_, days) => ({ at: 'after', days, to: contacts })))).toEqual([
      'too_many',
    ]);
    expect(
      codes([
        { at: 'before', days: 1, to: contacts },
        { at: 'before', days: 1, to: contacts },
        { at: 'before', days: 0, to: contacts },
        { at: 'before', days: 61, to: contacts },
        { at: 'morning', days: 2, to: contacts },
        { at: 'after', days: 1.5, to: contacts },
        { at: 'after', days: 3, to: [] },
      ]),
    ).toEqual(['repeated', 'days', 'days', 'days', 'days', 'nobody']);
  });
});
