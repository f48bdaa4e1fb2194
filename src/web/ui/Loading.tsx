import { Skeleton, Stack } from '@mantine/core';

/** Holds the place of what is being read, so that nothing jumps when it arrives. */
export function Loading({ rows = 6 }: { rows?: number }) {
  return (
    <Stack gap="sm" aria-busy="true">
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <Skeleton key={row} height={row === 0 ? 32 : 24} />
      ))}
    </Stack>
  );
}
