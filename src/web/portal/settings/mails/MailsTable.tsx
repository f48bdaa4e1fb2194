import { Checkbox, Text, VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { showInstant } from '#src/domain/days.ts';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import styles from '../settings-table.module.css';
import type { UndeliveredMail } from './mails-api.ts';
import { texts } from './texts.ts';

type Choosing = { chosen: ReadonlySet<string>; toggle: (mailId: string) => void };
type Props = { mails: readonly UndeliveredMail[]; choosing: Choosing | undefined };

/** The mails that did not arrive, each with why; they can be chosen by who may do something about them. */
export function MailsTable({ mails, choosing }: Props) {
  const t = useTexts(texts);
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {choosing && (
            <th scope="col">
              <VisuallyHidden>{t.choice}</VisuallyHidden>
            </th>
          )}
          {[t.since, t.about, t.recipient, t.reason, t.cases].map((label) => (
            <th scope="col" key={label}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {mails.map((mail) => (
          <Row key={mail.id} mail={mail} choosing={choosing} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ mail, choosing }: { mail: UndeliveredMail; choosing: Choosing | undefined }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { id, mid, sid, merchantName, recipient, subject, since, kind, reply } = mail;
  const what = subject ?? t.erased;
  return (
    <tr>
      {choosing && (
        <td data-label={t.choice}>
          <Checkbox
            aria-label={t.choose(what, recipient?.address ?? t.erased)}
            checked={choosing.chosen.has(id)}
            onChange={() => choosing.toggle(id)}
          />
        </td>
      )}
      <td data-label={t.since} className={styles.short}>
        {showInstant(new Date(since), locale)}
      </td>
      <td data-label={t.about}>
        <div>
          {mid === null ? t.toPeople : `${merchantName ?? ''} (${sid === null ? mid : `${mid}-${sid}`})`}
          <Text size="sm" c="dimmed">
            {what}
          </Text>
        </div>
      </td>
      <td data-label={t.recipient}>
        <Recipient mail={mail} />
      </td>
      <td data-label={t.reason} className={styles.short}>
        <div>
          {kind ? t.kinds[kind] : t.unknown}
          {reply && (
            <Text size="sm" c="dimmed">
              {reply}
            </Text>
          )}
        </div>
      </td>
      <td data-label={t.cases}>
        <Cases mail={mail} />
      </td>
    </tr>
  );
}

function Recipient({ mail: { recipient, addressNow, isContactGone } }: { mail: UndeliveredMail }) {
  const t = useTexts(texts);
  const isMoved = addressNow !== null && addressNow !== recipient?.address;
  return (
    <div>
      {recipient ? recipient.name : t.erased}
      {recipient && (
        <Text size="sm" c="dimmed">
          {recipient.address}
        </Text>
      )}
      {isMoved && <Text size="sm">{t.addressNow(addressNow)}</Text>}
      {isContactGone && <Text size="sm">{t.contactGone}</Text>}
      {isContactGone === null && <Text size="sm">{t.noContact}</Text>}
    </div>
  );
}

/** A reminder can be about many; the first few are enough to go on from. */
const shownCases = 3;

function Cases({ mail: { cases, open, caseIds } }: { mail: UndeliveredMail }) {
  const t = useTexts(texts);
  if (cases === 0) return <span>—</span>;
  return (
    <div>
      {caseIds.slice(0, shownCases).map((caseId) => (
        <div key={caseId} className="nowrap">
          <Link to="/cases/$caseId" params={{ caseId }}>
            {caseId}
          </Link>
        </div>
      ))}
      {cases > shownCases && <Text size="sm">{t.andMore(cases - shownCases)}</Text>}
      <Text size="sm" c="dimmed">
        {t.open(open, cases)}
      </Text>
    </div>
  );
}
