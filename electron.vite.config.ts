import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

/** Where `npm run dev` serves the window's files: to this computer only. */
const DEV = { host: '127.0.0.1', port: 5199 } as const;

/** While files are edited the app says by which policy: the page's own has no place for what the dev server brings. */
const devPolicy: Plugin = {
  name: 'dev-policy',
  apply: 'serve',
  // As main/shell/dev-server.ts lets it.
  config: () => ({ html: { cspNonce: 'dev' } }),
  transformIndexHtml: html => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
};

/* The desktop app: its main process, the preload script and the window, everything that they need built in. */
export default defineConfig(({ command }) => ({
  main: {
    build: {
      outDir: 'out/main',
      // What was built for administrator rights stays when the rest is built anew.
      emptyOutDir: command === 'build',
      externalizeDeps: false,
      rolldownOptions: {
        input: ['main/index.ts', 'main/hosts/elevation/sudo-prompt-child.ts'],
        // V8 keeps a source with one letter beyond latin1 in two bytes each.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name].js', charset: 'ascii' },
        // client-node's thousands of generated classes do nothing when they are imported, though nothing says so.
        treeshake: { moduleSideEffects: id => !id.includes('/@kubernetes/client-node/') },
      },
      minify: true,
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // In a sandbox it can require electron, and nothing else.
      rolldownOptions: { input: 'preload/index.ts', output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react(), devPolicy],
    server: { ...DEV, strictPort: true, ws: { protocol: 'ws', host: DEV.host, clientPort: DEV.port } },
    build: {
      outDir: 'out/renderer',
      minify: true,
      emptyOutDir: true,
      modulePreload: { polyfill: false },
      // A script within the page is what its policy forbids.
      assetsInlineLimit: 0,
      rolldownOptions: { input: 'renderer/index.html' },
    },
  },
}));
