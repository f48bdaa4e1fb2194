import { Anchor, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Loading } from '../../../ui/Loading.tsx';
import { useTexts } from '../../../ui/locale.tsx';
import styles from '../settings-table.module.css';
import { setAsideQuery } from './returns-queries.ts';
import { texts } from './texts.ts';

/** The answers that were not returned because their institution's encoding cannot say them. */
export function SetAsideTable() {
  const t = useTexts(texts);
  const { data } = useQuery(setAsideQuery);
  if (!data) return <Loading rows={3} />;
  return (
    <Stack>
      <Text maw="60rem">{t.setAsideLead}</Text>
      <table className={styles.table}>
        <thead>
          <tr>
            {[t.case, t.version, t.institution, t.characters].map((label) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.data.map(({ caseId, version, institutionId, characters }) => (
            <tr key={`${caseId} ${version}`}>
              <th scope="row" data-label={t.case}>
                <Anchor component={Link} to={`/cases/${caseId}`}>
                  {caseId}
                </Anchor>
              </th>
              <td data-label={t.version}>{version}</td>
              <td data-label={t.institution}>{institutionId}</td>
              <td data-label={t.characters}>{characters.join(' ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Stack>
  );
}
