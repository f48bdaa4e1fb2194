import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What Debian's pdftotext reads out of a PDF, page by page, in the order it was drawn. `npm test` installs it. */
export async function readPdf(bytes: Uint8Array): Promise<string[]> {
  if (!existsSync('/usr/bin/pdftotext'))
    throw new Error('This test needs the Debian package poppler-utils: apt-get install poppler-utils');
  const folder = await mkdtemp(join(tmpdir(), 'shokai-pdf-'));
  try {
    const path = join(folder, 'sheet.pdf');
    await writeFile(path, bytes);
    const { stdout } = await promisify(execFile)('/usr/bin/pdftotext', ['-raw', path, '-'], {
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout.split('\f').slice(0, -1);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Without spaces and line ends, which a reader of PDFs guesses from where things stand. */
export const withoutSpaces = (text: string): string => text.replace(/\s/gu, '');
