import type { ReactNode } from 'react';

type Props = { labelledBy: string; className: string | undefined; children: ReactNode };

/** What scrolls has to be reached by keyboard. */
const reachable = { tabIndex: 0 };

/** A part of a page that scrolls by itself, and is named. */
export const Scrolls = ({ labelledBy, className, children }: Props) => (
  <div className={className} role="group" aria-labelledby={labelledBy} {...reachable}>
    {children}
  </div>
);
