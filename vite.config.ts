import { defineConfig } from 'vite';

/* The command line as one program without node_modules: what is installed, and what starts quickly. */
export default defineConfig({
  build: {
    ssr: true,
    outDir: 'out/cli',
    target: 'node24',
    minify: true,
    license: true,
    rolldownOptions: {
      input: ['main/cli/cluster-hosts.js', 'main/hosts/elevation/sudo-prompt-child.ts'],
      // V8 keeps a source with one letter beyond latin1 in two bytes each.
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js', charset: 'ascii' },
      // client-node's thousands of generated classes do nothing when they are imported, though nothing says so.
      treeshake: { moduleSideEffects: id => !id.includes('/@kubernetes/client-node/') },
    },
  },
  ssr: { noExternal: true },
});
