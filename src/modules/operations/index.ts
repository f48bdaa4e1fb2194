/**
 * Operations: whether this process can be relied on, what is waiting, and which processes live. Owns `processes`. It reads the
 * other tables for counts and ages only, and tells nobody anything of a case.
 */
export { type Operations, openOperations, type ProcessRole } from './operations.ts';
export { operationsEndpoints } from './routes.ts';
export { serveOperations } from './serve-operations.ts';
