import { createHash } from 'node:crypto';

/** A piece of HTML that is safe to put into a page as it is. */
export type Html = { html: string };

type Value = Html | string | number | undefined | readonly Html[];

/** Makes HTML of a template; every value that is not HTML itself is escaped. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Html {
  return { html: strings.map((part, index) => part + show(values[index])).join('') };
}

function show(value: Value): string {
  if (value === undefined) return '';
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value));
  return 'html' in value ? value.html : value.map((each) => each.html).join('');
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign);

/** What stands for them in a page. */
const signs: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(escapes).map(([sign, entity]) => [entity, sign]),
);

/** The hashes by which a policy lets in the styles that stand in a page's text, and no other. */
export function styleHashes(page: string): string[] {
  const attributes = page.matchAll(/\sstyle="([^"]*)"/g);
  const elements = page.matchAll(/<style[^>]*>([^<]*)<\/style>/g);
  const styles = [
    ...[...attributes].map(([, value = '']) => value.replace(/&[#\w]{2,5};/g, (each) => signs[each] ?? each)),
    ...[...elements].map(([, content = '']) => content),
  ];
  const hashes = styles.map((style) => createHash('sha256').update(style).digest('base64'));
  return [...new Set(hashes)].map((hash) => `'sha256-${hash}'`);
}
