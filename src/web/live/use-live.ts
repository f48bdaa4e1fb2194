import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { storedLocale } from '../ui/locale.tsx';
import { keepChange } from './changes.ts';
import { followLive } from './connection.ts';
import { shareLooking } from './looking.ts';
import { notify } from './notify.ts';

/** What is read again when anything may have changed: what is shown and holds nothing that was typed. */
const shown = ['counts', 'cases', 'inbox'];

/** Keeps the pages up to date as long as one is open: counts by themselves, lists and cases by a word. */
export function useLive(): void {
  const client = useQueryClient();
  const navigate = useNavigate();
  useEffect(shareLooking, []);
  useEffect(
    () =>
      followLive((event, isFirst) => {
        keepChange(event);
        if (event.kind === 'resync') {
          for (const key of shown) void client.invalidateQueries({ queryKey: [key] });
          return;
        }
        void client.invalidateQueries({ queryKey: ['counts'] });
        void client.invalidateQueries({ queryKey: ['inbox'] });
        if (isFirst)
          void notify(event.received, storedLocale(), () => void navigate({ to: '/cases', search: {} }));
      }),
    [client, navigate],
  );
}
