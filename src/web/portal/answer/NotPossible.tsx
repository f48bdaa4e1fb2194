import { Button, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { showInstant } from '#src/domain/days.ts';
import { caseQuery } from '../../api/cases.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { WhyNoAnswer } from '../case/WhyNoAnswer.tsx';
import { texts } from './texts.ts';

/** In place of the form: that there is none, why, who answered if somebody has, and the way to the case. */
export function NotPossible({ caseId }: { caseId: string }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { data } = useQuery({ ...caseQuery(caseId), staleTime: 0 });
  const last = data?.status === 'answered' ? data.answers.at(-1) : undefined;
  return (
    <Stack align="flex-start">
      <Text>{t.cannotAnswer}</Text>
      {last && (
        <Text>
          {t.answeredBy(last.registeredBy ?? t.somebody, showInstant(new Date(last.registeredAt), locale))}
        </Text>
      )}
      {data && <WhyNoAnswer case={data} />}
      <Button
        variant="default"
        renderRoot={(props) => <Link to="/cases/$caseId/request" params={{ caseId }} {...props} />}
      >
        {t.toCase}
      </Button>
    </Stack>
  );
}
