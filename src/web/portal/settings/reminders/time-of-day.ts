const two = (value: number): string => String(value).padStart(2, '0');

/** A minute of the day as `08:00`; the end of the day is `00:00`. */
export const timeOf = (minutes: number): string =>
  `${two(Math.floor((minutes % 1440) / 60))}:${two(minutes % 60)}`;

/** The minute of the day that `08:00` is. */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes || 0;
}
