/** One row of values of a plot; null where a week has none. Lines differ by their marks and dashes. */
export type Series = {
  label: string;
  kind: 'bar' | 'line';
  mark?: 'circle' | 'square';
  values: readonly (number | null)[];
};

/** Where a week and a value stand in the drawing. */
export type Place = { x: (index: number) => number; y: (value: number) => number; step: number };

/** Around and of the drawing, in pixels. */
export const left = 64;
export const right = 20;
export const top = 20;
export const heightOf = 150;
