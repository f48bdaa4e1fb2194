import { Button, type ButtonProps } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTexts } from '../../ui/locale.tsx';
import { useIsReadOnly } from './read-only.ts';
import { texts } from './texts.ts';

/** The way to the answer; where a case is only looked at it is shown and leads nowhere. */
export function ToAnswer({ caseId, ...shape }: { caseId: string } & ButtonProps) {
  const t = useTexts(texts);
  if (useIsReadOnly())
    return (
      <Button {...shape} disabled>
        {t.toAnswer}
      </Button>
    );
  return (
    <Button
      {...shape}
      renderRoot={(props) => <Link to="/cases/$caseId/answer" params={{ caseId }} {...props} />}
    >
      {t.toAnswer}
    </Button>
  );
}
