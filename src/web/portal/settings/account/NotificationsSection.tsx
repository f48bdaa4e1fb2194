import { Switch, Text } from '@mantine/core';
import { useState } from 'react';
import { canNotify, switchNotifications, wantsNotifications } from '../../../live/notify.ts';
import { useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { AccountSection } from './AccountSection.tsx';

const texts = {
  ja: {
    title: 'デスクトップ通知',
    text: '画面を見ていない間に届いた依頼の件数を、このブラウザーでお知らせします。依頼の内容は表示しません。',
    label: '新しい依頼を通知する',
    denied: 'ブラウザーの設定で通知が許可されていません。ブラウザーの設定をご確認ください。',
    none: 'お使いのブラウザーは通知に対応していません。',
  },
  en: {
    title: 'Desktop notifications',
    text: 'Tells you in this browser how many requests arrived while you were not looking. Nothing of the requests is shown.',
    label: 'Notify me of new requests',
    denied: 'Your browser does not allow notifications. Please check its settings.',
    none: 'Your browser has no notifications.',
  },
};

/** デスクトップ通知: on or off in this browser, which is asked for its permission by the click and never before. */
export function NotificationsSection() {
  const t = useTexts(texts);
  const [isOn, setOn] = useState(wantsNotifications);
  const [isDenied, setDenied] = useState(false);
  const change = async (wanted: boolean): Promise<void> => {
    const now = await switchNotifications(wanted);
    setOn(now);
    setDenied(wanted && !now);
  };
  return (
    <AccountSection title={t.title}>
      <Text size="sm">{t.text}</Text>
      {canNotify() ? (
        <Switch
          label={t.label}
          checked={isOn}
          onChange={({ currentTarget }) => void change(currentTarget.checked)}
        />
      ) : (
        <Text size="sm">{t.none}</Text>
      )}
      {isDenied && <Notice kind="warning">{t.denied}</Notice>}
    </AccountSection>
  );
}
