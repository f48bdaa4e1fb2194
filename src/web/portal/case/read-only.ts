import { createContext, useContext } from 'react';

/** Whether a case is only looked at, as somebody else sees it: what they could do is shown and does nothing. */
export const ReadOnly = createContext(false);

export const useIsReadOnly = (): boolean => useContext(ReadOnly);
