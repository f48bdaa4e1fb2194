import { type CSSProperties, createElement as h, type ReactElement } from 'react';
import type { Letter } from './letter.ts';

type Parts = typeof import('@react-email/components');

/** A letter as HTML that mail programs show alike. */
export async function letterHtml(letter: Letter): Promise<string> {
  // Takes half a second to load: only a process that writes mails does, and not before the first.
  const parts = await import('@react-email/components');
  return parts.render(page(letter, parts));
}

function page(letter: Letter, parts: Parts): ReactElement {
  const { Html, Head, Preview, Body, Container, Text, Section, Button, Hr } = parts;
  return h(
    Html,
    { lang: letter.locale },
    h(
      Head,
      null,
      h('meta', { name: 'viewport', content: 'width=device-width' }),
      h('meta', { name: 'color-scheme', content: 'light dark' }),
      h('title', null, letter.subject),
      h('style', null, darkRules),
    ),
    h(Preview, null, letter.paragraphs.at(-1) ?? ''),
    h(
      Body,
      { className: 'page', style: bodyStyle },
      h(
        Container,
        { className: 'sheet', style: sheetStyle },
        h(Text, { style: textStyle }, ...lines(letter.addressee)),
        ...letter.paragraphs.map((paragraph) => h(Text, { key: paragraph, style: textStyle }, paragraph)),
        letter.facts.length > 0 && factTable(letter),
        h(
          Section,
          { style: { padding: '8px 0 16px' } },
          h(Button, { href: letter.link.url, className: 'button', style: buttonStyle }, letter.link.label),
        ),
        h(Hr, { className: 'rule', style: ruleStyle }),
        ...letter.notes.map((note) => h(Text, { key: note, className: 'faint', style: noteStyle }, note)),
      ),
    ),
  );
}

const lines = (texts: readonly string[]): (string | ReactElement)[] =>
  texts.flatMap((text, index) => (index === 0 ? [text] : [h('br', { key: index }), text]));

const factTable = ({ facts }: Letter): ReactElement =>
  h(
    'table',
    { className: 'facts', style: factsStyle, cellPadding: 0, cellSpacing: 0, width: '100%' },
    h(
      'tbody',
      null,
      ...facts.map(({ label, value, note }) =>
        h(
          'tr',
          { key: label },
          h('th', { scope: 'row', className: 'faint', style: labelStyle }, label),
          h(
            'td',
            { style: valueStyle },
            value,
            note && h('div', { className: 'faint', style: { ...noteStyle, margin: 0 } }, note),
          ),
        ),
      ),
    ),
  );

const family = "'Hiragino Sans','Noto Sans JP','Noto Sans CJK JP','Yu Gothic UI',Meiryo,sans-serif";
const bodyStyle: CSSProperties = { backgroundColor: '#f5f7f9', fontFamily: family, padding: '24px 8px' };
const sheetStyle: CSSProperties = {
  backgroundColor: '#ffffff',
  color: '#1f2328',
  padding: '16px 24px',
  borderRadius: '6px',
};
const textStyle: CSSProperties = { fontSize: '15px', lineHeight: '1.7', margin: '0 0 16px' };
const factsStyle: CSSProperties = {
  backgroundColor: '#f5f7f9',
  borderRadius: '6px',
  padding: '8px 16px',
  margin: '0 0 16px',
};
const labelStyle: CSSProperties = {
  width: '7em',
  padding: '6px 16px 6px 0',
  textAlign: 'left',
  verticalAlign: 'top',
  fontSize: '13px',
  fontWeight: 'normal',
  lineHeight: '1.7',
  color: '#54595f',
  whiteSpace: 'nowrap',
};
const valueStyle: CSSProperties = { padding: '6px 0', fontSize: '15px', lineHeight: '1.7' };
const buttonStyle: CSSProperties = {
  backgroundColor: '#1b4d7a',
  color: '#ffffff',
  fontSize: '15px',
  fontWeight: 'bold',
  padding: '12px 32px',
  borderRadius: '4px',
};
const ruleStyle: CSSProperties = { borderColor: '#dfe3e8', margin: '8px 0 16px' };
const noteStyle: CSSProperties = {
  fontSize: '13px',
  lineHeight: '1.7',
  color: '#54595f',
  margin: '0 0 8px',
  overflowWrap: 'anywhere',
};

/** For mail programs that know of dark screens; the styles above are what all others see. */
const darkRules = `@media (prefers-color-scheme: dark) {
  .page, .page td { background-color: #1b1d20 !important }
  .sheet, .sheet td { background-color: #2a2d31 !important; color: #e6e8ea !important }
  .facts, .facts td, .facts th { background-color: #1b1d20 !important }
  .faint { color: #adb3ba !important }
  .button { background-color: #a3c6ea !important; color: #12202e !important }
  .rule { border-color: #3d4249 !important }
}`;
