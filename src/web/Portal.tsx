import { RouterProvider } from '@tanstack/react-router';
import { queryClient } from './api/query-client.ts';
import { createPortalRouter } from './routes.tsx';

const router = createPortalRouter(queryClient);

/** Every page behind the login. */
export const Portal = () => <RouterProvider router={router} />;
