import { Button, Group, Text } from '@mantine/core';
import { useTexts } from '../../../ui/locale.tsx';
import { texts } from './texts.ts';

/** The year that is shown, and the ways to its neighbours. */
export function YearChoice({ year, onChange }: { year: number; onChange: (year: number) => void }) {
  const t = useTexts(texts);
  return (
    <Group gap="sm" role="group" aria-label={t.year}>
      <Button variant="default" size="compact-sm" disabled={year <= 2007} onClick={() => onChange(year - 1)}>
        <span aria-hidden>‹</span>
        <span className="visually-hidden">{t.yearBefore}</span>
      </Button>
      <Text fw={600} aria-live="polite">
        {t.yearName(year)}
      </Text>
      <Button variant="default" size="compact-sm" disabled={year >= 2050} onClick={() => onChange(year + 1)}>
        <span aria-hidden>›</span>
        <span className="visually-hidden">{t.yearAfter}</span>
      </Button>
    </Group>
  );
}
