/** What an answer sheet (回答書) shows, in the order it is shown; everything is text by now. */
export type Sheet = {
  locale: 'ja' | 'en';
  title: string;
  /** Who hands it out. */
  provider: string;
  /** Stands at the foot of every page. */
  reference: string;
  /** Below the title: what the sheet is about. */
  lead: string;
  groups: readonly SheetGroup[];
  /** Explains how characters are written that the font cannot show. */
  missingNote: string;
  /** The instant that the file is dated with; nothing in it depends on when it is made. */
  at: Date;
};

export type SheetGroup = { heading: string; blocks: readonly SheetBlock[] };
export type SheetBlock = { title: string | null; rows: readonly SheetRow[] };
/** A question and its answer; null is told in pale letters by `empty`. */
export type SheetRow = { label: string; text: string | null; empty: string };
