import { Button, Code, Group } from '@mantine/core';
import { showInstant } from '#src/domain/days.ts';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import styles from '../settings-table.module.css';
import type { ApiKey } from './key-queries.ts';
import type { KeyStep } from './key-step.ts';
import { texts } from './texts.ts';

type Props = { keys: readonly ApiKey[]; onStep: (step: KeyStep) => void };

/** The keys of one owner; on a phone each is a card. */
export function KeysTable({ keys, onStep }: Props) {
  const t = useTexts(texts);
  const columns = [
    t.name,
    t.prefix,
    t.scopes,
    t.services,
    t.state,
    t.created,
    t.expires,
    t.lastUsed,
    t.actions,
  ];
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {columns.map((label) => (
            <th key={label} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {keys.map((each) => (
          <KeyLine key={each.id} apiKey={each} onStep={onStep} />
        ))}
      </tbody>
    </table>
  );
}

function KeyLine({ apiKey, onStep }: { apiKey: ApiKey; onStep: (step: KeyStep) => void }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const at = (instant: string | null) => (instant ? showInstant(new Date(instant), locale) : t.never);
  const isOver = apiKey.state === 'revoked' || apiKey.state === 'expired';
  return (
    <tr data-over={isOver}>
      <td data-label={t.name}>{apiKey.name}</td>
      <td data-label={t.prefix}>
        <span>
          <Code>{apiKey.prefix}…</Code>
        </span>
      </td>
      <td data-label={t.scopes}>
        <ul>
          {apiKey.scopes.map((scope) => (
            <li key={scope}>{t.scopeNames[scope]}</li>
          ))}
        </ul>
      </td>
      <td data-label={t.services}>{apiKey.sids?.join(', ') ?? t.allServices}</td>
      <td data-label={t.state}>{t.stateNames[apiKey.state]}</td>
      <td data-label={t.created}>
        <span>
          {at(apiKey.createdAt)} {apiKey.createdBy}
        </span>
      </td>
      <td data-label={t.expires}>{apiKey.expiresAt ? at(apiKey.expiresAt) : t.unlimited}</td>
      <td data-label={t.lastUsed}>{at(apiKey.lastUsedAt)}</td>
      <td data-label={t.actions}>
        {apiKey.state !== 'revoked' && <KeyActions apiKey={apiKey} isOver={isOver} onStep={onStep} />}
      </td>
    </tr>
  );
}

type ActionsProps = { apiKey: ApiKey; isOver: boolean; onStep: (step: KeyStep) => void };

function KeyActions({ apiKey, isOver, onStep }: ActionsProps) {
  const t = useTexts(texts);
  const steps = (['rename', 'rotate', 'revoke'] as const).filter(
    (step) => step === 'rename' || (step === 'rotate' ? apiKey.state === 'active' : !isOver),
  );
  return (
    <Group gap="xs">
      {steps.map((kind) => (
        <Button
          key={kind}
          size="compact-sm"
          variant="default"
          aria-label={`${t[kind]}: ${apiKey.name}`}
          onClick={() => onStep({ kind, apiKey })}
        >
          {t[kind]}
        </Button>
      ))}
    </Group>
  );
}
