/** Where to go after logging in: the page somebody wanted, if it is one of ours. Anything else could lead to another site. */
export function nextPage(wanted: string | undefined): string {
  if (!wanted || !/^\/[^/\\]/.test(wanted)) return '/top';
  const url = new URL(wanted, 'https://portal.invalid');
  const isOurs = url.origin === 'https://portal.invalid' && !url.pathname.startsWith('/login');
  return isOurs ? url.pathname + url.search + url.hash : '/top';
}
