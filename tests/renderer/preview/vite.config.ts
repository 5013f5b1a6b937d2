import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));
const checkout = fileURLToPath(new URL('../../..', import.meta.url));

/** The window in a browser: `npm run dev:states`, then `?state=pending&screen=hostnames`. */
export default defineConfig({
  root,
  base: './',
  cacheDir: `${checkout}/node_modules/.vite-preview`,
  plugins: [react()],
  server: { fs: { allow: [checkout] } },
  build: { target: 'esnext' },
});
