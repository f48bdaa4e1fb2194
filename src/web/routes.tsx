import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { sessionQuery } from './api/session.ts';
import { tellVisit } from './portal/frame/mail-visit.ts';
import { ErrorPage, NotFoundPage } from './ui/ErrorPage.tsx';

type Search = Record<string, string | undefined>;

/** What stands behind the `?`, as text: the API reads it, and it survives being copied into a mail. */
const textSearch = (search: Record<string, unknown>): Search =>
  Object.fromEntries(
    Object.entries(search)
      .filter(([, value]) => value !== undefined && value !== '')
      .map(([name, value]) => [name, String(value)]),
  );

const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({ component: Outlet });

/** Waits for the browser to leave the page. */
const neverHere = (): Promise<never> => new Promise(() => undefined);

/** Everything that only logged-in people see; others log in first and then come to where they wanted. */
const frameRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'frame',
  beforeLoad: async ({ context, location }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery);
    if (!session) {
      window.location.replace(`/login?next=${encodeURIComponent(location.href)}`);
      await neverHere();
    }
    const { mail, ...search }: { mail?: unknown } = location.search;
    if (mail === undefined) return;
    tellVisit(mail);
    throw redirect({ to: location.pathname, search: () => search, hash: location.hash, replace: true });
  },
  component: lazyRouteComponent(() => import('./portal/frame/Frame.tsx'), 'Frame'),
});

const indexRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/top' });
  },
});

const topRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/top',
  component: lazyRouteComponent(() => import('./portal/top/TopPage.tsx'), 'TopPage'),
});

const inboxRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/inbox',
  component: lazyRouteComponent(() => import('./portal/inbox/InboxPage.tsx'), 'InboxPage'),
});

const statisticsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/statistics',
  validateSearch: textSearch,
  component: lazyRouteComponent(() => import('./portal/statistics/StatisticsPage.tsx'), 'StatisticsPage'),
});

const casesRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/cases',
  validateSearch: textSearch,
  component: lazyRouteComponent(() => import('./portal/cases/CasesPage.tsx'), 'CasesPage'),
});

/** One page with three addresses, so that it stays on the screen, and the focus on its tabs, from one to the next. */
const caseRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/cases/$caseId',
  component: lazyRouteComponent(() => import('./portal/case/CasePage.tsx'), 'CasePage'),
});

const tabRoutes = [
  createRoute({ getParentRoute: () => caseRoute, path: '/' }),
  createRoute({ getParentRoute: () => caseRoute, path: '/payment' }),
  createRoute({ getParentRoute: () => caseRoute, path: '/request' }),
] as const;

const asMerchantRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/cases/$caseId/as-merchant',
  component: lazyRouteComponent(() => import('./portal/case/AsMerchantPage.tsx'), 'AsMerchantPage'),
});

const answerRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/cases/$caseId/answer',
  component: lazyRouteComponent(() => import('./portal/answer/AnswerPage.tsx'), 'AnswerPage'),
});

const checkRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/cases/$caseId/answer/check',
  validateSearch: textSearch,
  component: lazyRouteComponent(() => import('./portal/answer/CheckPage.tsx'), 'CheckPage'),
});

const accountRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings/account',
  component: lazyRouteComponent(() => import('./portal/settings/AccountPage.tsx'), 'AccountPage'),
});

const webhooksRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings/webhooks',
  component: lazyRouteComponent(() => import('./portal/settings/webhooks/WebhooksPage.tsx'), 'WebhooksPage'),
});

const adaptersRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings/adapters',
  component: lazyRouteComponent(() => import('./portal/settings/adapters/AdaptersPage.tsx'), 'AdaptersPage'),
});

const auditRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings/audit',
  validateSearch: textSearch,
  component: lazyRouteComponent(() => import('./portal/settings/audit/AuditPage.tsx'), 'AuditPage'),
});

const retentionRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings/retention',
  component: lazyRouteComponent(() => import('./portal/settings/RetentionPage.tsx'), 'RetentionPage'),
});

const returnsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings/returns',
  component: lazyRouteComponent(() => import('./portal/settings/returns/ReturnsPage.tsx'), 'ReturnsPage'),
});

const calendarRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings/calendar',
  validateSearch: textSearch,
  component: lazyRouteComponent(() => import('./portal/settings/calendar/CalendarPage.tsx'), 'CalendarPage'),
});

const remindersRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings/reminders',
  component: lazyRouteComponent(
    () => import('./portal/settings/reminders/RemindersPage.tsx'),
    'RemindersPage',
  ),
});

const mailsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings/mails',
  component: lazyRouteComponent(() => import('./portal/settings/mails/MailsPage.tsx'), 'MailsPage'),
});

const operationsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings/operations',
  component: lazyRouteComponent(
    () => import('./portal/settings/operations/OperationsPage.tsx'),
    'OperationsPage',
  ),
});

const institutionsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings/institutions',
  validateSearch: textSearch,
  component: lazyRouteComponent(
    () => import('./portal/settings/institutions/InstitutionsPage.tsx'),
    'InstitutionsPage',
  ),
});

const institutionRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings/institutions/$institutionId',
  component: lazyRouteComponent(
    () => import('./portal/settings/institutions/InstitutionPage.tsx'),
    'InstitutionPage',
  ),
});

const merchantsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings/merchants',
  validateSearch: textSearch,
  component: lazyRouteComponent(
    () => import('./portal/settings/merchants/MerchantsPage.tsx'),
    'MerchantsPage',
  ),
});

const newMerchantRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings/merchants/new',
  component: lazyRouteComponent(
    () => import('./portal/settings/merchants/MerchantPage.tsx'),
    'NewMerchantPage',
  ),
});

const merchantRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings/merchants/$mid',
  component: lazyRouteComponent(() => import('./portal/settings/merchants/MerchantPage.tsx'), 'MerchantPage'),
});

const contactsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings/contacts',
  validateSearch: textSearch,
  component: lazyRouteComponent(() => import('./portal/settings/contacts/ContactsPage.tsx'), 'ContactsPage'),
});

const keysRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings/keys',
  validateSearch: textSearch,
  component: lazyRouteComponent(() => import('./portal/settings/keys/KeysPage.tsx'), 'KeysPage'),
});

const usersRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings/users',
  validateSearch: textSearch,
  component: lazyRouteComponent(() => import('./portal/settings/users/UsersPage.tsx'), 'UsersPage'),
});

const userRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings/users/$userId',
  component: lazyRouteComponent(() => import('./portal/settings/users/UserPage.tsx'), 'UserPage'),
});

const intakeRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/intake/new',
  component: lazyRouteComponent(() => import('./portal/intake/form/IntakePage.tsx'), 'IntakePage'),
});

const importsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/intake/files',
  component: lazyRouteComponent(() => import('./portal/intake/files/ImportsPage.tsx'), 'ImportsPage'),
});

const importRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/intake/files/$importId',
  component: lazyRouteComponent(() => import('./portal/intake/files/ImportPage.tsx'), 'ImportPage'),
});

const templatesRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/intake/templates',
  validateSearch: textSearch,
  component: lazyRouteComponent(() => import('./portal/intake/templates/TemplatesPage.tsx'), 'TemplatesPage'),
});

const routeTree = rootRoute.addChildren([
  frameRoute.addChildren([
    indexRoute,
    topRoute,
    inboxRoute,
    statisticsRoute,
    casesRoute,
    caseRoute.addChildren(tabRoutes),
    asMerchantRoute,
    answerRoute,
    checkRoute,
    intakeRoute,
    templatesRoute,
    importsRoute,
    importRoute,
    accountRoute,
    webhooksRoute,
    adaptersRoute,
    auditRoute,
    retentionRoute,
    returnsRoute,
    remindersRoute,
    calendarRoute,
    mailsRoute,
    operationsRoute,
    institutionsRoute,
    institutionRoute,
    merchantsRoute,
    newMerchantRoute,
    merchantRoute,
    contactsRoute,
    keysRoute,
    usersRoute,
    userRoute,
  ]),
]);

/** The pages of the portal. Search parameters stay plain text: ids such as `001` are no numbers. */
export const createPortalRouter = (queryClient: QueryClient) =>
  createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    defaultErrorComponent: ErrorPage,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: true,
    parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
    stringifySearch: (search) => {
      const text = new URLSearchParams(textSearch(search) as Record<string, string>).toString();
      return text ? `?${text}` : '';
    },
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createPortalRouter>;
  }
}
