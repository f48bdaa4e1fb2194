import { showInstant } from '#src/domain/days.ts';
import type { Schemas } from '../../api/client.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { Notice } from '../../ui/Notice.tsx';

const texts = {
  ja: {
    masked:
      '閲覧のみの権限のため、個人情報は表示されません(●●●●)。ご確認が必要な場合は、回答者または管理者の権限を持つご担当者様にご依頼ください。',
    erased: (when: string) => `保存期間が満了したため、個人情報は消去されました(${when})。`,
  },
  en: {
    masked:
      'Personal data is not shown to viewers (●●●●). If you need it, please ask a colleague who is a responder or an admin.',
    erased: (when: string) =>
      `The time for which this case is kept is over, and its personal data was erased (${when}).`,
  },
};

/** Says in words why what is personal of a case is not there to be read; nothing when it is. */
export function PersonalDataNotice({ case: found }: { case: Schemas['Case'] }) {
  const t = useTexts(texts);
  const locale = useLocale();
  if (found.personalData === 'masked') return <Notice kind="info">{t.masked}</Notice>;
  if (found.erasedAt === null) return null;
  return <Notice kind="warning">{t.erased(showInstant(new Date(found.erasedAt), locale))}</Notice>;
}
