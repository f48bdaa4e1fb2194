import { Menu } from '@mantine/core';
import {
  useEnvironment,
  useSavePreferences,
  useSession,
  useSignOut,
  useSwitchMembership,
} from '../../api/session.ts';
import { useSetLocale, useTexts } from '../../ui/locale.tsx';
import { AccountButton } from './AccountButton.tsx';
import { texts } from './texts.ts';

const themes = ['auto', 'light', 'dark'] as const;
const languages = [
  { locale: 'ja', name: '日本語' },
  { locale: 'en', name: 'English' },
] as const;

/** Help, language, colours and logging out. Language and colours are kept for the user. */
export function AccountMenu() {
  const t = useTexts(texts);
  const { preferences } = useSession();
  const supportMail = useEnvironment()?.supportMail;
  const save = useSavePreferences();
  const signOut = useSignOut();
  const setLocale = useSetLocale();
  return (
    <Menu position="bottom-end" width={240} transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <AccountButton />
      </Menu.Target>
      <Menu.Dropdown>
        <MembershipItems />
        <Menu.Label c="dimmed">{t.language}</Menu.Label>
        {languages.map(({ locale, name }) => (
          <Menu.Item
            key={locale}
            lang={locale}
            rightSection={preferences.locale === locale && <Chosen />}
            onClick={() => {
              setLocale(locale);
              save.mutate({ ...preferences, locale });
            }}
          >
            {name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label c="dimmed">{t.theme}</Menu.Label>
        {themes.map((theme) => (
          <Menu.Item
            key={theme}
            rightSection={preferences.theme === theme && <Chosen />}
            onClick={() => save.mutate({ ...preferences, theme })}
          >
            {t[theme]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item component="a" href={`mailto:${supportMail}`}>
          {t.helpMail}
        </Menu.Item>
        <Menu.Item onClick={() => signOut.mutate()}>{t.logOut}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** The merchants of somebody who works for several. */
function MembershipItems() {
  const t = useTexts(texts);
  const { memberships, membershipId } = useSession();
  const change = useSwitchMembership();
  if (memberships.length < 2) return null;
  return (
    <>
      <Menu.Label c="dimmed">{t.merchant}</Menu.Label>
      {memberships.map(({ id, mid, merchantName }) => (
        <Menu.Item
          key={id}
          rightSection={id === membershipId && <Chosen />}
          onClick={() => id !== membershipId && change.mutate(id)}
        >
          {mid === null ? t.provider : `${merchantName} (${mid})`}
        </Menu.Item>
      ))}
      <Menu.Divider />
    </>
  );
}

/** Marks what holds now. */
function Chosen() {
  const t = useTexts(texts);
  return (
    <span role="img" aria-label={t.chosen}>
      ✓
    </span>
  );
}
