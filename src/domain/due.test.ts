import { describe, expect, it } from 'vitest';
import { instantText } from './days.ts';
import { dueByRule, showRemaining, urgencyOf } from './due.ts';

const at = (text: string): Date => new Date(`${text}+09:00`);

describe('the due instant by a rule', () => {
  it.each([
    ['2026-11-20T10:00:00', 7, 'calendar_days', '2026-11-27T23:59:59+09:00'],
    ['2026-11-20T10:00:00', 1, 'business_days', '2026-11-24T23:59:59+09:00'],
    ['2026-11-20T23:59:59', 1, 'business_days', '2026-11-24T23:59:59+09:00'],
    ['2026-11-21T00:00:00', 1, 'business_days', '2026-11-25T23:59:59+09:00'],
    ['2026-11-20T10:00:00', 0, 'calendar_days', '2026-11-20T23:59:59+09:00'],
    ['2026-12-28T10:00:00', 5, 'calendar_days', '2027-01-02T23:59:59+09:00'],
  ] as const)('of a request at %s, %i %s, is %s', (requestedAt, days, of, dueAt) => {
    expect(instantText(dueByRule(at(requestedAt), { days, of }))).toBe(dueAt);
  });

  it('counts from the day in Japan', () => {
    const requestedAt = new Date('2026-11-20T15:30:00Z');
    expect(instantText(dueByRule(requestedAt, { days: 1, of: 'calendar_days' }))).toBe(
      '2026-11-22T23:59:59+09:00',
    );
  });
});

describe('what is left', () => {
  const now = at('2026-11-20T12:00:00');

  it.each([
    ['2026-11-26T17:00:00', 'あと3営業日', '3 business days left', 'later'],
    ['2026-11-25T17:00:00', 'あと2営業日', '2 business days left', 'later'],
    ['2026-11-24T09:00:00', 'あと1営業日', '1 business day left', 'later'],
    ['2026-11-23T23:59:59', 'あと3日', '3 days left', 'soon'],
    ['2026-11-21T23:59:59', 'あと1日', '1 day left', 'soon'],
    ['2026-11-20T17:00:00', '本日17:00まで', 'today until 17:00', 'today'],
    ['2026-11-20T12:00:01', '本日12:00まで', 'today until 12:00', 'today'],
    ['2026-11-20T12:00:00', '期限超過', 'overdue', 'overdue'],
    ['2026-11-20T09:00:00', '期限超過', 'overdue', 'overdue'],
    ['2026-11-19T23:59:59', '1日超過', '1 day overdue', 'overdue'],
    ['2026-11-17T17:00:00', '3日超過', '3 days overdue', 'overdue'],
    ['2006-11-20T17:00:00', '7305日超過', '7305 days overdue', 'overdue'],
    ['2060-11-20T17:00:00', 'あと12419日', '12419 days left', 'later'],
  ])('until %s is %s', (dueAt, ja, en, urgency) => {
    expect(showRemaining(at(dueAt), now, 'ja')).toBe(ja);
    expect(showRemaining(at(dueAt), now, 'en')).toBe(en);
    expect(urgencyOf(at(dueAt), now)).toBe(urgency);
  });

  it('of today ends at midnight in Japan, wherever the process runs', () => {
    expect(showRemaining(at('2026-11-21T00:30:00'), at('2026-11-20T23:45:00'), 'ja')).toBe('あと1日');
    expect(urgencyOf(at('2026-11-21T00:30:00'), at('2026-11-20T23:45:00'))).toBe('soon');
  });
});
