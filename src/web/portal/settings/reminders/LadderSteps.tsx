import { Button, Checkbox, Group, NativeSelect, NumberInput, Text } from '@mantine/core';
import {
  audienceCodes,
  audiences,
  type Ladder,
  type LadderProblem,
  type LadderStep,
  mostDays,
  mostSteps,
  type StepPlace,
  showStep,
  stepPlaces,
} from '#src/domain/reminder-ladder.ts';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import styles from './reminders.module.css';
import { texts } from './texts.ts';

type Props = {
  ladder: Ladder;
  problems: readonly LadderProblem[];
  mayChange: boolean;
  onChange: (ladder: Ladder) => void;
};

/** The steps of a ladder, to be read or changed one by one. */
export function LadderSteps({ ladder, problems, mayChange, onChange }: Props) {
  const t = useTexts(texts);
  const put = (index: number, step: LadderStep): void => onChange(ladder.with(index, step));
  return (
    <>
      <ol className={styles.steps}>
        {[...ladder.entries()].map(([index, step]) => (
          <li key={index}>
            <Step
              step={step}
              index={index}
              problem={problems.find((each) => each.index === index)}
              mayChange={mayChange}
              onChange={(changed) => put(index, changed)}
              onRemove={() => onChange(ladder.toSpliced(index, 1))}
            />
          </li>
        ))}
      </ol>
      {ladder.length === 0 && <Text size="sm">{t.problems.no_steps}</Text>}
      {mayChange && ladder.length < mostSteps && (
        <Group>
          <Button
            variant="default"
            onClick={() => onChange([...ladder, { at: 'after', days: 2, to: ['contacts'] }])}
          >
            {t.add}
          </Button>
        </Group>
      )}
    </>
  );
}

type StepProps = {
  step: LadderStep;
  index: number;
  problem: LadderProblem | undefined;
  mayChange: boolean;
  onChange: (step: LadderStep) => void;
  onRemove: () => void;
};

function Step({ step, index, problem, mayChange, onChange, onRemove }: StepProps) {
  const t = useTexts(texts);
  const locale = useLocale();
  const place = (at: StepPlace): LadderStep => ({ ...step, at, days: at === 'morning' ? 0 : step.days || 1 });
  return (
    <fieldset className={styles.step} disabled={!mayChange}>
      <legend>
        {t.step(index + 1)}: {showStep(step)[locale]}
      </legend>
      <Group align="flex-start" gap="sm">
        <NativeSelect
          label={t.when}
          value={step.at}
          onChange={(event) => onChange(place(event.currentTarget.value as StepPlace))}
          data={stepPlaces.map((at) => ({ value: at, label: t.places[at] }))}
        />
        {step.at !== 'morning' && (
          <NumberInput
            label={t.days}
            className={styles.days ?? ''}
            min={step.at === 'after' ? 0 : 1}
            max={mostDays}
            allowDecimal={false}
            value={step.days}
            onChange={(days) => onChange({ ...step, days: Number(days) })}
          />
        )}
        <Checkbox.Group
          label={t.to}
          value={[...step.to]}
          onChange={(chosen) =>
            onChange({ ...step, to: audienceCodes.filter((code) => chosen.includes(code)) })
          }
        >
          <Group gap="sm" mt={6}>
            {audienceCodes.map((code) => (
              <Checkbox key={code} value={code} label={audiences[code][locale]} />
            ))}
          </Group>
        </Checkbox.Group>
        {mayChange && (
          <Button variant="subtle" mt={22} onClick={onRemove} aria-label={t.remove(showStep(step)[locale])}>
            ×
          </Button>
        )}
      </Group>
      {problem && (
        <Text size="sm" c="red" role="alert">
          {t.problems[problem.code]}
        </Text>
      )}
    </fieldset>
  );
}
