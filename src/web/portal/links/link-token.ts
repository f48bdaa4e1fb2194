/** The secret of the link that led here. It stands behind `#`, so no server has seen it. */
export const linkToken = (): string => window.location.hash.slice(1);

/** Takes a secret that was used out of the address, and so out of what the browser remembers. */
export function forgetLinkToken(): void {
  window.history.replaceState(null, '', window.location.pathname);
}

/** Another link of the same page, opened in the same tab, is another page. */
export function reloadOnOtherLink(): () => void {
  const reload = (): void => window.location.reload();
  window.addEventListener('hashchange', reload);
  return () => window.removeEventListener('hashchange', reload);
}
