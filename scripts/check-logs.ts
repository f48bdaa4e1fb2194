/**
 * Looks through everything that the tests logged, the database's own log, the audit trail and the jobs, for what must never
 * stand there (`tests/support/never-logged.ts`). `npm test` does it last; by itself it looks at what the last run left.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { folder, neverLogged, neverLoggedForms, notesFolder } from '../tests/support/never-logged.ts';

export type LogCheck = { files: number; lines: number; hits: string[] };

const filesOf = (path: string): string[] =>
  existsSync(path) ? readdirSync(path).map((name) => `${path}/${name}`) : [];

/** Every hit names its file and line and what was found there. */
export function checkLogs(): LogCheck {
  const secrets = new Set(filesOf(notesFolder).flatMap((path) => readFileSync(path, 'utf8').split('\n')));
  const forms = neverLogged.flatMap((word) => [word, encodeURIComponent(word)]);
  const wanted = new RegExp(
    [...new Set(forms)]
      .map(escaped)
      .concat(neverLoggedForms.map(({ source }) => source))
      .join('|'),
  );
  const hitIn = (line: string): string | undefined =>
    wanted.exec(line)?.[0] ?? line.match(/[\w-]{16,}/g)?.find((word) => secrets.has(word));
  const files = filesOf(folder);
  let lines = 0;
  const hits = files.flatMap((path) =>
    readFileSync(path, 'utf8')
      .split('\n')
      .flatMap((line, index) => {
        lines += 1;
        const hit = hitIn(line);
        return hit ? [`${path}:${index + 1}: ${hit}: ${line.slice(0, 300)}`] : [];
      }),
  );
  return { files: files.length, lines, hits };
}

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { files, lines, hits } = checkLogs();
  process.stdout.write(`${files} logs, ${lines} lines, ${hits.length} with what must not be there\n`);
  for (const hit of hits) process.stdout.write(`${hit}\n`);
  process.exit(hits.length > 0 ? 1 : 0);
}
