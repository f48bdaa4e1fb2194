/**
 * Holds the web client to its budget: what the browser has to load of JavaScript before the login and each other page is
 * shown, in kB after gzip. Reads what `npm run build` wrote.
 */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const budgets = [
  { page: 'login', entries: ['portal/login/LoginPage.tsx'], limit: 130 },
  { page: 'single sign-on', entries: ['portal/login/SingleSignOnPage.tsx'], limit: 130 },
  { page: 'links of mails', entries: ['portal/links/LinkPages.tsx'], limit: 130 },
  ...[
    'top/TopPage',
    'inbox/InboxPage',
    'statistics/StatisticsPage',
    'cases/CasesPage',
    'case/CasePage',
    'case/AsMerchantPage',
    'answer/AnswerPage',
    'answer/CheckPage',
    'intake/form/IntakePage',
    'intake/templates/TemplatesPage',
    'intake/files/ImportsPage',
    'intake/files/ImportPage',
    'settings/audit/AuditPage',
    'settings/AccountPage',
    'settings/RetentionPage',
    'settings/returns/ReturnsPage',
    'settings/reminders/RemindersPage',
    'settings/mails/MailsPage',
    'settings/operations/OperationsPage',
    'settings/webhooks/WebhooksPage',
    'settings/adapters/AdaptersPage',
    'settings/calendar/CalendarPage',
    'settings/institutions/InstitutionsPage',
    'settings/institutions/InstitutionPage',
    'settings/merchants/MerchantsPage',
    'settings/merchants/MerchantPage',
    'settings/contacts/ContactsPage',
    'settings/keys/KeysPage',
    'settings/users/UsersPage',
    'settings/users/UserPage',
  ].map((name) => ({
    page: name,
    entries: ['Portal.tsx', 'portal/frame/Frame.tsx', `portal/${name}.tsx`],
    limit: 220,
  })),
];

type Chunk = { file: string; imports?: string[] };
const folder = 'dist/web/';
const manifest = JSON.parse(readFileSync(`${folder}.vite/manifest.json`, 'utf8')) as Record<string, Chunk>;

const results = budgets.map(({ page, entries, limit }) => {
  const files = new Set<string>();
  for (const entry of ['index.html', ...entries]) collect(entry, files);
  const kilobytes = [...files].reduce((sum, file) => sum + gzippedSize(file), 0) / 1000;
  return { page, kilobytes, limit };
});
for (const { page, kilobytes, limit } of results) {
  process.stdout.write(`${page.padEnd(20)} ${kilobytes.toFixed(1).padStart(6)} kB of ${limit}\n`);
}
if (results.some(({ kilobytes, limit }) => kilobytes > limit)) {
  process.stderr.write('A page loads more JavaScript than its budget allows.\n');
  process.exit(1);
}

function collect(name: string, files: Set<string>): void {
  const chunk = manifest[name];
  if (!chunk) throw new Error(`${name} is not in the manifest of the build`);
  if (files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const imported of chunk.imports ?? []) collect(imported, files);
}

function gzippedSize(file: string): number {
  return gzipSync(readFileSync(folder + file), { level: 9 }).length;
}
