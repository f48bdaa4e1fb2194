import { AwsV4Signer } from 'aws4fetch';
import type { Outbound, OutboundReply } from '#src/platform/outbound/outbound.ts';
import { OutboundError } from '#src/platform/outbound/outbound-error.ts';
import { type Place, type Placed, PlaceError } from './place.ts';

export type Bucket = {
  endpoint: string;
  region: string;
  bucket: string;
  prefix: string;
  keyId: string;
  secret: string;
};

/**
 * A bucket as `STORAGE_URL` names it: `s3://key:secret@bucket/prefix?region=…&endpoint=https://…`. Without an endpoint it is
 * Amazon's of the region.
 */
export function readBucket(address: string): Bucket {
  const url = new URL(address);
  const region = url.searchParams.get('region') ?? 'ap-northeast-1';
  return {
    region,
    endpoint: (url.searchParams.get('endpoint') ?? `https://s3.${region}.amazonaws.com`).replace(/\/$/, ''),
    bucket: url.hostname,
    prefix: url.pathname.replace(/^\/|\/$/g, ''),
    keyId: decodeURIComponent(url.username),
    secret: decodeURIComponent(url.password),
  };
}

/** A bucket of Amazon S3 or what speaks like it. A file is put by one call, and only where nothing is. */
export const s3Place = (bucket: Bucket, outbound: Outbound): Place => ({
  kind: 's3',
  put: async (file) => {
    const { status } = await call(bucket, outbound, 'PUT', file);
    if (status === 200) return;
    // Somebody put it already: we, before we knew, or somebody else.
    if (status !== 412 && status !== 409) throw new PlaceError(`s3_${status}`);
    const there = await call(bucket, outbound, 'HEAD', file);
    if (there.headers['x-amz-meta-sha256'] !== file.sha256) throw new PlaceError('other_file_there');
  },
});

async function call(
  { endpoint, region, bucket, prefix, keyId, secret }: Bucket,
  outbound: Outbound,
  method: 'PUT' | 'HEAD',
  { folder, name, bytes, sha256, type }: Placed,
): Promise<OutboundReply> {
  const path = [bucket, prefix, folder, name].filter(Boolean).map(encodeURIComponent).join('/');
  const putting = {
    'content-type': type,
    'x-amz-content-sha256': sha256,
    'x-amz-meta-sha256': sha256,
    'if-none-match': '*',
  };
  const signer = new AwsV4Signer({
    ...{ method, region, service: 's3', accessKeyId: keyId, secretAccessKey: secret },
    url: `${endpoint}/${path}`,
    headers: method === 'PUT' ? putting : {},
  });
  const { url, headers } = await signer.sign();
  try {
    const body = method === 'PUT' ? { body: bytes } : {};
    return await outbound({
      url: url.href,
      method,
      headers: Object.fromEntries(headers),
      ...body,
      firstBytes: 1000,
    });
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    throw new PlaceError(error.reason, { cause: error });
  }
}
