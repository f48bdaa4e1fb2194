import type { z } from 'zod';
import type { Text } from '#src/domain/text.ts';
import type { OperatorActor } from '#src/platform/actor.ts';
import type { ListExport } from '#src/platform/exports/list-export.ts';
import { type Import, listImports } from './import-row.ts';

type Row = z.input<typeof Import>;

const states: Record<Row['state'], Text> = {
  uploading: { ja: 'アップロード中', en: 'Uploading' },
  mapping: { ja: '列の対応付け待ち', en: 'Waits for its mapping' },
  checking: { ja: '確認中', en: 'Being checked' },
  checked: { ja: '登録待ち', en: 'Waits for confirmation' },
  running: { ja: '登録中', en: 'Being taken in' },
  cancelling: { ja: '中止しています', en: 'Stopping' },
  done: { ja: '完了', en: 'Done' },
  cancelled: { ja: '中止', en: 'Cancelled' },
  failed: { ja: '失敗', en: 'Failed' },
};

/** The history of imports (取込履歴) as a file. */
export const importExport: ListExport<OperatorActor, object, Row> = {
  action: 'import.export',
  columns: [
    { heading: { ja: '決済機関', en: 'Institution' }, cell: ({ institutionId }) => institutionId },
    { heading: { ja: '名称', en: 'Name' }, cell: ({ institutionName }) => institutionName },
    { heading: { ja: 'ファイル', en: 'File' }, cell: ({ fileName }) => fileName },
    { heading: { ja: 'アップロード日時', en: 'Uploaded at' }, cell: ({ uploadedAt }) => uploadedAt },
    { heading: { ja: '担当者', en: 'By' }, cell: ({ uploadedBy }) => uploadedBy ?? '' },
    { heading: { ja: '状態', en: 'State' }, cell: ({ state }, locale) => states[state][locale] },
    { heading: { ja: '登録', en: 'Taken in' }, cell: ({ result }) => result.created },
    { heading: { ja: '登録済み', en: 'There before' }, cell: ({ result }) => result.known },
    { heading: { ja: 'エラー', en: 'Refused' }, cell: ({ result }) => result.refused },
    { heading: { ja: '終了日時', en: 'Finished at' }, cell: ({ finishedAt }) => finishedAt ?? '' },
  ],
  list: (db, _, page, locale) => listImports(db, page, locale),
};
