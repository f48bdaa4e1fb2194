import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Sealing, sealingWith } from '#src/platform/sealing.ts';
import { type Signing, signingWith } from '#src/platform/signing.ts';
import { type Config, ConfigError } from './config.ts';

/**
 * What personal data and secrets are sealed with: the keys of the configuration, or for the demo a key of its own, kept beside
 * its database.
 */
export async function openKeys(config: Config): Promise<Sealing> {
  const { DATA_KEY, DATA_KEY_BEFORE, isDemo, DATA_DIR } = config;
  if (DATA_KEY) return sealingWith([toKey(DATA_KEY), ...(DATA_KEY_BEFORE ? [toKey(DATA_KEY_BEFORE)] : [])]);
  if (isDemo) return sealingWith([await demoKey(DATA_DIR, 'data-key')]);
  throw new ConfigError(
    'DATA_KEY is not set. Make one with: openssl rand -base64 32, and keep it apart from backups.',
  );
}

/** What the anchors of the audit trail are signed with: the key of the configuration, or one of the demo's own. */
export async function openSigningKey({ AUDIT_SIGNING_KEY, isDemo, DATA_DIR }: Config): Promise<Signing> {
  if (AUDIT_SIGNING_KEY) return signingWith(toKey(AUDIT_SIGNING_KEY));
  if (isDemo) return signingWith(await demoKey(DATA_DIR, 'audit-signing-key'));
  throw new ConfigError(
    'AUDIT_SIGNING_KEY is not set. Make one with: openssl rand -base64 32, and keep it apart from the database.',
  );
}

const toKey = (text: string): Buffer => Buffer.from(text, 'base64');

async function demoKey(folder: string, name: string): Promise<Buffer> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, name);
  // Written only where there is none: two starts at once agree on the one that came first.
  await writeFile(path, randomBytes(32).toString('base64'), { flag: 'wx', mode: 0o600 }).catch(isThere);
  return toKey(await readFile(path, 'utf8'));
}

function isThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
