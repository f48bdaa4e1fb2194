import { Badge } from '@mantine/core';

/** Whether a party takes part: told in words, with a colour beside. */
export function PartyState({
  isOver,
  labels,
}: {
  isOver: boolean;
  labels: { active: string; over: string };
}) {
  return (
    <Badge
      variant="light"
      color={isOver ? 'gray' : 'green'}
      styles={{ root: { flexShrink: 0 }, label: { color: 'var(--mantine-color-text)', overflow: 'visible' } }}
      tt="none"
    >
      {isOver ? labels.over : labels.active}
    </Badge>
  );
}
