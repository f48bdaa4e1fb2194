/**
 * Imports (取込): files of requests that operators take in, CSV or XLSX, by a mapping of columns that is kept per institution. Owns
 * `imports`, `import_pieces`, `import_batches` and `import_mappings`; cases are made by `intake` alone.
 */
export { type FailedImport, findFailedImports } from './find-failed.ts';
export { reasonText } from './import-row.ts';
export { ndjsonOf } from './ndjson-of.ts';
export { importQueues } from './queues.ts';
export { importEndpoints } from './routes.ts';
