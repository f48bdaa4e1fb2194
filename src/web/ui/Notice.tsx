import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from './locale.tsx';

type Kind = 'error' | 'warning' | 'success' | 'info';

const texts = { ja: { close: '閉じる' }, en: { close: 'Close' } };

const colors: Record<Kind, string> = { error: 'red', warning: 'yellow', success: 'green', info: 'ai' };

type Props = { kind: Kind; title?: string; children: ReactNode; onClose?: () => void };

/** A message on a page. An error is read out at once, anything else when the reader pauses. */
export function Notice({ kind, title, children, onClose }: Props) {
  const t = useTexts(texts);
  return (
    <Alert
      color={colors[kind]}
      variant="light"
      title={title}
      role={kind === 'error' ? 'alert' : 'status'}
      withCloseButton={onClose !== undefined}
      {...(onClose && { onClose, closeButtonLabel: t.close })}
      styles={{
        title: { color: 'var(--mantine-color-text)' },
        message: { color: 'var(--mantine-color-text)' },
      }}
    >
      {children}
    </Alert>
  );
}
