/** A file on its way to where an institution takes it from. */
export type Placed = { folder: string; name: string; bytes: Buffer; sha256: string; type: string };

/**
 * Where files are put, whole or not at all. Putting the same file again is harmless; where there is another one of that name
 * it fails. Throws a `PlaceError` that says why nothing was put.
 */
export type Place = { kind: 'folder' | 's3'; put: (file: Placed) => Promise<void> };

/** Why a file could not be put, as a code. */
export class PlaceError extends Error {
  readonly reason: string;

  constructor(reason: string, options?: ErrorOptions) {
    super(`a file could not be put: ${reason}`, options);
    this.name = 'PlaceError';
    this.reason = reason;
  }
}
