import { addBusinessDays, type ClosingDays, isBusinessDay } from './business-days.ts';
import { addDays, type Day, dayOf } from './days.ts';
import { type Audience, audienceCodes, type Ladder, type LadderStep, stepCode } from './reminder-ladder.ts';
import { lastOpenBefore, nextOpen, opening, type SendingTimes } from './sending-times.ts';

/** A step of the ladder of one case, with the moment it is for. */
export type PlannedStep = LadderStep & { code: string; moment: Date };

type Dues = { dueAt: Date; expiresAt: Date };
type Rules = { ladder: Ladder; times: SendingTimes; closing?: ClosingDays };

/**
 * When each step of a ladder is for, in the order of time. None lies in quiet hours; those before the due instant lie before it
 * and those after it not before it, whatever the quiet hours are; none lies after the case is closed unanswered.
 * Throws for years whose holidays are not known.
 */
export function planReminders({ dueAt, expiresAt }: Dues, rules: Rules): PlannedStep[] {
  const overdueAt = nextOpen(dueAt, rules);
  const planned = rules.ladder.flatMap((step) => {
    const moment = momentOf(step, { dueAt, expiresAt, overdueAt }, rules);
    const isClosed = step.at !== 'before' && step.at !== 'morning' && moment >= expiresAt;
    // A last notice before the case is even overdue would say what is not so.
    const isTooEarly = step.at === 'before_expiry' && moment <= overdueAt;
    return isClosed || isTooEarly ? [] : [{ ...step, code: stepCode(step), moment }];
  });
  return planned.sort((one, other) => one.moment.getTime() - other.moment.getTime() || order(one, other));
}

function momentOf(step: LadderStep, dues: Dues & { overdueAt: Date }, rules: Rules): Date {
  const { dueAt, expiresAt, overdueAt } = dues;
  switch (step.at) {
    case 'before':
      return opening(businessDaysBefore(dayOf(dueAt), step.days, rules.closing), rules);
    case 'morning': {
      const morning = nextOpen(opening(dayOf(dueAt), rules), rules);
      return morning < dueAt ? morning : lastOpenBefore(dueAt, rules);
    }
    case 'after':
      return step.days === 0
        ? overdueAt
        : opening(addBusinessDays(dayOf(overdueAt), step.days, rules.closing), rules);
    case 'before_expiry':
      return opening(businessDaysBefore(dayOf(expiresAt), step.days, rules.closing), rules);
  }
}

/** The nth business day before a day. */
function businessDaysBefore(day: Day, count: number, closing?: ClosingDays): Day {
  let landed = day;
  for (let left = count; left > 0; left -= 1) {
    do landed = addDays(landed, -1);
    while (!isBusinessDay(landed, closing));
  }
  return landed;
}

/** Of steps for one moment the milder comes first. */
const order = (one: LadderStep, other: LadderStep): number => rank(one) - rank(other);
const rank = ({ at, days }: LadderStep): number =>
  ({ before: 1000 - days, morning: 1000, after: 1001 + days, before_expiry: 2000 - days })[at];

export type Now = {
  now: Date;
  /** When the case was taken in, or its due instant last changed: what was for a time before is not made up for. */
  since: Date;
  /** The steps that were done before, by their names. */
  done: ReadonlySet<string>;
};

export type Turn = {
  /** What is to be sent now, and to whom; the steps that were missed are covered by it. */
  send?: { step: PlannedStep; to: Audience[]; covered: string[] };
  /** When to look at the case again; unset when no step is ahead. */
  nextAt?: Date;
};

/**
 * What is to be done for a case now. Of all steps that are due and not done only the last is sent, to everybody whom one of them was
 * for, so that no outage ends in many mails.
 */
export function turnOf(planned: readonly PlannedStep[], { now, since, done }: Now): Turn {
  const ahead = planned.filter(({ moment, code }) => moment > since && !done.has(code));
  const due = ahead.filter(({ moment }) => moment <= now);
  const next = ahead.find(({ moment }) => moment > now);
  const step = due.at(-1);
  const to = audienceCodes.filter((audience) => due.some((each) => each.to.includes(audience)));
  const covered = due.slice(0, -1).map(({ code }) => code);
  return { ...(step && { send: { step, to, covered } }), ...(next && { nextAt: next.moment }) };
}
