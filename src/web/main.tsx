import '@mantine/core/styles.css';
import './ui/base.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api/query-client.ts';
import { LocaleProvider } from './ui/locale.tsx';
import { cssVariables, theme } from './ui/theme.ts';

// The login knows nothing of the other pages: who comes from a mail sees it at once, and loads the portal after it.
const LoginPage = lazy(async () => ({ default: (await import('./portal/login/LoginPage.tsx')).LoginPage }));
const Portal = lazy(async () => ({ default: (await import('./Portal.tsx')).Portal }));

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
// The name by which Mantine's dialogs look for it, for the styles with which they keep the page from scrolling.
Object.assign(window, { __webpack_nonce__: nonce });
const root = document.getElementById('root');

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
            <Suspense>{window.location.pathname === '/login' ? <LoginPage /> : <Portal />}</Suspense>
          </LocaleProvider>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
