import { expect, it } from 'vitest';
import { defaultSendingTimes, isQuiet, lastOpenBefore, nextOpen } from './sending-times.ts';

const at = (instant: string): Date => new Date(`${instant}+09:00`);
const calendar = { times: defaultSendingTimes };
const closedOn = (closed: string) => ({
  ...calendar,
  closing: { isClosed: (day: string) => day === closed },
});

it.each([
  ['2026-11-27T07:59:59.999', true],
  ['2026-11-27T08:00', false],
  ['2026-11-27T19:59:59.999', false],
  ['2026-11-27T20:00', true],
  ['2026-11-28T12:00', true],
  ['2026-11-23T12:00', true],
])('at %s nothing may be sent: %s', (instant, isSo) => {
  expect(isQuiet(at(instant), calendar)).toBe(isSo);
});

it('closing days of the PSP are quiet, and what falls on them moves on or back', () => {
  const closed = closedOn('2026-11-27');
  expect(isQuiet(at('2026-11-27T12:00'), closed)).toBe(true);
  expect(nextOpen(at('2026-11-27T12:00'), closed)).toEqual(at('2026-11-30T08:00'));
  expect(lastOpenBefore(at('2026-11-27T12:00'), closed)).toEqual(at('2026-11-26T19:00'));
  expect(nextOpen(at('2026-11-27T12:00'), calendar)).toEqual(at('2026-11-27T12:00'));
});

it('every day is open where weekends and holidays are', () => {
  const daily = { times: { ...defaultSendingTimes, onlyBusinessDays: false } };
  expect(isQuiet(at('2026-11-28T12:00'), daily)).toBe(false);
  expect(isQuiet(at('2026-11-28T20:00'), daily)).toBe(true);
});
