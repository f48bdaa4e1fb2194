import { type Html, html } from './html.ts';
import type { Letter } from './letter.ts';
import { rowTable } from './letter-table.ts';

/**
 * A letter as HTML that mail programs show alike: tables for what has to keep its place, every style at its element, and what
 * Outlook needs to pad a button. Made of a plain template, because it is made for every mail: a library of components took
 * half a second of the process at the first one, and five milliseconds at each.
 */
export function letterHtml(letter: Letter): string {
  const { locale, subject, addressee, paragraphs, facts, table, link, notes } = letter;
  return html`<!DOCTYPE html>
<html lang="${locale}">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
<meta name="viewport" content="width=device-width">
<meta name="x-apple-disable-message-reformatting">
<meta name="color-scheme" content="light dark">
<title>${subject}</title>
<style>${darkRules}</style>
</head>
<body class="page" style="background-color:#f5f7f9;margin:0;padding:0">
<div style="display:none;overflow:hidden;line-height:1px;opacity:0;max-height:0;max-width:0">${paragraphs.at(-1)}</div>
<table role="presentation" width="100%" border="0" cellpadding="0" cellspacing="0"><tr><td style="${pageStyle}">
<table role="presentation" class="sheet" align="center" width="100%" border="0" cellpadding="0" cellspacing="0" style="${sheetStyle}"><tr><td>
<p style="${textStyle}">${lines(addressee)}</p>
${paragraphs.map((paragraph) => html`<p style="${textStyle}">${paragraph}</p>\n`)}${facts.length > 0 ? factTable(facts) : undefined}${table && rowTable(table)}
${button(link)}
<hr class="rule" style="width:100%;border:none;border-top:1px solid #dfe3e8;margin:8px 0 16px">
${notes.map((note) => html`<p class="faint" style="${noteStyle};margin:0 0 8px">${note}</p>\n`)}</td></tr></table>
</td></tr></table>
</body>
</html>
`.html;
}

const lines = (texts: readonly string[]): Html[] =>
  texts.map((text, index) => (index === 0 ? html`${text}` : html`<br>${text}`));

const factTable = (
  facts: Letter['facts'],
): Html => html`<table class="facts" width="100%" cellpadding="0" cellspacing="0" style="${factsStyle}">
${facts.map(
  ({ label, value, note }) =>
    html`<tr><th scope="row" class="faint" style="${labelStyle}">${label}</th><td style="${valueStyle}">${value}${note === undefined ? undefined : html`<div class="faint" style="${noteStyle}">${note}</div>`}</td></tr>\n`,
)}</table>`;

/** Outlook knows no padding of links: what stands in its own comments widens the button there. */
const button = ({
  url,
  label,
}: Letter['link']): Html => html`<table role="presentation" width="100%" border="0" cellpadding="0" cellspacing="0"><tr><td style="padding:8px 0 16px">
<a href="${url}" class="button" target="_blank" style="${buttonStyle}"><!--[if mso]><i style="mso-font-width:400%;mso-text-raise:18" hidden>&#8202;&#8202;&#8202;&#8202;</i><![endif]--><span style="display:inline-block;line-height:120%;mso-text-raise:9px">${label}</span><!--[if mso]><i style="mso-font-width:400%" hidden>&#8202;&#8202;&#8202;&#8202;&#8203;</i><![endif]--></a>
</td></tr></table>`;

const family = "'Hiragino Sans','Noto Sans JP','Noto Sans CJK JP','Yu Gothic UI',Meiryo,sans-serif";
const pageStyle = `background-color:#f5f7f9;font-family:${family};padding:24px 8px`;
const sheetStyle =
  'max-width:37.5em;background-color:#ffffff;color:#1f2328;padding:16px 24px;border-radius:6px';
const textStyle = 'font-size:15px;line-height:1.7;margin:0 0 16px';
const factsStyle = 'background-color:#f5f7f9;border-radius:6px;padding:8px 16px;margin:0 0 16px';
const labelStyle =
  'width:7em;padding:6px 16px 6px 0;text-align:left;vertical-align:top;font-size:13px;font-weight:normal;line-height:1.7;color:#54595f;white-space:nowrap';
const valueStyle = 'padding:6px 0;font-size:15px;line-height:1.7';
const noteStyle = 'font-size:13px;line-height:1.7;color:#54595f;overflow-wrap:anywhere';
const buttonStyle =
  'line-height:100%;text-decoration:none;display:inline-block;max-width:100%;mso-padding-alt:0px;background-color:#1b4d7a;color:#ffffff;font-size:15px;font-weight:bold;padding:12px 32px;border-radius:4px';

/** For mail programs that know of dark screens; the styles above are what all others see. */
const darkRules = `@media (prefers-color-scheme: dark) {
  .page, .page td { background-color: #1b1d20 !important }
  .sheet, .sheet td { background-color: #2a2d31 !important; color: #e6e8ea !important }
  .facts, .facts td, .facts th { background-color: #1b1d20 !important }
  .faint { color: #adb3ba !important }
  .button { background-color: #a3c6ea !important; color: #12202e !important }
  .rule { border-color: #3d4249 !important }
}`;
