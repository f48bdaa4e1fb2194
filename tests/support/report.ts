import { mkdirSync, writeFileSync } from 'node:fs';

/** Keeps figures that a test measured; `scripts/test.ts` puts all of them into `reports/reliability.json`. */
export function report(name: string, figures: Readonly<Record<string, number>>): void {
  mkdirSync('reports/reliability', { recursive: true });
  writeFileSync(`reports/reliability/${name}.json`, JSON.stringify(figures));
}
