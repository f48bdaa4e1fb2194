import type { Cell } from './sheet-cells.ts';

/** What must not begin a line (行頭禁則), and what must not end one (行末禁則). */
const notFirst = new Set(
  [
    '、。，．・：；？！゛゜ヽヾゝゞ々ー’”）〕］｝〉》」』】°′″℃％‰…‥〜～',
    'ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ｡､｣ｰﾞﾟ',
    ',.:;?!)]}%',
  ].join(''),
);
const notLast = new Set('‘“（〔［｛〈《「『【￥＄£｢([{$');

/** Letters, digits and what stands within addresses: a word of them stays on one line where it fits. */
const isOfWord = ({ draw }: Cell): boolean =>
  /^[\p{L}\p{N}@._\-/+~#=&%'’]/u.test(draw) &&
  !/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆０-ｚ]/u.test(draw);

const isSpace = ({ draw }: Cell): boolean => draw === ' ' || draw === '\u3000';

function mayBreakBetween(before: Cell, after: Cell): boolean {
  if (isSpace(after)) return false;
  if (isSpace(before)) return true;
  if (notFirst.has(after.draw) || notLast.has(before.draw)) return false;
  return !(isOfWord(before) && isOfWord(after));
}

/**
 * Breaks cells into lines that fit a width (in type sizes), as Japanese is set: between any two characters but for those that
 * must not begin or end a line; words stay whole unless one is wider than a line. Spaces may hang over the end.
 */
export function breakLines(cells: readonly Cell[], width: number): Cell[][] {
  const lines: Cell[][] = [];
  let start = 0;
  let used = 0;
  let mayBreakAt = 0;
  const endLine = (end: number, next: number): void => {
    lines.push(cells.slice(start, end));
    start = next;
    mayBreakAt = next;
    used = 0;
  };
  for (let index = 0; index < cells.length; index += 1) {
    const cell = cells[index];
    const before = cells[index - 1];
    if (!cell) break;
    if (cell.kind === 'line end') {
      endLine(index, index + 1);
      continue;
    }
    if (before && index > start && mayBreakBetween(before, cell)) mayBreakAt = index;
    while (used + cell.width > width && index > start && !isSpace(cell)) {
      const at = mayBreakAt > start ? mayBreakAt : index;
      endLine(at, at);
      used = cells.slice(at, index).reduce((sum, each) => sum + each.width, 0);
    }
    used += cell.width;
  }
  lines.push(cells.slice(start));
  return lines;
}
