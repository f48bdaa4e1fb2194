import PDFDocument from 'pdfkit';
import { breakLines } from './break-lines.ts';
import type { Sheet, SheetBlock, SheetGroup, SheetRow } from './sheet.ts';
import { type Cell, cellsOf } from './sheet-cells.ts';
import { renamedFont, type SheetFont } from './sheet-font.ts';

/** A weight of the typeface: its file, and what is known of it. */
export type Weight = { file: Buffer; font: SheetFont };
export type Weights = { regular: Weight; bold: Weight };

// In points; A4.
const page = { width: 595.28, height: 841.89, left: 56, right: 56, top: 64, bottom: 68 };
const inner = page.width - page.left - page.right;
const pageEnd = page.height - page.bottom;
const labelWidth = 132;
const gap = 16;
const rowPadding = 5;
const colours = { text: '#1b1f24', pale: '#5d6670', line: '#d5dae0', accent: '#1d3f66', missing: '#9a5b00' };
type Style = { weight: keyof Weights; size: number; leading: number; colour: string };
const styles = {
  title: { weight: 'bold', size: 22, leading: 30, colour: colours.text },
  lead: { weight: 'regular', size: 10, leading: 16, colour: colours.pale },
  heading: { weight: 'bold', size: 11.5, leading: 18, colour: colours.accent },
  block: { weight: 'bold', size: 9.5, leading: 15, colour: colours.text },
  label: { weight: 'regular', size: 8.5, leading: 15, colour: colours.pale },
  text: { weight: 'regular', size: 9.5, leading: 15, colour: colours.text },
  empty: { weight: 'regular', size: 9.5, leading: 15, colour: colours.pale },
  small: { weight: 'regular', size: 7.5, leading: 12, colour: colours.pale },
} as const satisfies Record<string, Style>;

/** Kerning, ligatures and the like would make glyphs that say something else than one character. */
const plainFeatures = Object.fromEntries(
  'liga clig dlig hlig rlig calt rclt ccmp locl kern frac numr dnom vert palt mark mkmk'
    .split(' ')
    .map((tag) => [tag, false]),
) as unknown as PDFKit.Mixins.OpenTypeFeatures[];

/**
 * Draws an answer sheet as PDF. The same sheet gives the same bytes: nothing in it comes from the clock or from chance. What
 * is read out of the file is what the sheet says, character by character.
 */
export async function drawSheet(sheet: Sheet, weights: Weights): Promise<Buffer> {
  const document = new PDFDocument({
    size: 'A4',
    margins: { top: 0, bottom: 0, left: 0, right: 0 },
    autoFirstPage: false,
    bufferPages: true,
    pdfVersion: '1.7',
    lang: sheet.locale === 'ja' ? 'ja-JP' : 'en',
    displayTitle: true,
    info: { Title: `${sheet.title} ${sheet.reference}`, Author: sheet.provider, CreationDate: sheet.at },
  });
  const pieces: Buffer[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    document.on('data', (piece: Buffer) => pieces.push(piece));
    document.on('end', resolve);
    document.on('error', reject);
  });
  new Pen(document, sheet, weights).drawAll();
  document.end();
  await ended;
  return Buffer.concat(pieces);
}

/** Holds where on which page drawing goes on. */
class Pen {
  readonly #document: PDFKit.PDFDocument;
  readonly #sheet: Sheet;
  readonly #weights: Weights;
  #y = 0;
  #lacksCharacters = false;
  readonly #faces = new Set<string>();

  constructor(document: PDFKit.PDFDocument, sheet: Sheet, weights: Weights) {
    this.#document = document;
    this.#sheet = sheet;
    this.#weights = weights;
  }

  drawAll(): void {
    const { title, lead, provider, groups, missingNote } = this.#sheet;
    this.#addPage();
    this.#text(title, 'title', page.left, inner);
    this.#text(lead, 'lead', page.left, inner);
    this.#text(provider, 'lead', page.left, inner);
    for (const group of groups) this.#group(group);
    if (this.#lacksCharacters) {
      this.#y += 14;
      this.#text(missingNote, 'small', page.left, inner);
    }
    this.#feet();
  }

