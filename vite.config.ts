import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Builds the web client into dist/web. `npm run build -- --watch` keeps it up to date while one works on it. */
export default defineConfig({
  root: 'src/web',
  plugins: [react()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    // An inlined image or font would need the page's policy to allow data: for more than images.
    assetsInlineLimit: 0,
  },
});
