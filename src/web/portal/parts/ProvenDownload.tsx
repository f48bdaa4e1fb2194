import { Anchor, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { MouseEvent, ReactNode } from 'react';
import { api, unwrap } from '../../api/client.ts';

/**
 * A link to a file that only somebody gets who proved a short while ago who they are: that is asked for first, because what a
 * browser downloads by a link cannot ask.
 */
export function ProvenDownload({ href, children }: { href: string; children: ReactNode }) {
  const download = useMutation({
    mutationFn: () => unwrap(api.GET('/api/v1/session/proof')),
    onSuccess: () => window.location.assign(href),
  });
  const start = (event: MouseEvent): void => {
    event.preventDefault();
    download.mutate();
  };
  return (
    <Stack gap={0} align="flex-end" className="no-print">
      <Anchor href={href} download onClick={start} size="sm">
        {children}
      </Anchor>
      {download.error && (
        <Text size="sm" c="red" role="alert">
          {download.error.message}
        </Text>
      )}
    </Stack>
  );
}
