import { Link } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import { type AuditAction, auditActions } from '#src/domain/audit-actions.ts';
import { showInstant } from '#src/domain/days.ts';
import type { Schemas } from '../../../api/client.ts';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import tableStyles from '../../cases/CasesTable.module.css';
import styles from './audit.module.css';
import { EntryDetails } from './EntryDetails.tsx';
import { texts } from './texts.ts';

type Entry = Schemas['AuditEntry'];

/** The entries, newest first; each opens to all that it holds. On a phone each is a card. */
export function AuditTable({ rows, isStale }: { rows: readonly Entry[]; isStale: boolean }) {
  const t = useTexts(texts);
  return (
    <table className={tableStyles.table} data-stale={isStale} aria-busy={isStale}>
      <thead>
        <tr>
          <th scope="col">{t.at}</th>
          <th scope="col">{t.action}</th>
          <th scope="col">{t.actor}</th>
          <th scope="col">{t.tenant}</th>
          <th scope="col">{t.subject}</th>
          <th scope="col">{t.origin}</th>
          <th scope="col">{t.details}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((entry) => (
          <EntryLine key={entry.sequence} entry={entry} />
        ))}
      </tbody>
    </table>
  );
}

function EntryLine({ entry }: { entry: Entry }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const [isOpen, setOpen] = useState(false);
  const { sequence, at, action, actor, subjects, origin } = entry;
  const detailsId = `entry-${sequence}`;
  return (
    <Fragment>
      <tr>
        <td data-label={t.at} className="nowrap">
          {showInstant(new Date(at), locale)}:{at.slice(17, 19)}
        </td>
        <td data-label={t.action}>{auditActions[action as AuditAction]?.[locale] ?? action}</td>
        <td data-label={t.actor} className={styles.name}>
          {actor.name ?? t.kinds[actor.kind] ?? actor.kind}
        </td>
        <td data-label={t.tenant} className="nowrap">
          {actor.tenant ?? (actor.name === null ? '—' : t.kinds[actor.kind])}
        </td>
        <td data-label={t.subject}>
          <Subjects subjects={subjects} />
        </td>
        <td data-label={t.origin} className="nowrap">
          {origin ?? '—'}
        </td>
        <td data-label={t.details}>
          <button
            type="button"
            className={styles.opener}
            aria-label={t.showDetails(sequence)}
            aria-expanded={isOpen}
            aria-controls={detailsId}
            onClick={() => setOpen(!isOpen)}
          >
            #{sequence} <span aria-hidden="true">{isOpen ? '▲' : '▼'}</span>
          </button>
        </td>
      </tr>
      <tr id={detailsId} hidden={!isOpen} className={styles.opened}>
        <td colSpan={7}>{isOpen && <EntryDetails entry={entry} />}</td>
      </tr>
    </Fragment>
  );
}

const shownSubjects = 2;

function Subjects({ subjects }: { subjects: readonly string[] }) {
  const t = useTexts(texts);
  if (subjects.length === 0) return '—';
  const rest = subjects.length - shownSubjects;
  return (
    <span className={styles.subjects}>
      {subjects.slice(0, shownSubjects).map((subject) => (
        <Subject key={subject} id={subject} />
      ))}
      {rest > 0 && <span>{t.more(rest)}</span>}
    </span>
  );
}

function Subject({ id }: { id: string }) {
  if (!/^\d{6}(-[0-9A-Z]{3}){3}$/.test(id)) return <span className={styles.id}>{id}</span>;
  return (
    <Link to="/cases/$caseId" params={{ caseId: id }} className="nowrap">
      {id}
    </Link>
  );
}
