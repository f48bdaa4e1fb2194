import type { Schemas } from '../../api/client.ts';
import { PersonalDataNotice } from '../parts/PersonalDataNotice.tsx';
import { CaseHeader } from './CaseHeader.tsx';
import { NextVersion } from './NextVersion.tsx';
import { OpenRequest } from './OpenRequest.tsx';

/** What stands above the tabs for everybody who sees a case, merchants above all. */
export function CaseView({ case: found }: { case: Schemas['Case'] }) {
  return (
    <>
      <CaseHeader case={found} />
      <OpenRequest case={found} />
      <NextVersion case={found} />
      <PersonalDataNotice case={found} />
    </>
  );
}
