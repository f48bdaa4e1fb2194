import { AppShell, Burger, Group, NavLink, Text, useMantineColorScheme } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useEnvironment, useSession } from '../../api/session.ts';
import { whenSessionEnds } from '../../api/session-state.ts';
import { useLive } from '../../live/use-live.ts';
import { useLocale, useSetLocale, useTexts } from '../../ui/locale.tsx';
import { intakePages, takesIn } from '../intake/pages.ts';
import { settingsPages } from '../settings/pages.ts';
import { AccountButton } from './AccountButton.tsx';
import styles from './Frame.module.css';
import { SearchBox } from './SearchBox.tsx';
import { ServiceSwitch } from './ServiceSwitch.tsx';
import { texts } from './texts.ts';
import { useProof } from './use-proof.ts';

const AccountMenu = lazy(async () => ({ default: (await import('./AccountMenu.tsx')).AccountMenu }));
const ProofDialog = lazy(async () => ({ default: (await import('./ProofDialog.tsx')).ProofDialog }));
const RehearsalClock = lazy(async () => ({
  default: (await import('./RehearsalClock.tsx')).RehearsalClock,
}));
// Merchants do not load what only operators see.
const WorkerNotice = lazy(async () => ({ default: (await import('./WorkerNotice.tsx')).WorkerNotice }));
const SearchEverything = lazy(async () => ({
  default: (await import('./search/SearchEverything.tsx')).SearchEverything,
}));
const SessionDialog = lazy(async () => ({ default: (await import('./SessionDialog.tsx')).SessionDialog }));

/** What stands around every page: menu on the left, header, and the line that names the demo. */
export function Frame() {
  const t = useTexts(texts);
  const [isOpen, { toggle, close }] = useDisclosure();
  const { user } = useSession();
  const environment = useEnvironment();
  useChosenLanguage();
  useChosenColours();
  useLive();
  const [isEnded, renew] = useEndedSession();
  const endProof = useProof();
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 224, breakpoint: 'md', collapsed: { mobile: !isOpen } }}
      padding={{ base: 'sm', sm: 'lg' }}
    >
      <a className={styles.skip} href="#content">
        {t.skip}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" gap="sm" wrap="nowrap" justify="space-between">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={isOpen} onClick={toggle} hiddenFrom="md" size="sm" aria-label={t.menu} />
            <Link to="/top" className={styles.product}>
              {t.product}
            </Link>
            <ServiceSwitch />
          </Group>
          <Group gap="sm" wrap="nowrap" className={styles.tools}>
            {user.kind === 'operator' ? (
              <Suspense>
                <SearchEverything />
              </Suspense>
            ) : (
              <SearchBox />
            )}
            {/* Disabled until its menu is there: a click that comes before would be lost. */}
            <Suspense fallback={<AccountButton disabled />}>
              <AccountMenu />
            </Suspense>
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label={t.menu} className={styles.navbar ?? ''}>
        <Menu onChoose={close} />
      </AppShell.Navbar>
      <AppShell.Main id="content" className={styles.main ?? ''}>
        {environment?.isDemo && (
          <Text size="sm" className={`${styles.demo} no-print`} component="p">
            {t.demo} <a href="/demo/mailbox">{t.mailbox}</a>
          </Text>
        )}
        {environment?.isDemo && (
          <Suspense fallback={<div className={`${styles.clock} no-print`} />}>
            <RehearsalClock />
          </Suspense>
        )}
        {user.kind === 'operator' && (
          <Suspense>
            <WorkerNotice />
          </Suspense>
        )}
        <Outlet />
        {endProof && (
          <Suspense>
            <ProofDialog onEnd={endProof} />
          </Suspense>
        )}
        {isEnded && (
          <Suspense>
            <SessionDialog onDone={renew} />
          </Suspense>
        )}
      </AppShell.Main>
    </AppShell>
  );
}

/** 手順書「顧客サポート」⇒「顧客サポートトップ」の順にクリックしてください。 */
function Menu({ onChoose }: { onChoose: () => void }) {
  const t = useTexts(texts);
  const { user } = useSession();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  return (
    <>
      <NavLink component="button" label={t.support} defaultOpened childrenOffset={12}>
        <NavLink
          label={t.top}
          renderRoot={(props) => <Link to="/top" {...props} />}
          active={path === '/top'}
          onClick={onChoose}
        />
        {user.kind === 'operator' && (
          <NavLink
            label={t.inbox}
            renderRoot={(props) => <Link to="/inbox" {...props} />}
            active={path === '/inbox'}
            onClick={onChoose}
          />
        )}
        <NavLink
          label={t.cases}
          renderRoot={(props) => <Link to="/cases" search={{}} {...props} />}
          active={path.startsWith('/cases')}
          onClick={onChoose}
        />
        {user.kind === 'operator' && (
          <NavLink
            label={t.statistics}
            renderRoot={(props) => <Link to="/statistics" search={{}} {...props} />}
            active={path === '/statistics'}
            onClick={onChoose}
          />
        )}
      </NavLink>
      <IntakeMenu path={path} onChoose={onChoose} />
      <SettingsMenu path={path} onChoose={onChoose} />
    </>
  );
}

/** What operators take requests in by. */
function IntakeMenu({ path, onChoose }: { path: string; onChoose: () => void }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { user } = useSession();
  if (!takesIn(user)) return null;
  return (
    <NavLink component="button" label={t.intake} defaultOpened childrenOffset={12}>
      {intakePages.map((page) => (
        <NavLink
          key={page.path}
          label={page.label[locale]}
          renderRoot={(props) => <Link to={page.path} {...props} />}
          active={path.startsWith(page.path)}
          onClick={onChoose}
        />
      ))}
    </NavLink>
  );
}

function SettingsMenu({ path, onChoose }: { path: string; onChoose: () => void }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { user } = useSession();
  return (
    <NavLink component="button" label={t.settings} defaultOpened childrenOffset={12}>
      {settingsPages
        .filter(({ isFor }) => isFor(user))
        .map((page) => (
          <NavLink
            key={page.path}
            label={page.label[locale]}
            renderRoot={(props) => <Link to={page.path} {...props} />}
            active={path === page.path}
            onClick={onChoose}
          />
        ))}
    </NavLink>
  );
}

/** The language a user chose before, on whatever machine. */
function useChosenLanguage(): void {
  const { preferences } = useSession();
  const setLocale = useSetLocale();
  useEffect(() => setLocale(preferences.locale), [preferences.locale, setLocale]);
}

/** The colours a user chose before, likewise. */
function useChosenColours(): void {
  const { preferences } = useSession();
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => setColorScheme(preferences.theme), [preferences.theme, setColorScheme]);
}

/**
 * Whether to ask for the password over the page: on pages that hold what was typed. All others go to the login and come
 * back.
 */
function useEndedSession(): [isEnded: boolean, renew: () => void] {
  const [isEnded, setEnded] = useState(false);
  useEffect(() => {
    whenSessionEnds(() => {
      const { pathname, search } = window.location;
      if (/^\/(settings|intake)\/|\/answer/.test(pathname)) setEnded(true);
      else window.location.assign(`/login?next=${encodeURIComponent(pathname + search)}`);
    });
    return () => whenSessionEnds(() => undefined);
  }, []);
  return [isEnded, () => setEnded(false)];
}
