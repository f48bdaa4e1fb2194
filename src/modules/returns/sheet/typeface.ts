import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Weight, Weights } from './draw-sheet.ts';
import { readSheetFont } from './sheet-font.ts';

const require = createRequire(import.meta.url);
let opened: Weights | undefined;

/** The typeface of answer sheets, Noto Sans JP; read when the first sheet is drawn, and then kept. */
export function openTypeface(): Weights {
  opened ??= { regular: weightOf('400Regular'), bold: weightOf('700Bold') };
  return opened;
}

function weightOf(name: string): Weight {
  const path = `@expo-google-fonts/noto-sans-jp/${name}/NotoSansJP_${name}.ttf`;
  const file = readFileSync(require.resolve(path));
  return { file, font: readSheetFont(file) };
}
