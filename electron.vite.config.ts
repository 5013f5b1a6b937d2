import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/* The desktop app: its main process, the preload script and the window, everything that they need built in. */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      externalizeDeps: false,
      rolldownOptions: {
        input: ['main/index.ts', 'main/hosts/elevation/sudo-prompt-child.ts'],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name].js' },
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
    plugins: [react()],
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
});
