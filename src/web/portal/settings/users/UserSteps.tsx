import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { type User, type UserStep, useUserStep } from '../../../api/users.ts';
import { useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Problems } from '../../../ui/problems.tsx';
import { texts } from './texts.ts';

const inState: Record<User['state'], readonly UserStep[]> = {
  invited: ['inviteAgain', 'withdraw'],
  active: ['endSessions', 'resetFactors', 'suspend'],
  locked: ['unlock', 'endSessions', 'resetFactors', 'suspend'],
  disabled: ['resume'],
};

const possible = ({ state, hasIdentity }: User): readonly UserStep[] => [
  ...inState[state],
  ...(hasIdentity ? (['unlink'] as const) : []),
];

/** What an admin can do to a user; each step says what follows from it before it is taken. */
export function UserSteps({ user }: { user: User }) {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const [asked, setAsked] = useState<UserStep>();
  const step = useUserStep(user.id);
  const take = (chosen: UserStep): void =>
    step.mutate(chosen, {
      onSuccess: () => {
        setAsked(undefined);
        if (chosen === 'withdraw') void navigate({ to: '/settings/users' });
      },
    });
  const ask = (chosen: UserStep | undefined): void => {
    step.reset();
    setAsked(chosen);
  };
  return (
    <>
      {step.data && !asked && <Notice kind="success">{t.steps[step.data].done}</Notice>}
      <Group>
        {possible(user).map((each) => (
          <Button key={each} variant="default" onClick={() => ask(each)}>
            {t.steps[each].button}
          </Button>
        ))}
      </Group>
      <Modal
        opened={asked !== undefined}
        onClose={() => ask(undefined)}
        title={asked && t.steps[asked].button}
        closeButtonProps={{ 'aria-label': t.cancel }}
      >
        {asked && (
          <Stack>
            <Problems error={step.error} />
            <Text>
              {user.name}: {t.steps[asked].text}
            </Text>
            <Group justify="flex-end">
              <Button variant="default" onClick={() => ask(undefined)} data-autofocus>
                {t.cancel}
              </Button>
              <Button onClick={() => take(asked)} loading={step.isPending}>
                {t.steps[asked].button}
              </Button>
            </Group>
          </Stack>
        )}
      </Modal>
    </>
  );
}
