import { parentPort } from 'node:worker_threads';
import { drawSheet } from './draw-sheet.ts';
import type { Sheet } from './sheet.ts';
import { openTypeface } from './typeface.ts';

/** A thread that draws the sheets it is sent, one after another. */
parentPort?.on('message', async ({ number, sheet }: { number: number; sheet: Sheet }) => {
  try {
    const bytes = await drawSheet(sheet, openTypeface());
    parentPort?.postMessage({ number, bytes });
  } catch (error) {
    parentPort?.postMessage({ number, error });
  }
});
