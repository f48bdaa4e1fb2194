import { type Day, isDay } from './days.ts';
import { halfWidth } from './half-width.ts';

/** The year before the first of each era (元号). */
const eras: Readonly<Record<string, number>> = {
  令和: 2018,
  R: 2018,
  平成: 1988,
  H: 1988,
  昭和: 1925,
  S: 1925,
};

/**
 * The day a person typed: `2026-11-23`, `2026/11/23`, `2026.11.23`, `20261123`, `2026年11月23日`, `令和8年11月23日`, `R8.11.23`,
 * full-width or not, with the weekday as `showDay` writes it or not. Undefined when it is none, or does not exist.
 */
export function readDay(typed: string): Day | undefined {
  const value = halfWidth(typed)
    .replace(/\s/g, '')
    .replace(/\([日月火水木金土]\)$/, '')
    .toUpperCase()
    .replace(/^(SUN|MON|TUE|WED|THU|FRI|SAT)/, '')
    .replace(/^(令和|平成|昭和|[RHS])(\d{1,2}|元)(?=\D)/, (_, era: string, year: string) =>
      gregorian(era, year),
    );
  const found =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(value) ?? /^(\d{4})(\d\d)(\d\d)$/.exec(value);
  if (!found) return undefined;
  const [, year, month = '', date = ''] = found;
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  return isDay(day) ? day : undefined;
}

const gregorian = (era: string, year: string): string =>
  String((eras[era] ?? 0) + (year === '元' ? 1 : Number(year)));
