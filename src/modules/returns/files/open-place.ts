import { join } from 'node:path';
import type { Outbound } from '#src/platform/outbound/outbound.ts';
import { folderPlace } from './folder-place.ts';
import type { Place } from './place.ts';
import { readBucket, s3Place } from './s3-place.ts';

type Settings = { RETURN_DIR?: string | undefined; STORAGE_URL?: string | undefined; DATA_DIR: string };

/** Where the files of answers go by the configuration: a folder that is named, a bucket, or a folder of the product's own. */
export function openPlace({ RETURN_DIR, STORAGE_URL, DATA_DIR }: Settings, outbound: Outbound): Place {
  if (RETURN_DIR) return folderPlace(RETURN_DIR);
  return STORAGE_URL ? s3Place(readBucket(STORAGE_URL), outbound) : folderPlace(join(DATA_DIR, 'returns'));
}
