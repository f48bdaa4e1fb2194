import { Fragment, type ReactNode } from 'react';
import styles from './parts.module.css';

type Props = { facts: readonly (readonly [label: string, value: ReactNode])[] };

/** Names and values, one under the other. */
export function Facts({ facts }: Props) {
  return (
    <dl className={styles.facts}>
      {facts.map(([label, value]) => (
        <Fragment key={label}>
          <dt>{label}</dt>
          <dd>{value ?? '—'}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
