/** Starts the product: `npm start`. Node keeps what it compiled, so that the next start is quicker. */
import { enableCompileCache } from 'node:module';

enableCompileCache();
await import('./run.ts');
