import { type Html, html } from './html.ts';
import type { LetterTable } from './letter.ts';

/** The table of a letter, as mail programs show it on a screen of any width. */
export const rowTable = ({
  headings,
  rows,
  note,
}: LetterTable): Html => html`<div style="margin:0 0 16px;overflow-x:auto">
<table class="facts" width="100%" cellpadding="0" cellspacing="0" style="${tableStyle}">
<thead><tr>${headings.map((heading) => html`<th scope="col" class="faint" style="${headingStyle}">${heading}</th>`)}</tr></thead>
<tbody>${rows.map((cells) => html`<tr>${cells.map((cell) => html`<td style="${cellStyle}">${cell}</td>`)}</tr>\n`)}</tbody>
</table>
${note === undefined ? undefined : html`<p class="faint" style="${noteStyle}">${note}</p>`}</div>`;

const tableStyle = 'background-color:#f5f7f9;border-radius:6px;padding:8px 12px';
const cellStyle = 'padding:6px 8px 6px 0;font-size:13px;line-height:1.6;text-align:left;vertical-align:top';
const headingStyle = `${cellStyle};font-weight:normal;color:#54595f;white-space:nowrap`;
const noteStyle = 'font-size:13px;line-height:1.7;color:#54595f;margin:8px 0 0';
