import type { SheetFont } from './sheet-font.ts';

/** The smallest piece of a line: what is drawn, with which of the faces (see `rankOf`), and how wide it is at size 1. */
export type Cell = { draw: string; rank: number; width: number; kind: 'plain' | 'missing' | 'line end' };

/** Stands for a character that the font cannot show (下駄記号, as printers in Japan have done it), before its code point. */
export const missingMark = '〓';

/** A character that cannot be shown, as it is written instead: 〓[U+1F600]. 〓 itself is written so too, so that nothing is said twice. */
export const missingText = (character: string): string =>
  `${missingMark}[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;

/**
 * Marks, controls and what has no shape of its own would be lost or put elsewhere when a PDF is read, and what the font lacks
 * would be a blank: these are named. Everything else is drawn.
 */
const isDrawn = (character: string, font: SheetFont): boolean =>
  character !== missingMark &&
  font.has(character.codePointAt(0) ?? 0) &&
  !/[\p{M}\p{C}\p{Zl}\p{Zp}]/u.test(character);

/** A text as cells that can be measured and drawn: nothing of it is left out. */
export function cellsOf(text: string, font: SheetFont): Cell[] {
  const lines = text.replaceAll(/\r\n?/g, '\n').replaceAll('\t', ' ');
  return [...lines].map((character) => cellOf(character, font));
}

function cellOf(character: string, font: SheetFont): Cell {
  if (character === '\n') return { draw: '', rank: 0, width: 0, kind: 'line end' };
  const isMissing = !isDrawn(character, font);
  const draw = isMissing ? missingText(character) : character;
  const codePoints = [...draw].map((each) => each.codePointAt(0) ?? 0);
  const width = codePoints.reduce((sum, each) => sum + font.widthOf(each), 0) / 1000;
  if (isMissing) return { draw, rank: 0, width, kind: 'missing' };
  return { draw, rank: font.rankOf(codePoints[0] ?? 0), width, kind: 'plain' };
}
