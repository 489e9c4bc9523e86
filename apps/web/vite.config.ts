import { defineConfig } from 'vite';

// The same sources and lock file give the same bytes: dist/ is committed, so that the program builds
// without Node, and tests/playground compares it with a fresh build.
const server = process.env.AOZORA_SERVER ?? 'http://127.0.0.1:8080';

export default defineConfig({
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact', legalComments: 'none' },
  build: {
    target: 'es2021',
    sourcemap: false,
    assetsInlineLimit: 0, // data: URLs would need a wider content security policy
    modulePreload: { polyfill: false },
  },
  server: { proxy: Object.fromEntries(['/api', '/v1', '/media', '/login'].map((path) => [path, server])) },
});
