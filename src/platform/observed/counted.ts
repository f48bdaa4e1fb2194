type Labels = Readonly<Record<string, string>>;

const bucketsInSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

type Timed = { count: number; sum: number; buckets: number[] };

/** What this process counts of itself: how often what happened, and how long requests took. */
export class Counted {
  readonly #counts = new Map<string, number>();
  readonly #times = new Map<string, Timed>();

  add(name: string, labels: Labels, count = 1): void {
    const key = keyOf(name, labels);
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + count);
  }

  time(labels: Labels, seconds: number): void {
    const key = JSON.stringify(labels);
    const timed = this.#times.get(key) ?? { count: 0, sum: 0, buckets: bucketsInSeconds.map(() => 0) };
    timed.count += 1;
    timed.sum += seconds;
    bucketsInSeconds.forEach((bound, place) => {
      if (seconds <= bound) timed.buckets[place] = (timed.buckets[place] ?? 0) + 1;
    });
    this.#times.set(key, timed);
  }

  /** Everything that was counted, as samples of the exposition format. */
  samples(): string[] {
    const counts = [...this.#counts].map(([key, count]) => `${key} ${count}`);
    return [
      ...counts,
      ...[...this.#times].flatMap(([labels, timed]) => samplesOf(JSON.parse(labels), timed)),
    ];
  }
}

const duration = 'shokai_http_request_duration_seconds';

const samplesOf = (labels: Labels, { count, sum, buckets }: Timed): string[] => [
  ...buckets.map(
    (value, place) =>
      `${keyOf(`${duration}_bucket`, { ...labels, le: String(bucketsInSeconds[place]) })} ${value}`,
  ),
  `${keyOf(`${duration}_bucket`, { ...labels, le: '+Inf' })} ${count}`,
  `${keyOf(`${duration}_sum`, labels)} ${sum}`,
  `${keyOf(`${duration}_count`, labels)} ${count}`,
];

/** A name with its labels as the exposition format writes them. */
export function keyOf(name: string, labels: Labels): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${escaped(value)}"`);
  return pairs.length === 0 ? name : `${name}{${pairs.join(',')}}`;
}

const escaped = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
