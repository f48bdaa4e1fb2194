import { Button, CloseButton, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { AnswerForm } from '#src/domain/answer-form.ts';
import { useSession } from '../../api/session.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { shownWhen } from '../parts/shown-when.ts';
import styles from './answer.module.css';
import type { DraftKeeper, DraftState } from './draft-keeper.ts';
import { labelOf } from './label-of.ts';
import { SaveState } from './SaveState.tsx';
import { texts } from './texts.ts';

type Props = {
  caseId: string;
  form: AnswerForm;
  keeper: DraftKeeper;
  state: DraftState;
  isChecking: boolean;
  onDecide: () => void;
};

/** Always in view below the form: whether it is saved, what a colleague did, and where one can go from here. */
export function FormBar({ caseId, form, keeper, state, isChecking, onDecide }: Props) {
  const t = useTexts(texts);
  return (
    <div className={styles.bottom}>
      <Colleague form={form} keeper={keeper} state={state} onDecide={onDecide} />
      <SaveState caseId={caseId} state={state} onRetry={() => void keeper.flush()} />
      <Group>
        <Button
          variant="default"
          renderRoot={(props) => <Link to="/cases/$caseId/request" params={{ caseId }} {...props} />}
        >
          {t.toCase}
        </Button>
        <Button type="submit" loading={isChecking}>
          {t.check}
        </Button>
      </Group>
    </div>
  );
}

const mostNamed = 5;

/** Who saved meanwhile, and what of it came onto this page. */
function Colleague({
  form,
  keeper,
  state: { colleague, conflicts },
  onDecide,
}: Pick<Props, 'form' | 'keeper' | 'state' | 'onDecide'>) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { user } = useSession();
  const labels = (colleague?.taken ?? []).map((pointer) => labelOf(form, pointer, locale));
  const when = colleague?.savedAt ? shownWhen(colleague.savedAt, locale) : '';
  const isOwn = colleague?.savedBy === user.name;
  return (
    <div role="status" className={styles.colleague}>
      {colleague && (
        <Group gap="xs" wrap="nowrap">
          <Text size="sm">
            {isOwn ? t.ownElsewhere(when) : t.colleague(colleague.savedBy ?? t.somebody, when)}
            {labels.length > 0 && ` ${t.taken(labels.slice(0, mostNamed), labels.length - mostNamed)}`}
          </Text>
          {conflicts.length === 0 && (
            <CloseButton size="sm" aria-label={t.close} onClick={() => keeper.dismissColleague()} />
          )}
        </Group>
      )}
      {conflicts.length > 0 && (
        <Button size="compact-sm" variant="default" onClick={onDecide}>
          {t.decide(conflicts.length)}
        </Button>
      )}
    </div>
  );
}
