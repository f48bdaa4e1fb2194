import { type FileHandle, open, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';

export type LogFile = {
  path: string;
  fd: number;
  size: () => Promise<number>;
  /** Why PostgreSQL gave up, read from what was written after `offset`; empty when it did not say. */
  lastWords: (offset: number) => Promise<string>;
  close: () => Promise<void>;
};

const sizeLimit = 10 * 1024 * 1024;
const readLimit = 16 * 1024;

/** Opens the file of PostgreSQL's own messages. One above 10 MB is put aside first, in place of the one before. */
export async function openLogFile(dataDir: string): Promise<LogFile> {
  const path = join(dataDir, 'postgres.log');
  const before = await stat(path).catch(() => undefined);
  if (before && before.size > sizeLimit) await rename(path, `${path}.1`);
  const file = await open(path, 'a+', 0o600);
  const size = async (): Promise<number> => (await file.stat()).size;
  return {
    path,
    fd: file.fd,
    size,
    lastWords: async (offset) => lastFatal(await read(file, Math.max(offset, (await size()) - readLimit))),
    close: () => file.close(),
  };
}

async function read(file: FileHandle, position: number): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(readLimit), 0, readLimit, position);
  return buffer.toString('utf8', 0, bytesRead);
}

function lastFatal(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return (lines.findLast((line) => /FATAL|PANIC/.test(line)) ?? lines.at(-1) ?? '').trim();
}
