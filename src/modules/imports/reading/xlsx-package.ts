import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { SaxesParser } from 'saxes';
import { type Entry, fromRandomAccessReader, RandomAccessReader, type ZipFile } from 'yauzl';
import { FileProblem, type FileSource, fileLimits } from './file-problem.ts';

class SourceReader extends RandomAccessReader {
  readonly #source: FileSource;

  constructor(source: FileSource) {
    super();
    this.#source = source;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#source.read(start, end), { objectMode: false });
  }
}

/** The parts of a workbook by name. */
export type Package = { zip: ZipFile; entries: ReadonlyMap<string, Entry> };

/** Opens a workbook's directory. Macros, more parts than a workbook has, and what is no zip file are refused. */
export async function openPackage(source: FileSource): Promise<Package> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    const options = { lazyEntries: true, autoClose: false, validateEntrySizes: true };
    fromRandomAccessReader(new SourceReader(source), source.size, options, (error, opened) =>
      error || !opened ? reject(new FileProblem('file_broken')) : resolve(opened),
    );
  });
  if (zip.entryCount > fileLimits.zipEntries) throw new FileProblem('file_too_much_inside');
  const entries = new Map<string, Entry>();
  await new Promise<void>((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.on('end', resolve);
    zip.on('error', () => reject(new FileProblem('file_broken')));
    zip.readEntry();
  });
  if ([...entries.keys()].some((name) => name.endsWith('vbaProject.bin')))
    throw new FileProblem('file_macro');
  return { zip, entries };
}

type Handlers = {
  open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  text?: (text: string) => void;
  close?: (name: string) => void;
};

/**
 * Reads a part of a workbook as XML, in pieces; gives after each, so that what it brought can be taken away. A part larger than
 * allowed, or larger than it says of itself, ends the reading; entities of its own are refused.
 */
export async function* readPart(
  { zip, entries }: Package,
  { name, maxBytes }: { name: string; maxBytes: number },
  handlers: Handlers,
): AsyncGenerator<void> {
  const entry = entries.get(name);
  if (!entry) throw new FileProblem('file_broken');
  if (entry.uncompressedSize > maxBytes) throw new FileProblem('file_too_much_inside');
  const stream = await new Promise<Readable>((resolve, reject) =>
    zip.openReadStream(entry, (error, opened) =>
      error || !opened ? reject(new FileProblem('file_broken')) : resolve(opened),
    ),
  );
  const parser = parserWith(handlers);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const piece of stream) {
      parser.write(decoder.decode(piece as Buffer, { stream: true }));
      // What is unpacked comes faster than it is read: other work of the process gets its turn.
      await turn();
      yield;
    }
    parser.close();
    yield;
  } catch (error) {
    throw error instanceof FileProblem ? error : new FileProblem('file_broken');
  } finally {
    stream.destroy();
  }
}

function parserWith({ open, text, close }: Handlers): SaxesParser {
  const parser = new SaxesParser({ xmlns: false });
  const plain = (name: string): string => name.slice(name.indexOf(':') + 1);
  parser.on('error', () => {
    throw new FileProblem('file_broken');
  });
  parser.on('doctype', () => {
    throw new FileProblem('file_broken');
  });
  parser.on('opentag', ({ name, attributes }) => open?.(plain(name), attributes as Record<string, string>));
  parser.on('text', (value) => text?.(value));
  parser.on('cdata', (value) => text?.(value));
  parser.on('closetag', ({ name }) => close?.(plain(name)));
  return parser;
}
