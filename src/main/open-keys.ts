import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Sealing, sealingWith } from '#src/platform/sealing.ts';
import { type Config, ConfigError } from './config.ts';

/**
 * What personal data and secrets are sealed with: the keys of the configuration, or for the demo a key of its own, kept beside
 * its database.
 */
export async function openKeys(config: Config): Promise<Sealing> {
  const { DATA_KEY, DATA_KEY_BEFORE, isDemo, DATA_DIR } = config;
  if (DATA_KEY) return sealingWith([toKey(DATA_KEY), ...(DATA_KEY_BEFORE ? [toKey(DATA_KEY_BEFORE)] : [])]);
  if (isDemo) return sealingWith([await demoKey(DATA_DIR)]);
  throw new ConfigError(
    'DATA_KEY is not set. Make one with: openssl rand -base64 32, and keep it apart from backups.',
  );
}

const toKey = (text: string): Buffer => Buffer.from(text, 'base64');

async function demoKey(folder: string): Promise<Buffer> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'data-key');
  // Written only where there is none: two starts at once agree on the one that came first.
  await writeFile(path, randomBytes(32).toString('base64'), { flag: 'wx', mode: 0o600 }).catch(isThere);
  return toKey(await readFile(path, 'utf8'));
}

function isThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
