// Bundles src/**/*.test.ts with the esbuild that Vite brings, and runs them with node's own runner.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const src = fileURLToPath(new URL('../src', import.meta.url));
const find = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? find(path) : path.endsWith('.test.ts') ? [path] : [];
  });
const out = mkdtempSync(join(fileURLToPath(new URL('../node_modules', import.meta.url)), '.unit-'));
try {
  await build({ entryPoints: find(src), outdir: out, outExtension: { '.js': '.mjs' }, bundle: true, platform: 'node', format: 'esm', logLevel: 'warning' });
  const tests = readdirSync(out, { recursive: true }).filter((name) => name.endsWith('.test.mjs')).map((name) => join(out, name));
  process.exitCode = spawnSync(process.execPath, ['--test', ...tests], { stdio: 'inherit' }).status ?? 1;
} finally {
  rmSync(out, { recursive: true, force: true });
}
