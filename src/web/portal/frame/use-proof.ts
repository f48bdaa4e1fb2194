import { useEffect, useState } from 'react';
import { whenProofIsAsked } from '../../api/proof-state.ts';

type End = (isProved: boolean) => void;

/** How to end the dialog that asks for a proof, while it is asked for. */
export function useProof(): End | undefined {
  const [end, setEnd] = useState<{ then: End }>();
  useEffect(() => {
    whenProofIsAsked(
      () =>
        new Promise((resolve) => {
          const then = (isProved: boolean): void => {
            setEnd(undefined);
            resolve(isProved);
          };
          setEnd({ then });
        }),
    );
    return () => whenProofIsAsked(async () => false);
  }, []);
  return end?.then;
}
