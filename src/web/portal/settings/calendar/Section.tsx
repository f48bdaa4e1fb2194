import { Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** A part of the page with its heading. */
export function Section({ title, id, children }: { title: string; id: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id}>
      <Title order={2} size="h5" id={id} mb="sm">
        {title}
      </Title>
      {children}
    </section>
  );
}
