import { NativeSelect } from '@mantine/core';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { useSession } from '../../api/session.ts';
import { useTexts } from '../../ui/locale.tsx';
import styles from './Frame.module.css';
import { texts } from './texts.ts';

/** Narrows the list to one service. People of one service have nothing to switch. */
export function ServiceSwitch() {
  const t = useTexts(texts);
  const { services } = useSession();
  const navigate = useNavigate();
  const search: Record<string, string | undefined> = useRouterState({
    select: ({ location }) => location.search,
  });
  if (services.length < 2) return null;
  const chosen = search.mid && search.sid ? `${search.mid}-${search.sid}` : '';
  const choose = (value: string): void => {
    const [mid, sid] = value.split('-');
    void navigate({ to: '/cases', search: { ...search, mid, sid, cursor: undefined } });
  };
  return (
    <NativeSelect
      className={styles.service ?? ''}
      size="sm"
      aria-label={t.service}
      value={chosen}
      onChange={(event) => choose(event.currentTarget.value)}
      data={[
        { value: '', label: t.allServices },
        ...services.map(({ mid, sid, name }) => ({ value: `${mid}-${sid}`, label: `${mid}-${sid} ${name}` })),
      ]}
    />
  );
}
