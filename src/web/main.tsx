import '@mantine/core/styles.css';
import './ui/base.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api/query-client.ts';
import { isLinkPage } from './portal/links/link-paths.ts';
import { LocaleProvider } from './ui/locale.tsx';
import { cssVariables, theme } from './ui/theme.ts';

// The login and the pages that mails lead to know nothing of the others: who comes from a mail sees them at once.
const LoginPage = lazy(async () => ({ default: (await import('./portal/login/LoginPage.tsx')).LoginPage }));
const LinkPages = lazy(async () => ({ default: (await import('./portal/links/LinkPages.tsx')).LinkPages }));
const SingleSignOnPage = lazy(async () => ({
  default: (await import('./portal/login/SingleSignOnPage.tsx')).SingleSignOnPage,
}));
const Portal = lazy(async () => ({ default: (await import('./Portal.tsx')).Portal }));

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
// The name by which Mantine's dialogs look for it, for the styles with which they keep the page from scrolling.
Object.assign(window, { __webpack_nonce__: nonce });
const root = document.getElementById('root');

function Start({ path }: { path: string }) {
  if (path === '/login') return <LoginPage />;
  if (path === '/login/single-sign-on') return <SingleSignOnPage />;
  return isLinkPage(path) ? <LinkPages path={path} /> : <Portal />;
}

if (root) {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        defaultColorScheme="auto"
        getStyleNonce={() => nonce}
      >
        <QueryClientProvider client={queryClient}>
          <LocaleProvider>
            <Suspense>
              <Start path={window.location.pathname} />
            </Suspense>
          </LocaleProvider>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
