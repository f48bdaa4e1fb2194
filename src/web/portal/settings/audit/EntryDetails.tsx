import type { Schemas } from '../../../api/client.ts';
import { useTexts } from '../../../ui/locale.tsx';
import { Facts } from '../../parts/Facts.tsx';
import styles from './audit.module.css';
import { texts } from './texts.ts';

/** Everything an entry holds, to the letter, with the hash it follows and its own. */
export function EntryDetails({ entry }: { entry: Schemas['AuditEntry'] }) {
  const t = useTexts(texts);
  const { sequence, at, action, actor, right, subjects, details, requestId, previousHash, hash } = entry;
  const code = (text: string | null) => (text === null ? null : <code className={styles.id}>{text}</code>);
  const data = Object.entries(details).map(([name, value]) => `${name}: ${String(value)}`);
  return (
    <Facts
      facts={[
        [t.sequence, sequence],
        [t.exactTime, code(at)],
        [t.code, code(action)],
        [t.actorId, code(actor.id)],
        [t.right, code(right)],
        [t.subjects, subjects.length > 0 ? code(subjects.join('\n')) : null],
        [t.data, data.length > 0 ? code(data.join('\n')) : null],
        [t.requestId, code(requestId)],
        [t.previousHash, code(previousHash)],
        [t.hash, code(hash)],
      ]}
    />
  );
}
