import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { linkToken, reloadOnOtherLink } from './link-token.ts';

/** Looks at the link that led here, once: what it is for, or why it cannot be used. */
export function useLink<Looked>(name: string, look: (token: string) => Promise<Looked>) {
  const [token] = useState(linkToken);
  useEffect(reloadOnOtherLink, []);
  const query = useQuery({
    queryKey: ['link', name],
    queryFn: () => look(token),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  return { token, looked: query.data, error: query.error };
}