  #addPage(): void {
    this.#document.addPage();
    this.#document.rect(0, 0, page.width, 6).fill(colours.accent);
    this.#y = page.top;
  }

  /** Goes on to the next page where so much does not fit any more. */
  #room(height: number): void {
    if (this.#y + height > pageEnd) this.#addPage();
  }

  #group({ heading, blocks }: SheetGroup): void {
    this.#y += 20;
    // A heading does not stand alone at the foot of a page.
    this.#room(styles.heading.leading + 4 * styles.text.leading);
    this.#text(heading, 'heading', page.left, inner);
    this.#y += 2;
    this.#rule(colours.accent, 1);
    for (const block of blocks) this.#block(block);
  }

  #block({ title, rows }: SheetBlock): void {
    if (title !== null) {
      this.#y += 8;
      this.#room(styles.block.leading + 3 * styles.text.leading);
      this.#text(title, 'block', page.left, inner);
      this.#y += 3;
      this.#rule(colours.line, 0.5);
    }
    for (const row of rows) this.#row(row);
  }

  #row({ label, text, empty }: SheetRow): void {
    const left = page.left + labelWidth + gap;
    const labels = this.#lines(label, 'label', labelWidth);
    const style = text === null ? 'empty' : 'text';
    const lines = this.#lines(text ?? empty, style, inner - labelWidth - gap);
    this.#y += rowPadding;
    this.#room(styles.text.leading * Math.min(2, Math.max(labels.length, lines.length)));
    const count = Math.max(labels.length, lines.length);
    for (let from = 0; from < count; ) {
      this.#room(styles.text.leading);
      // The question before its answer, as it is read out, on each page anew.
      const to = Math.min(count, from + Math.floor((pageEnd - this.#y) / styles.text.leading));
      this.#column(labels.slice(from, to), styles.label, page.left);
      this.#column(lines.slice(from, to), styles[style], left);
      this.#y += (to - from) * styles.text.leading;
      from = to;
    }
    this.#y += rowPadding;
    this.#rule(colours.line, 0.5);
  }

  /** Draws lines below each other and stays where it is. */
  #column(lines: readonly Cell[][], style: Style, left: number): void {
    const top = this.#y;
    for (const line of lines) {
      this.#line(line, style, left);
      this.#y += style.leading;
    }
    this.#y = top;
  }

  #rule(colour: string, width: number): void {
    this.#document
      .moveTo(page.left, this.#y)
      .lineTo(page.width - page.right, this.#y)
      .lineWidth(width)
      .stroke(colour);
  }

  #text(text: string, style: keyof typeof styles, left: number, width: number): void {
    for (const line of this.#lines(text, style, width)) {
      this.#room(styles[style].leading);
      this.#line(line, styles[style], left);
      this.#y += styles[style].leading;
    }
  }

  #lines(text: string, style: keyof typeof styles, width: number): Cell[][] {
    const { weight, size } = styles[style];
    const cells = cellsOf(text, this.#weights[weight].font);
    if (cells.some(({ kind }) => kind === 'missing')) this.#lacksCharacters = true;
    return breakLines(cells, width / size);
  }

  /** Draws a line, run by run: what has one face and one colour together. */
  #line(cells: readonly Cell[], style: Style, left: number): void {
    let x = left;
    for (const run of runsOf(cells)) {
      const [first] = run;
      if (!first) continue;
      const colour = first.kind === 'missing' ? colours.missing : style.colour;
      const draw = run.map((cell) => cell.draw).join('');
      this.#face(style.weight, first.rank);
      this.#document
        .fontSize(style.size)
        .fillColor(colour)
        .text(draw, x, this.#y + (style.leading + style.size * 0.76) / 2, {
          lineBreak: false,
          baseline: 'alphabetic',
          features: plainFeatures,
        });
      x += run.reduce((sum, cell) => sum + cell.width, 0) * style.size;
    }
  }

  /** Goes on with a face, which is put into the document when it is first needed. */
  #face(weight: keyof Weights, rank: number): void {
    const name = `${weight} ${rank}`;
    if (!this.#faces.has(name)) {
      const { file } = this.#weights[weight];
      this.#document.registerFont(name, rank === 0 ? file : renamedFont(file, rank));
      this.#faces.add(name);
    }
    this.#document.font(name);
  }

  /** The reference and page n of m, once it is known how many there are. */
  #feet(): void {
    const { start, count } = this.#document.bufferedPageRange();
    const { small } = styles;
    for (let index = start; index < start + count; index += 1) {
      this.#document.switchToPage(index);
      this.#y = page.height - 46;
      this.#rule(colours.line, 0.5);
      this.#y += 8;
      const [number = []] = this.#lines(`${index + 1}/${count}`, 'small', inner);
      const width = number.reduce((sum, cell) => sum + cell.width, 0) * small.size;
      this.#line(this.#lines(this.#sheet.reference, 'small', inner)[0] ?? [], small, page.left);
      this.#line(number, small, page.width - page.right - width);
    }
  }
}

function runsOf(cells: readonly Cell[]): Cell[][] {
  const runs: Cell[][] = [];
  for (const cell of cells) {
    const last = runs.at(-1);
    const before = last?.[0];
    const isAlike = cell.rank === before?.rank && cell.kind === before.kind;
    if (last && isAlike) last.push(cell);
    else runs.push([cell]);
  }
  return runs;
}
