import { createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Dkim } from '#src/platform/smtp.ts';
import { type Config, ConfigError } from './config.ts';

/** What mails show of who sent them: the list they belong to and, if a key is configured, the signature of the domain. */
export async function mailIdentity(config: Config): Promise<{ listId: string; dkim?: Dkim }> {
  const dkim = await dkimOf(config);
  return { listId: `notices.${new URL(config.baseUrl).hostname}`, ...(dkim && { dkim }) };
}

async function dkimOf(config: Config): Promise<Dkim | undefined> {
  const { DKIM_DOMAIN: domainName, DKIM_SELECTOR: keySelector, DKIM_PRIVATE_KEY_FILE: file } = config;
  const given = config.DKIM_PRIVATE_KEY?.replaceAll('\\n', '\n');
  if (!domainName && !keySelector && !file && !given) return undefined;
  if (!domainName || !keySelector || !(file || given))
    throw new ConfigError('DKIM wants DKIM_DOMAIN, DKIM_SELECTOR and DKIM_PRIVATE_KEY_FILE, or none of them');
  const privateKey = given ?? (await readFile(file ?? '', 'utf8').catch(unreadable));
  try {
    createPrivateKey(privateKey);
  } catch {
    throw new ConfigError('DKIM: the private key is no key in PEM');
  }
  return { domainName, keySelector, privateKey };
}

function unreadable(): never {
  throw new ConfigError('DKIM_PRIVATE_KEY_FILE cannot be read');
}
