import type { Locale } from '#src/domain/text.ts';
import { isLookedAt } from './looking.ts';

const key = 'shokai.notifications';

const texts = {
  ja: { title: '照会', received: (count: number) => `新しい依頼 ${count}件` },
  en: {
    title: 'Shokai',
    received: (count: number) => (count === 1 ? '1 new request' : `${count} new requests`),
  },
};

export const canNotify = (): boolean => 'Notification' in window;

/** Whether somebody has switched notifications on in this browser, and the browser allows them. */
export const wantsNotifications = (): boolean =>
  canNotify() && localStorage.getItem(key) === 'on' && Notification.permission === 'granted';

/** Switches them on, which asks the browser's permission, or off. Tells whether they are on. */
export async function switchNotifications(isOn: boolean): Promise<boolean> {
  if (isOn && (await Notification.requestPermission()) !== 'granted') return false;
  localStorage.setItem(key, isOn ? 'on' : 'off');
  return isOn;
}

/**
 * Tells of new requests on the desktop, by their number alone, when nobody looks at any tab of the product. A click opens the
 * list.
 */
export async function notify(received: number, locale: Locale, open: () => void): Promise<void> {
  if (received === 0 || !wantsNotifications() || (await isLookedAt())) return;
  const { title, received: text } = texts[locale];
  const shown = new Notification(title, { body: text(received), tag: 'shokai-received' });
  shown.onclick = () => {
    window.focus();
    shown.close();
    open();
  };
}
