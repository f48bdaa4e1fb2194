import { Button, Group, Modal, Stack, Table, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { isProblem } from '../../../api/problem-error.ts';
import { ownFactors, secondFactorsQuery } from '../../../api/second-factors.ts';
import { keepSession, type Session } from '../../../api/session.ts';
import { Loading } from '../../../ui/Loading.tsx';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { FactorSetup } from '../../login/steps/FactorSetup.tsx';
import { RecoveryCodes } from '../../login/steps/RecoveryCodes.tsx';
import { shownWhen } from '../../parts/shown-when.ts';
import { factorTexts } from './texts.ts';

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
    <Stack component="section" aria-labelledby="second-factors" gap="sm">
      <Title order={2} size="h4" id="second-factors">
        {t.title}
      </Title>
      <Text size="sm">{t.text}</Text>
      {error && <Notice kind="error">{isProblem(error) ? error.message : t.failed}</Notice>}
      {renew.error && <Notice kind="error">{isProblem(renew.error) ? renew.error.message : t.failed}</Notice>}
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
          <FactorSetup
            allowsPasskeys={data.allowsPasskeys}
            only={setup}
            offers={ownFactors}
            add={ownFactors.add}
            onAdded={keep}
          />
        </Modal>
      )}
      {removal && <RemoveDialog removal={removal} onRemoved={keep} onCancel={() => setRemoval(undefined)} />}
      {codes && (
        <Modal opened onClose={() => undefined} withCloseButton={false} title={t.codesTitle}>
          <RecoveryCodes codes={codes} onKept={() => setCodes(undefined)} />
        </Modal>
      )}
    </Stack>
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
  const hasAny = totp !== null || passkeys.length > 0;
  return (
    <Stack gap="sm">
      <Table verticalSpacing="xs">
        <Table.Tbody>
          <Table.Tr>
            <Table.Th scope="row">{t.app}</Table.Th>
            <Table.Td>{totp ? t.since(shownWhen(totp.createdAt, locale)) : t.notSetUp}</Table.Td>
            <Table.Td ta="right">
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
            </Table.Td>
          </Table.Tr>
          {passkeys.map(({ id, name, createdAt, lastUsedAt }) => (
            <Table.Tr key={id}>
              <Table.Th scope="row" style={{ overflowWrap: 'anywhere' }}>
                {t.passkey}: {name}
              </Table.Th>
              <Table.Td>
                {lastUsedAt
                  ? t.lastUsed(shownWhen(lastUsedAt, locale))
                  : t.since(shownWhen(createdAt, locale))}
              </Table.Td>
              <Table.Td ta="right">
                <Button
                  variant="default"
                  size="xs"
                  aria-label={t.remove(name)}
                  onClick={() => onRemove({ label: name, remove: () => ownFactors.removePasskey(id) })}
                >
                  {t.removeShort}
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
          {hasAny && (
            <Table.Tr>
              <Table.Th scope="row">{t.codes}</Table.Th>
              <Table.Td>{t.left(recoveryCodesLeft)}</Table.Td>
              <Table.Td ta="right">
                <Button variant="default" size="xs" onClick={onRenew} loading={isRenewing}>
                  {t.renewCodes}
                </Button>
              </Table.Td>
            </Table.Tr>
          )}
        </Table.Tbody>
      </Table>
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
