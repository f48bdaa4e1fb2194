import { Tabs, Title } from '@mantine/core';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { Schemas } from '../../api/client.ts';
import { useTexts } from '../../ui/locale.tsx';
import styles from './case.module.css';
import { InfoTab } from './InfoTab.tsx';
import { PaymentTab } from './PaymentTab.tsx';
import { RequestTab } from './RequestTab.tsx';
import { useIsReadOnly } from './read-only.ts';
import { texts } from './texts.ts';
import { useIsPrinting } from './use-printing.ts';

type Case = Schemas['Case'];

const tabs = {
  info: { path: '/cases/$caseId', show: (found: Case): ReactNode => <InfoTab case={found} /> },
  payment: {
    path: '/cases/$caseId/payment',
    show: ({ payment, personalData }: Case): ReactNode => (
      <PaymentTab payment={payment} isErased={personalData === 'erased'} />
    ),
  },
  request: { path: '/cases/$caseId/request', show: (found: Case): ReactNode => <RequestTab case={found} /> },
} as const;

type Tab = keyof typeof tabs;
const names = Object.keys(tabs) as Tab[];

/**
 * The three tabs, each at an address of its own; 依頼管理情報 comes first. On paper all three, one below the other. Where a case is only
 * looked at, they change in their place.
 */
export function CaseTabs({ case: found }: { case: Case }) {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const isPrinting = useIsPrinting();
  const isReadOnly = useIsReadOnly();
  const [looked, setLooked] = useState<Tab>('info');
  const go = (tab: Tab): void => {
    if (isReadOnly) setLooked(tab);
    else void navigate({ to: tabs[tab].path, params: { caseId: found.id } });
  };
  if (isPrinting) return <Printed case={found} />;
  return (
    <Tabs
      value={isReadOnly ? looked : (names.find((name) => path.endsWith(`/${name}`)) ?? 'info')}
      onChange={(chosen) => go(chosen as Tab)}
      keepMounted={false}
    >
      <Tabs.List aria-label={t.tabList}>
        {names.map((name) => (
          <Tabs.Tab key={name} value={name}>
            {t.tabs[name]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {names.map((name) => (
        <Tabs.Panel key={name} value={name} pt="md">
          {tabs[name].show(found)}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

function Printed({ case: found }: { case: Case }) {
  const t = useTexts(texts);
  return (
    <>
      {names.map((name) => (
        <section key={name} className={styles.printed}>
          <Title order={2} size="h4" mb="xs">
            {t.tabs[name]}
          </Title>
          {tabs[name].show(found)}
        </section>
      ))}
    </>
  );
}
