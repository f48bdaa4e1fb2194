import type { Html } from './html.ts';

/** How the mailbox looks: like the portal, and readable from 320 px on, by day and by night. */
export const mailboxStyle: Html = {
  html: `
:root {
  --ground: #f5f7f9; --sheet: #fff; --ink: #1f2328; --faint: #54595f; --line: #dfe3e8; --accent: #1b4d7a; --bad: #a3231a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #1b1d20; --sheet: #2a2d31; --ink: #e6e8ea; --faint: #adb3ba; --line: #3d4249; --accent: #a3c6ea; --bad: #ffa69e;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 15px/1.7 'Hiragino Sans', 'Noto Sans JP', 'Noto Sans CJK JP', 'Yu Gothic UI', Meiryo, sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
}
a { color: var(--accent); }
a:focus-visible, pre:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
header {
  display: flex; gap: 1rem; align-items: baseline; padding: .75rem 1.5rem;
  background: var(--sheet); border-bottom: 1px solid var(--line);
}
header a { font-weight: 700; text-decoration: none; }
header span, .lead, .faint, dt, .when { color: var(--faint); }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.35rem; line-height: 1.5; margin: 0 0 .5rem; word-break: auto-phrase; }
h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
.lead { margin: 0 0 1.5rem; }
.empty { padding: 3rem 1.5rem; text-align: center; background: var(--sheet); border: 1px solid var(--line); border-radius: 6px; }
.mails { list-style: none; margin: 0; padding: 0; background: var(--sheet); border: 1px solid var(--line); border-radius: 6px; }
.mails li {
  position: relative; display: grid; grid-template-columns: 1fr auto; gap: 0 1.5rem; padding: .75rem 1rem;
  border-top: 1px solid var(--line);
}
.mails li:first-child { border-top: 0; }
.mails li:hover { background: var(--ground); }
.subject { grid-column: 1 / -1; font-weight: 600; text-decoration: none; }
.subject::after { content: ''; position: absolute; inset: 0; }
.subject:hover { text-decoration: underline; }
.when { text-align: right; white-space: nowrap; }
.state.kept, .state.sent { display: none; }
.state.failed { color: var(--bad); font-weight: 600; }
dl { margin: 0 0 1.5rem; }
dl div { display: grid; grid-template-columns: 8em 1fr; gap: 1rem; }
dd { margin: 0; }
iframe {
  display: block; width: 100%; height: 44rem; background: var(--sheet);
  border: 1px solid var(--line); border-radius: 6px;
}
pre {
  margin: 0; padding: 1.25rem 1.5rem; white-space: pre-wrap; background: var(--sheet);
  border: 1px solid var(--line); border-radius: 6px;
  font: inherit;
}
@media (max-width: 40rem) {
  main { padding: 1rem; }
  .mails li { grid-template-columns: 1fr; }
  .when { text-align: left; white-space: normal; }
  dl div { grid-template-columns: 1fr; gap: 0; }
}`,
};
