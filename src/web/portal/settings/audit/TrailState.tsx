import { Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { showInstant } from '#src/domain/days.ts';
import { api, type Schemas, unwrap } from '../../../api/client.ts';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Facts } from '../../parts/Facts.tsx';
import styles from './audit.module.css';
import { texts } from './texts.ts';

const longestAnchorAgeMs = 26 * 3_600_000;

/** The end of the trail, what of it is anchored, and what came of looking at it. */
export function TrailState() {
  const t = useTexts(texts);
  const { data } = useQuery({
    queryKey: ['audit-trail'],
    queryFn: () => unwrap(api.GET('/api/v1/audit-trail')),
  });
  if (!data) return null;
  const { head, lastAnchor, lastVerification } = data;
  const anchored = lastAnchor ? <Anchored anchor={lastAnchor} /> : t.noAnchor;
  const verified = lastVerification ? <Verified verification={lastVerification} /> : t.noVerification;
  const isLate = lastAnchor && Date.now() - Date.parse(lastAnchor.signedAt) > longestAnchorAgeMs;
  return (
    <Stack gap="sm" component="section" aria-label={t.state}>
      {lastVerification && lastVerification.findings > 0 && <Broken verification={lastVerification} />}
      {isLate && <Notice kind="warning">{t.anchorLate}</Notice>}
      <Title order={2} size="h5">
        {t.state}
      </Title>
      <Facts
        facts={[
          [t.head, head && <Place sequence={head.sequence} at={head.at} hash={head.hash} />],
          [t.anchor, anchored],
          [t.verified, verified],
        ]}
      />
    </Stack>
  );
}

type Trail = Schemas['AuditTrail'];
type Verification = NonNullable<Trail['lastVerification']>;

function Broken({ verification: { at, findings } }: { verification: Verification }) {
  const t = useTexts(texts);
  const locale = useLocale();
  return (
    <Notice kind="error" title={t.brokenTitle}>
      {t.broken(showInstant(new Date(at), locale), findings)}
    </Notice>
  );
}

function Place({ sequence, at, hash }: { sequence: number; at: string; hash: string }) {
  const t = useTexts(texts);
  const locale = useLocale();
  return (
    <>
      {t.entry(sequence)} {showInstant(new Date(at), locale)} <code className={styles.id}>{hash}</code>
    </>
  );
}

function Anchored({ anchor }: { anchor: NonNullable<Trail['lastAnchor']> }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { sequence, entries, signedAt, key } = anchor;
  return `${t.entry(sequence)} ${t.signedAt(showInstant(new Date(signedAt), locale), entries, key)}`;
}

function Verified({ verification }: { verification: Verification }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { at, scope, entries, findings } = verification;
  const when = showInstant(new Date(at), locale);
  return findings > 0 ? t.brokenTitle : t.intact(when, t.scopes[scope], entries);
}
