import { Button, type ButtonProps } from '@mantine/core';
import type { Ref } from 'react';
import { useSession } from '../../api/session.ts';
import { useTexts } from '../../ui/locale.tsx';
import { texts } from './texts.ts';

type Props = ButtonProps & { ref?: Ref<HTMLButtonElement> };

/** Who is logged in; the account menu hangs on it, and comes a moment after it. */
export function AccountButton(props: Props) {
  const t = useTexts(texts);
  const { user } = useSession();
  return (
    <Button
      variant="default"
      size="sm"
      px="xs"
      maw="8rem"
      style={{ flexShrink: 0 }}
      aria-label={`${t.account}: ${user.name}`}
      {...props}
    >
      {user.name}
    </Button>
  );
}
