import type { z } from 'zod';
import type { Actor } from '#src/platform/actor.ts';
import type { ListExport } from '#src/platform/exports/list-export.ts';
import type { ReturnFile } from './channel-schemas.ts';
import { listFiles } from './list-files.ts';

type Row = z.input<typeof ReturnFile>;

const states = {
  waiting: { ja: '出力待ち', en: 'Waiting' },
  written: { ja: '出力済み', en: 'Written' },
  failed: { ja: '出力できず', en: 'Failed' },
} as const;

/** The list of files of answers as a file; not what stands in them. */
export const fileExport: ListExport<Actor, { institutionId?: string | undefined }, Row> = {
  action: 'return.export',
  columns: [
    { heading: { ja: '作成日時', en: 'Made at' }, cell: ({ madeAt }) => madeAt },
    { heading: { ja: '決済機関ID', en: 'Institution id' }, cell: ({ institutionId }) => institutionId },
    { heading: { ja: '番号', en: 'Number' }, cell: ({ number }) => number },
    { heading: { ja: 'ファイル名', en: 'File' }, cell: ({ name }) => name },
    { heading: { ja: '状態', en: 'State' }, cell: ({ state }, locale) => states[state][locale] },
    { heading: { ja: '回答数', en: 'Answers' }, cell: ({ answers }) => answers },
    { heading: { ja: 'バイト数', en: 'Bytes' }, cell: ({ bytes }) => bytes },
    { heading: { ja: 'SHA-256', en: 'SHA-256' }, cell: ({ sha256 }) => sha256 },
    { heading: { ja: '試行回数', en: 'Tries' }, cell: ({ tries }) => tries },
    { heading: { ja: '最後の理由', en: 'Last reason' }, cell: ({ lastError }) => lastError ?? '' },
    { heading: { ja: '出力日時', en: 'Written at' }, cell: ({ writtenAt }) => writtenAt ?? '' },
  ],
  list: listFiles,
};
