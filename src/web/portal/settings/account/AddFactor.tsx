import { ownFactors } from '../../../api/second-factors.ts';
import type { Session } from '../../../api/session.ts';
import { FactorSetup } from '../../login/steps/FactorSetup.tsx';

type Changed = { session: Session; recoveryCodes: string[] | null };
type Props = { allowsPasskeys: boolean; only: 'totp' | 'passkey'; onAdded: (changed: Changed) => void };

/** Sets up one more second factor of somebody who is logged in. */
export function AddFactor({ allowsPasskeys, only, onAdded }: Props) {
  return (
    <FactorSetup
      allowsPasskeys={allowsPasskeys}
      only={only}
      offers={ownFactors}
      add={ownFactors.add}
      onAdded={onAdded}
    />
  );
}
