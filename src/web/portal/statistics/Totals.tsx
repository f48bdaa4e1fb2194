import type { Figures } from '../../api/statistics.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { showHours, showShare } from './show-figures.ts';
import styles from './statistics.module.css';
import { texts } from './texts.ts';

/** The figures of the whole period. */
export function Totals({ total }: { total: Figures }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { requested, shareInTime, medianHours, p90Hours } = total;
  return (
    <dl className={styles.totals} aria-label={t.summary}>
      <Total label={t.requested} value={t.count(requested.toLocaleString(locale))} />
      <Total
        label={t.shareInTime}
        value={shareInTime === null ? t.noValue : showShare(shareInTime, locale)}
      />
      <Total label={t.medianLong} value={medianHours === null ? t.noValue : showHours(medianHours, locale)} />
      <Total label={t.p90Long} value={p90Hours === null ? t.noValue : showHours(p90Hours, locale)} />
    </dl>
  );
}

function Total({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}
