import { addDays, type Day, weekdayOf } from './days.ts';

const firstYear = 2007;
const lastYear = 2050;

/** What the special laws of these years moved (天皇の即位、東京オリンピック): the day of each rule in that year. */
const moved: Readonly<Record<number, Partial<Record<string, Day | null>>>> = {
  2019: { emperor: null },
  2020: { marine: '2020-07-23', sports: '2020-07-24', mountain: '2020-08-10' },
  2021: { marine: '2021-07-22', sports: '2021-07-23', mountain: '2021-08-08' },
};
const extra: Readonly<Record<number, readonly Day[]>> = { 2019: ['2019-05-01', '2019-10-22'] };

/**
 * The national holidays of a year by the law (国民の祝日に関する法律): fixed days, Monday rules, equinoxes, substitutes
 * (振替休日) and days between two holidays (国民の休日). Throws outside 2007 to 2050, because 'no holiday' would be a lie.
 */
export function holidaysOf(year: number): ReadonlySet<Day> {
  const known = cache.get(year);
  if (known) return known;
  if (!Number.isInteger(year) || year < firstYear || year > lastYear) {
    throw new RangeError(`Japanese holidays are known from ${firstYear} to ${lastYear}, not for ${year}`);
  }
  const named = new Set<Day>([...namedHolidays(year), ...(extra[year] ?? [])]);
  const all = new Set([...named, ...daysBetweenHolidays(named), ...substitutes(named)]);
  cache.set(year, all);
  return all;
}

const cache = new Map<number, ReadonlySet<Day>>();

function namedHolidays(year: number): Day[] {
  const rules: Record<string, Day | null> = {
    newYear: on(year, 1, 1),
    comingOfAge: monday(year, 1, 2),
    foundation: on(year, 2, 11),
    emperor: emperorsBirthday(year),
    spring: on(year, 3, equinox(year, 20.8431)),
    showa: on(year, 4, 29),
    constitution: on(year, 5, 3),
    greenery: on(year, 5, 4),
    children: on(year, 5, 5),
    marine: monday(year, 7, 3),
    mountain: year >= 2016 ? on(year, 8, 11) : null,
    aged: monday(year, 9, 3),
    autumn: on(year, 9, equinox(year, 23.2488)),
    sports: monday(year, 10, 2),
    culture: on(year, 11, 3),
    labour: on(year, 11, 23),
  };
  return Object.values({ ...rules, ...moved[year] }).filter((day) => typeof day === 'string');
}

function emperorsBirthday(year: number): Day | null {
  return year >= 2020 ? on(year, 2, 23) : on(year, 12, 23);
}

const on = (year: number, month: number, date: number): Day =>
  `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;

function monday(year: number, month: number, nth: number): Day {
  const first = weekdayOf(on(year, month, 1));
  return on(year, month, 1 + ((8 - first) % 7) + (nth - 1) * 7);
}

/** The date of an equinox by the usual approximation for 1980 to 2099, which has agreed with every announced one. */
const equinox = (year: number, base: number): number =>
  Math.floor(base + 0.242194 * (year - 1980) - Math.floor((year - 1980) / 4));

/** 第三条第二項: a holiday on a Sunday gives the next day that is not a holiday. */
function substitutes(named: ReadonlySet<Day>): Day[] {
  return [...named]
    .filter((day) => weekdayOf(day) === 0)
    .map((sunday) => {
      let day = addDays(sunday, 1);
      while (named.has(day)) day = addDays(day, 1);
      return day;
    });
}

/** 第三条第三項: a day that is no holiday between two holidays is one. */
function daysBetweenHolidays(named: ReadonlySet<Day>): Day[] {
  return [...named]
    .map((day) => addDays(day, 1))
    .filter((day) => !named.has(day) && named.has(addDays(day, 1)));
}
