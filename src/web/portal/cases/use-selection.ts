import { useState } from 'react';

/** So many cases are changed together at most; the API has the same limit. */
export const mostSelected = 100;

/** Cases that were chosen, also on the pages before. */
export type Selection = {
  ids: readonly string[];
  has: (id: string) => boolean;
  /** Chooses or gives up cases, as many of them as there is room for. */
  set: (ids: readonly string[], isChosen: boolean) => void;
  clear: () => void;
};

export function useSelection(): Selection {
  const [ids, setIds] = useState<readonly string[]>([]);
  return {
    ids,
    has: (id) => ids.includes(id),
    set: (changed, isChosen) =>
      setIds((before) => {
        const others = before.filter((id) => !changed.includes(id));
        return isChosen ? [...new Set([...before, ...changed])].slice(0, mostSelected) : others;
      }),
    clear: () => setIds([]),
  };
}
