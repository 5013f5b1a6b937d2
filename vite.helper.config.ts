import { defineConfig } from 'vite';

/* The program that runs with administrator rights: one file that needs nothing but Node.js. */
export default defineConfig({
  build: {
    ssr: 'main/hosts/elevated/helper.ts',
    outDir: 'out/cli',
    emptyOutDir: false,
    target: 'node24',
    // Whoever wants to know what is run as root shall be able to read it.
    minify: false,
    rolldownOptions: { output: { format: 'cjs', entryFileNames: 'helper.cjs' } },
  },
  ssr: { noExternal: true },
});
