/**
 * Every test: `npm test`. Installs what Debian has and the tests need, runs the tests of rules and operations, then the
 * journeys in a browser, looks through all that was logged for what must not be there, and closes with one line that counts them all. Arguments go to vitest and skip the journeys.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { checkLogs } from './check-logs.ts';

const needed: readonly { file: string; packages: readonly string[] }[] = [
  { file: '/usr/bin/chromium', packages: ['chromium'] },
  { file: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc', packages: ['fonts-noto-cjk'] },
  { file: '/usr/sbin/smtpd', packages: ['opensmtpd'] },
  { file: '/usr/sbin/dovecot', packages: ['dovecot-imapd'] },
  { file: '/usr/bin/pdftotext', packages: ['poppler-utils'] },
  { file: '/usr/lib/postgresql/15/bin/postgres', packages: ['postgresql-15'] },
];

const chosen = process.argv.slice(2);
installMissing();
rmSync('reports', { recursive: true, force: true });
mkdirSync('reports/reliability', { recursive: true });
const failedRuns = [
  run('vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    '--outputFile=reports/vitest.json',
    ...chosen,
  ]),
];
if (chosen.length === 0) failedRuns.push(run('playwright', ['test']));
failedRuns.push(reportLogs());
closeWithCounts(failedRuns.some(Boolean));

function installMissing(): void {
  const packages = needed.filter(({ file }) => !existsSync(file)).flatMap((each) => each.packages);
  if (packages.length === 0) return;
  process.stdout.write(`Installing for the tests: ${packages.join(' ')}\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args: string[]): boolean =>
    spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0;
  if (apt('update', '-q') && apt('install', '-q', '-y', '--no-install-recommends', ...packages)) return;
  process.stderr.write(
    `The tests need these Debian packages: ${packages.join(' ')}. Install them as root and run again.\n`,
  );
  process.exit(1);
}

/** Runs a test runner of the project; true when it failed. */
function run(command: string, args: readonly string[]): boolean {
  return spawnSync(`node_modules/.bin/${command}`, args, { stdio: 'inherit' }).status !== 0;
}

/** Personal data and secrets in what was logged; true when there are any. */
function reportLogs(): boolean {
  const { files, lines, hits } = checkLogs();
  for (const hit of hits.slice(0, 20)) process.stderr.write(`must not be logged: ${hit}\n`);
  const found = readdirSync('reports/reliability', { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => [name.replace('.json', ''), readReport(`reports/reliability/${name}`)]);
  const figures = { ...Object.fromEntries(found), logs: { files, lines, hits: hits.length } };
  writeFileSync('reports/reliability.json', `${JSON.stringify(figures, null, 2)}\n`);
  process.stdout.write(`\n${inOneLine(figures)}\n`);
  return hits.length > 0;
}

function inOneLine(figures: Readonly<Record<string, object>>): string {
  const told = Object.entries(figures).map(([name, each]) => {
    const counts = Object.entries(each).map(([what, count]) => `${count} ${what}`);
    return `${name}: ${counts.join(', ')}`;
  });
  return told.join(' · ');
}

function closeWithCounts(failed: boolean): void {
  const unit = readReport<{ numPassedTests: number; numFailedTests: number }>('reports/vitest.json');
  const journeys = readReport<{ stats: { expected: number; unexpected: number; flaky: number } }>(
    'reports/playwright.json',
  );
  const passed = (unit?.numPassedTests ?? 0) + (journeys?.stats.expected ?? 0);
  // A test that passed only when it was tried again is a defect.
  const wrong =
    (unit?.numFailedTests ?? 0) + (journeys ? journeys.stats.unexpected + journeys.stats.flaky : 0);
  process.stdout.write(`\n${passed} passed, ${wrong} failed\n`);
  process.exit(failed || wrong > 0 || passed === 0 ? 1 : 0);
}

function readReport<Report>(path: string): Report | undefined {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Report) : undefined;
}
