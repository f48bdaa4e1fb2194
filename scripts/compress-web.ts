/** Compresses the built files of the web client once, so that the server never does it for a request. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const folder = 'dist/web/assets/';
const smallestBytes = 1024;

for (const name of readdirSync(folder).filter((file) => /\.(js|css|svg)$/.test(file))) {
  const bytes = readFileSync(folder + name);
  if (bytes.length < smallestBytes) continue;
  writeFileSync(`${folder}${name}.gz`, gzipSync(bytes, { level: 9 }));
  writeFileSync(
    `${folder}${name}.br`,
    brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }),
  );
}
