import { Badge } from '@mantine/core';
import type { User } from '../../../api/users.ts';
import { useTexts } from '../../../ui/locale.tsx';
import { texts } from './texts.ts';

const colors: Record<User['state'], string> = {
  invited: 'yellow',
  active: 'green',
  locked: 'red',
  disabled: 'gray',
};

/** 招待中, 有効 or 停止中, in words and not by colour alone. */
export function UserState({ user: { state, invitedUntil } }: { user: User }) {
  const t = useTexts(texts);
  const isOver = invitedUntil !== null && new Date(invitedUntil) < new Date();
  return (
    <Badge
      color={isOver ? 'gray' : colors[state]}
      variant="light"
      size="lg"
      tt="none"
      miw="max-content"
      styles={{ label: { color: 'var(--mantine-color-text)', overflow: 'visible' } }}
    >
      {isOver ? t.over : t.states[state]}
    </Badge>
  );
}
