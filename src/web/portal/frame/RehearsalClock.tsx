import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { showInstant } from '#src/domain/days.ts';
import { type ClockDestination, rehearsalClockQuery, useMoveClock } from '../../api/rehearsal.ts';
import { useSession } from '../../api/session.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { Notice } from '../../ui/Notice.tsx';
import styles from './Frame.module.css';
import { rehearsalTexts } from './rehearsal-texts.ts';

const onwards: readonly ClockDestination[] = ['one_hour', 'next_business_morning', 'one_week'];

/** リハーサル用の時計: the product's time in the demo, and for operators the buttons that move it. */
export function RehearsalClock() {
  const t = useTexts(rehearsalTexts);
  const locale = useLocale();
  const { user } = useSession();
  const { data: clock } = useQuery(rehearsalClockQuery);
  const move = useMoveClock();
  // Its place is kept, so that the page does not jump when it comes.
  if (!clock) return <div className={`${styles.clock} no-print`} />;
  return (
    <section className={`${styles.clock} no-print`} aria-label={t.title}>
      <Text size="sm" component="p" m={0}>
        <strong>{t.title}</strong> {t.onlyHere}{' '}
        <time dateTime={clock.now} className="nowrap">
          {showInstant(new Date(clock.now), locale)}
        </time>{' '}
        <span>{clock.aheadSeconds === 0 ? t.isReal : t.isAhead(lead(clock.aheadSeconds))}</span>
      </Text>
      {user.kind === 'operator' && <Buttons move={move} isAhead={clock.aheadSeconds > 0} />}
      <div role="status">{move.isPending && <Text size="sm">{t.moving}</Text>}</div>
      {move.error && <Notice kind="error">{move.error.message}</Notice>}
    </section>
  );
}

type ButtonsProps = { move: ReturnType<typeof useMoveClock>; isAhead: boolean };

function Buttons({ move, isAhead }: ButtonsProps) {
  const t = useTexts(rehearsalTexts);
  const button = (to: ClockDestination) => (
    <Button
      key={to}
      size="compact-sm"
      variant="default"
      disabled={move.isPending || (to === 'real_time' && !isAhead)}
      onClick={() => move.mutate(to)}
    >
      {t.to[to]}
    </Button>
  );
  return (
    <Group gap="xs" role="group" aria-label={t.buttons}>
      {[...onwards, 'real_time' as const].map(button)}
    </Group>
  );
}

/** By how much the clock is ahead, in whole days and hours. */
function lead(seconds: number): { days: number; hours: number } {
  const hours = Math.round(seconds / 3600);
  return { days: Math.floor(hours / 24), hours: hours % 24 };
}
