/**
 * Negative controls: `npm run controls -- [SUBJECT]`. In a copy of the tree each protection of `tests/controls` is taken out by
 * itself, the tests that name it run, and one of them has to fail: a test that cannot fail proves nothing.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Control } from '#tests/controls/control.ts';
import { controls } from '#tests/controls/index.ts';

type Outcome = { subject: string; without: string; tests: string; failed: string[]; isShown: boolean };
type Report = {
  testResults: { message: string; assertionResults: { status: string; fullName: string }[] }[];
};

const [chosen, ...words] = process.argv.slice(2);
const copy = copyTree();
const outcomes: Outcome[] = [];
try {
  for (const [subject, each] of Object.entries(controls)) {
    if (chosen && chosen !== 'all' && subject !== chosen) continue;
    for (const control of each)
      if (words.every((word) => control.without.includes(word))) outcomes.push(tell(show(subject, control)));
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
mkdirSync('reports', { recursive: true });
writeFileSync('reports/controls.json', `${JSON.stringify(outcomes, null, 2)}\n`);
const missed = outcomes.filter(({ isShown }) => !isShown);
process.stdout.write(`\n${outcomes.length} protections taken out, ${missed.length} not missed by a test\n`);
process.exit(missed.length > 0 || outcomes.length === 0 ? 1 : 0);

/** What git knows and would take, with the packages and the built pages beside it. */
function copyTree(): string {
  const folder = mkdtempSync(join(tmpdir(), 'shokai-controls-'));
  const listed = spawnSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8' });
  for (const name of listed.stdout.split('\n').filter(Boolean)) {
    mkdirSync(join(folder, dirname(name)), { recursive: true });
    cpSync(name, join(folder, name));
  }
  for (const name of ['node_modules', 'dist']) symlinkSync(resolve(name), join(folder, name));
  return folder;
}

function show(subject: string, { without, file, take, put, tests, fails }: Control): Outcome {
  const path = join(copy, file);
  const whole = readFileSync(path, 'utf8');
  const told = { subject, without, tests };
  if (whole.split(take).length !== 2)
    return { ...told, failed: [`${file} does not hold once: ${take}`], isShown: false };
  writeFileSync(
    path,
    whole.replace(take, () => put),
  );
  const failed = failuresOf(tests);
  writeFileSync(path, whole);
  return { ...told, failed, isShown: failed.some((name) => name.includes(fails)) };
}

function failuresOf(tests: string): string[] {
  const outputFile = join(copy, 'reports', 'control.json');
  rmSync(outputFile, { force: true });
  const args = ['run', '--reporter=json', `--outputFile=${outputFile}`, tests];
  const ran = spawnSync('node_modules/.bin/vitest', args, { cwd: copy, encoding: 'utf8' });
  try {
    const { testResults } = JSON.parse(readFileSync(outputFile, 'utf8')) as Report;
    return testResults.flatMap(({ message, assertionResults }) => {
      const failed = assertionResults.filter(({ status }) => status === 'failed');
      return message && failed.length === 0 ? [message] : failed.map(({ fullName }) => fullName);
    });
  } catch {
    return [`the tests did not run: ${ran.stderr.slice(-300)}`];
  }
}

function tell(outcome: Outcome): Outcome {
  const { subject, without, failed, isShown } = outcome;
  const first = failed.slice(0, 3).map((name) => `\n      ${name}`);
  process.stdout.write(`${isShown ? 'fails' : 'HOLDS'}  ${subject}: without ${without}${first.join('')}\n`);
  return outcome;
}
