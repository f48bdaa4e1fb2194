import { chown, lchown, readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Cluster } from './cluster.ts';
import { EmbeddedPostgresError, useAnother } from './errors.ts';
import { type Account, type Identity, run } from './launch.ts';

const root = 0;

/** The kernel asks PostgreSQL to stop as soon as the thread that started it is gone, however it went. */
const untilParentDies = ['setpriv', '--pdeathsig', 'INT', '--'];

/** Still root's files for the outside, but no root inside: that is all PostgreSQL asks for. */
const namespace = ['unshare', '-U', '--map-user=65534', '--map-group=65534', '--'];

/**
 * Chooses as whom PostgreSQL runs, which refuses to be root: as ourselves; for root in a user namespace, or else as the
 * owner of the folder, or as nobody. A cluster that exists stays with its owner.
 */
export async function chooseIdentity(dataDir: string, cluster: Cluster, postgres: string): Promise<Identity> {
  const guard = (await run({ prefix: [] }, [...untilParentDies, 'true'])).ok ? untilParentDies : [];
  if (process.getuid?.() !== root) return { prefix: guard };
  for (const candidate of await candidates(dataDir, cluster)) {
    const identity = { ...candidate, prefix: [...candidate.prefix, ...guard] };
    if (await isAble(identity, dataDir, postgres)) {
      if (identity.account) await handOver([dataDir, cluster.folder], identity.account);
      return identity;
    }
  }
  throw new EmbeddedPostgresError(
    'no_account',
    `PostgreSQL refuses to run as root, and no other account can reach ${dataDir} and ${postgres}: ` +
      `start Shokai as an ordinary user, set DATA_DIR to a folder that others may enter, or ${useAnother}.`,
  );
}

async function candidates(dataDir: string, { folder, owner }: Cluster): Promise<Identity[]> {
  if (owner !== undefined && owner !== root) return [{ prefix: [], account: await ownerOf(folder) }];
  const accounts = [await ownerOf(dataDir), await ownerOf(dirname(dataDir)), ...(await nobody())];
  return [
    { prefix: namespace },
    ...accounts.filter(({ uid }) => uid !== root).map((account) => ({ prefix: [], account })),
  ];
}

async function ownerOf(path: string): Promise<Account> {
  const { uid, gid } = await stat(path);
  return { uid, gid };
}

async function nobody(): Promise<Account[]> {
  const accounts = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const [, uid, gid] = /^nobody:[^:]*:(-?\d+):(-?\d+):/m.exec(accounts) ?? [];
  return uid === undefined || gid === undefined ? [] : [{ uid: Number(uid), gid: Number(gid) }];
}

/** Tries whether an identity may enter the folder and start PostgreSQL. A folder of root's will be handed over first. */
async function isAble(identity: Identity, dataDir: string, postgres: string): Promise<boolean> {
  const isHandedOver = identity.account !== undefined && (await ownerOf(dataDir)).uid === root;
  const entered = isHandedOver ? dirname(dataDir) : dataDir;
  const { ok } = await run(identity, [
    '/bin/sh',
    '-c',
    'cd -- "$1" && exec "$2" --version',
    'sh',
    entered,
    postgres,
  ]);
  return ok;
}

async function handOver(paths: readonly string[], { uid, gid }: Account): Promise<void> {
  const [dataDir = '', cluster = ''] = paths;
  if ((await ownerOf(dataDir)).uid === root) await chown(dataDir, uid, gid);
  const found = await stat(cluster).catch(() => undefined);
  if (found?.uid !== root) return;
  for (const entry of await readdir(cluster, { recursive: true }))
    await lchown(join(cluster, entry), uid, gid);
  // Last, because the folder's owner tells whether this was done.
  await chown(cluster, uid, gid);
}
