import type { Locale } from '#src/domain/text.ts';

const hoursOfDay = 24;

/** Whole hours as people say them: `5時間`, `2日4時間`, `5 h`, `2 d 4 h`. */
export function showHours(hours: number, locale: Locale): string {
  const days = Math.floor(hours / hoursOfDay);
  const rest = hours % hoursOfDay;
  const unit = locale === 'ja' ? { day: '日', hour: '時間', gap: '' } : { day: ' d', hour: ' h', gap: ' ' };
  if (days === 0) return `${rest}${unit.hour}`;
  return rest === 0 ? `${days}${unit.day}` : `${days}${unit.day}${unit.gap}${rest}${unit.hour}`;
}

/** A share in per cent, to a tenth. All is only all: 99.96 % is not rounded up to it. */
export function showShare(share: number, locale: Locale): string {
  const tenths = share === 1 ? 1000 : Math.min(Math.round(share * 1000), 999);
  return `${(tenths / 10).toLocaleString(locale, { maximumFractionDigits: 1 })}%`;
}

/** A Monday as short as it can be said below a plot: `11/23`. */
export const showWeek = (day: string): string => {
  const [, month, date] = day.split('-').map(Number);
  return `${month}/${date}`;
};

const roundCounts = [1, 2, 5];
const roundHours = [1, 2, 3, 6, 12, 24, 48, 72, 120, 240, 480, 720, 1440];

/** Where the lines of a plot are drawn: round numbers from nothing to no less than the most. */
export function ticksTo(most: number, unit: 'count' | 'hours'): number[] {
  const wanted = Math.max(most, 1) / 4;
  const step = unit === 'hours' ? (roundHours.find((each) => each >= wanted) ?? 2880) : roundStep(wanted);
  const lines = Math.max(Math.ceil(most / step), 1);
  return Array.from({ length: lines + 1 }, (_, line) => line * step);
}

function roundStep(wanted: number): number {
  const power = 10 ** Math.max(Math.floor(Math.log10(wanted)), 0);
  const step = roundCounts.find((each) => each * power >= wanted);
  return step === undefined ? 10 * power : step * power;
}
