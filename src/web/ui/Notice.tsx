import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';

type Kind = 'error' | 'warning' | 'success' | 'info';

const colors: Record<Kind, string> = { error: 'red', warning: 'yellow', success: 'green', info: 'ai' };

type Props = { kind: Kind; title?: string; children: ReactNode; onClose?: () => void };

/** A message on a page. An error is read out at once, anything else when the reader pauses. */
export function Notice({ kind, title, children, onClose }: Props) {
  return (
    <Alert
      color={colors[kind]}
      variant="light"
      title={title}
      role={kind === 'error' ? 'alert' : 'status'}
      withCloseButton={onClose !== undefined}
      {...(onClose && { onClose, closeButtonLabel: '閉じる' })}
      styles={{
        title: { color: 'var(--mantine-color-text)' },
        message: { color: 'var(--mantine-color-text)' },
      }}
    >
      {children}
    </Alert>
  );
}
