import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { showInstant } from '#src/domain/days.ts';
import { isProblem } from '../../../api/problem-error.ts';
import { ownFactors, secondFactorsQuery } from '../../../api/second-factors.ts';
import { keepSession, type Session } from '../../../api/session.ts';
import { Loading } from '../../../ui/Loading.tsx';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { RecoveryCodes } from '../../login/steps/RecoveryCodes.tsx';
import { AccountSection } from './AccountSection.tsx';
import { RenamePasskey } from './RenamePasskey.tsx';
import { factorTexts } from './texts.ts';

// Who only looks at the page sets nothing up.
const AddFactor = lazy(async () => ({ default: (await import('./AddFactor.tsx')).AddFactor }));

type Changed = { session: Session; recoveryCodes: string[] | null };
type Removal = { label: string; remove: () => Promise<Changed> };

/** 二要素認証: one's authenticator app, passkeys and recovery codes. */
export function SecondFactors() {
  const t = useTexts(factorTexts);
  const { data, error } = useQuery(secondFactorsQuery);
  const [setup, setSetup] = useState<'totp' | 'passkey'>();
  const [removal, setRemoval] = useState<Removal>();
  const [codes, setCodes] = useState<readonly string[]>();
  const keep = useChanges(({ recoveryCodes }) => {
    setSetup(undefined);
    setRemoval(undefined);
    if (recoveryCodes) setCodes(recoveryCodes);
  });
  const renew = useMutation({ mutationFn: ownFactors.renewCodes, onSuccess: keep });
  return (
    <AccountSection title={t.title}>
      <Stack w="100%" gap="sm">
        <Text size="sm">{t.text}</Text>
        {error && <Notice kind="error">{isProblem(error) ? error.message : t.failed}</Notice>}
        {renew.error && (
          <Notice kind="error">{isProblem(renew.error) ? renew.error.message : t.failed}</Notice>
        )}
        {!data && !error && <Loading rows={3} />}
        {data && !data.totp && data.passkeys.length === 0 && <Notice kind="info">{t.none}</Notice>}
        {data && (
          <FactorTable
            factors={data}
            onSetUp={setSetup}
            onRemove={setRemoval}
            onRenew={() => renew.mutate()}
            isRenewing={renew.isPending}
          />
        )}
        {setup && data && (
          <Modal opened onClose={() => setSetup(undefined)} title={t.setUp[setup]}>
            <Suspense fallback={<Loading rows={4} />}>
              <AddFactor allowsPasskeys={data.allowsPasskeys} only={setup} onAdded={keep} />
            </Suspense>
          </Modal>
        )}
        {removal && (
          <RemoveDialog removal={removal} onRemoved={keep} onCancel={() => setRemoval(undefined)} />
        )}
        {codes && (
          <Modal opened onClose={() => undefined} withCloseButton={false} title={t.codesTitle}>
            <RecoveryCodes codes={codes} onKept={() => setCodes(undefined)} />
          </Modal>
        )}
      </Stack>
    </AccountSection>
  );
}

/** Keeps the session's new id and reads the factors anew. */
function useChanges(then: (changed: Changed) => void): (changed: Changed) => void {
  const client = useQueryClient();
  return (changed) => {
    keepSession(client, changed.session);
    void client.invalidateQueries({ queryKey: secondFactorsQuery.queryKey });
    then(changed);
  };
}

type TableProps = {
  factors: {
    totp: { createdAt: string } | null;
    passkeys: readonly { id: string; name: string; createdAt: string; lastUsedAt: string | null }[];
    recoveryCodesLeft: number;
    allowsPasskeys: boolean;
  };
  onSetUp: (kind: 'totp' | 'passkey') => void;
  onRemove: (removal: Removal) => void;
  onRenew: () => void;
  isRenewing: boolean;
};

function FactorTable({ factors, onSetUp, onRemove, onRenew, isRenewing }: TableProps) {
  const t = useTexts(factorTexts);
  const locale = useLocale();
  const { totp, passkeys, recoveryCodesLeft, allowsPasskeys } = factors;
  const at = (instant: string): string => showInstant(new Date(instant), locale);
  return (
    <Stack gap="sm">
      <Stack component="ul" gap={0} p={0} m={0} style={{ listStyle: 'none' }}>
        <Row name={t.app} state={totp ? t.since(at(totp.createdAt)) : t.notSetUp}>
          {totp ? (
            <Button
              variant="default"
              size="xs"
              onClick={() => onRemove({ label: t.app, remove: ownFactors.removeTotp })}
            >
              {t.remove(t.app)}
            </Button>
          ) : (
            <Button size="xs" onClick={() => onSetUp('totp')}>
              {t.setUp.totp}
            </Button>
          )}
        </Row>
        {passkeys.map(({ id, name, createdAt, lastUsedAt }) => (
          <Row
            key={id}
            name={`${t.passkey}: ${name}`}
            state={lastUsedAt ? t.lastUsed(at(lastUsedAt)) : t.since(at(createdAt))}
          >
            <Group gap="xs">
              <RenamePasskey id={id} name={name} />
              <Button
                variant="default"
                size="xs"
                aria-label={t.remove(name)}
                onClick={() => onRemove({ label: name, remove: () => ownFactors.removePasskey(id) })}
              >
                {t.removeShort}
              </Button>
            </Group>
          </Row>
        ))}
        {(totp || passkeys.length > 0) && (
          <Row name={t.codes} state={t.left(recoveryCodesLeft)}>
            <Button variant="default" size="xs" onClick={onRenew} loading={isRenewing}>
              {t.renewCodes}
            </Button>
          </Row>
        )}
      </Stack>
      {allowsPasskeys ? (
        <Group>
          <Button variant="default" size="xs" onClick={() => onSetUp('passkey')}>
            {t.setUp.passkey}
          </Button>
        </Group>
      ) : (
        <Text size="sm" c="dimmed">
          {t.noPasskeys}
        </Text>
      )}
    </Stack>
  );
}

/** One factor: what it is called, how it stands, and what can be done with it. */
function Row({ name, state, children }: { name: string; state: string; children: ReactNode }) {
  return (
    <Group
      component="li"
      justify="space-between"
      gap="xs"
      py="xs"
      style={{ borderBottom: '1px solid var(--line)' }}
    >
      <Stack gap={0} style={{ minWidth: 0, flex: '1 1 12rem' }}>
        <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
          {name}
        </Text>
        <Text size="sm" c="dimmed">
          {state}
        </Text>
      </Stack>
      {children}
    </Group>
  );
}

type RemoveProps = { removal: Removal; onRemoved: (changed: Changed) => void; onCancel: () => void };

function RemoveDialog({ removal, onRemoved, onCancel }: RemoveProps) {
  const t = useTexts(factorTexts);
  const remove = useMutation({ mutationFn: removal.remove, onSuccess: onRemoved });
  return (
    <Modal opened onClose={onCancel} withCloseButton={false} title={t.remove(removal.label)}>
      <Stack>
        {remove.error && (
          <Notice kind="error">{isProblem(remove.error) ? remove.error.message : t.failed}</Notice>
        )}
        <Text size="sm">{t.removeText}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t.cancel}
          </Button>
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
            {t.removeShort}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
