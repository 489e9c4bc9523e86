//   node backup.mjs AOZORA DIR [DATABASE-URL SECOND-EMPTY-URL THIRD-EMPTY-URL]
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';

const [aozora, dir, first, second, third] = process.argv.slice(2);
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const database = (url) => (url ? ['--database', url] : []);
const files = (folder) => (existsSync(folder)
  ? readdirSync(folder, { recursive: true }).filter((f) => statSync(join(folder, f)).isFile()).sort() : []);
const run = (...words) => {
  const { status, stdout, stderr } = spawnSync(aozora, words, { encoding: 'utf8' });
  return { status, text: stdout + stderr };
};
const done = (...words) => {
  const { status, text } = run(...words);
  assert.equal(status, 0, text);
};

let server, base;
const start = async (data, url, env = {}) => {
  const port = await new Promise((got) => {
    const s = net.createServer().listen(0, '127.0.0.1', () => { const { port: p } = s.address(); s.close(() => got(p)); });
  });
  base = `http://127.0.0.1:${port}`;
  server = spawn(aozora, ['serve', '--listen', `127.0.0.1:${port}`, '--data', data, ...database(url)],
    { env: { ...process.env, AOZORA_API_KEY: '', ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
  server.stderr.on('data', (d) => appendFileSync(`${dir}/server.log`, d));
  for (let i = 0; i < 200; i += 1) {
    try { if ((await fetch(`${base}/readyz`)).ok) return; } catch { /* not yet */ }
    assert.equal(server.exitCode, null, 'the server ended at its start');
    await sleep(50);
  }
  throw new Error('the server is not ready');
};
const end = async (signal) => {
  const gone = new Promise((ok) => server.once('exit', ok));
  server.kill(signal);
  await gone;
};
process.on('exit', () => server?.kill('SIGKILL'));
const call = async (key, path, data) => {
  const response = await fetch(base + path, { method: data ? 'POST' : 'GET', body: data && JSON.stringify(data),
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' } });
  assert.equal(response.status, 200, `${path}: ${response.status} ${response.status === 200 ? '' : await response.text()}`);
  return response;
};
const film = async (key, prompt) => {
  let video = await (await call(key, '/v1/videos', { prompt, size: '64x36', seconds: 0.25, quality: 'draft' })).json();
  for (let i = 0; i < 600 && video.status !== 'completed'; i += 1) {
    assert.notEqual(video.status, 'failed', JSON.stringify(video.error));
    await sleep(100);
    video = await (await call(key, `/v1/videos/${video.id}`)).json();
  }
  assert.equal(video.status, 'completed');
  return video;
};
const content = async (key, path) => Buffer.from(await (await call(key, path)).arrayBuffer());

// What is lost and has to come back.
const given = 'sk-backup-test';
await start(`${dir}/data`, first, { AOZORA_API_KEY: given });
const made = (await (await call(given, '/api/admin/keys', { name: 'second' })).json()).key;
const kept = await film(given, 'A ball is dropped.');
const keptBytes = await content(given, `/v1/videos/${kept.id}/content`);
const form = new FormData();
form.append('purpose', 'user_data');
form.append('file', new Blob(['a file of mine']), 'mine.txt');
const file = await (await fetch(`${base}/v1/files`, { method: 'POST', body: form, headers: { Authorization: `Bearer ${given}` } })).json();
done('backup', '-o', `${dir}/backup`, '--data', `${dir}/data`, ...database(first));
const afterwards = await film(given, 'A cube falls.');

const check = async (data, url, ids) => {
  await start(data, url);
  const list = await (await call(made, '/v1/videos?order=asc')).json();
  assert.deepEqual(list.data.map((v) => v.id), ids);
  assert.deepEqual(list.data[0], kept);
  assert.ok(keptBytes.equals(await content(given, `/v1/videos/${kept.id}/content`)), 'the film is another one');
  assert.equal((await content(made, `/v1/files/${file.id}/content`)).toString(), 'a file of mine');
  assert.equal((await fetch(`${base}/v1/videos`, { headers: { Authorization: 'Bearer sk-wrong' } })).status, 401);
  await film(made, 'A ball bounces.');
};

// The machine is gone; another folder, an empty database.
done('restore', `${dir}/backup`, '--data', `${dir}/restored`, ...database(second));
await end('SIGKILL');
await check(`${dir}/restored`, second, [kept.id]);
// Over what is there: refused, whether or not a server runs on it.
const before = files(`${dir}/restored/blobs`);
const again = run('restore', `${dir}/backup`, '--data', `${dir}/restored`, ...database(second));
assert.equal(again.status, 2, again.text);
assert.match(again.text, /there is a database already/);
assert.deepEqual(files(`${dir}/restored/blobs`), before);
await end('SIGTERM');

// A second backup into the same folder holds what came since.
await start(`${dir}/data`, first);
const files1 = files(`${dir}/backup/blobs`).length;
done('backup', '-o', `${dir}/backup`, '--data', `${dir}/data`, ...database(first));
assert.ok(files(`${dir}/backup/blobs`).length > files1);
await end('SIGTERM');

// Broken and foreign backups: refused with the place, nothing is left.
const spoiled = (name, spoil, says) => {
  const backup = `${dir}/spoiled`, target = `${dir}/target`;
  cpSync(`${dir}/backup`, backup, { recursive: true });
  spoil(backup);
  const { status, text } = run('restore', backup, '--data', target, ...database(third));
  assert.ok(status === 1 || status === 2, `${name}: ${status} ${text}`);
  assert.match(text, says, name);
  assert.deepEqual(files(target), [], `${name} left files`);
  rmSync(backup, { recursive: true, force: true });
  rmSync(target, { recursive: true, force: true });
};
const aBlob = (backup) => `${backup}/blobs/${files(`${backup}/blobs`)[0]}`;
const rewrite = (path, change) => {
  const bytes = readFileSync(path);
  rmSync(path);
  writeFileSync(path, change(bytes));
};
const manifest = (change) => (backup) => rewrite(`${backup}/manifest.json`, (b) => JSON.stringify(change(JSON.parse(b))));
const flip = (b) => { b[b.length >> 1] ^= 1; return b; };
spoiled('no manifest', (b) => rmSync(`${b}/manifest.json`), /no finished backup.*spoiled/);
spoiled('no JSON', (b) => writeFileSync(`${b}/manifest.json`, '{"schema": "aoz'), /manifest\.json:1/);
spoiled('another schema', manifest((m) => ({ ...m, schema: 5 })), /manifest\.json/);
spoiled('fields of other types', manifest((m) => ({ ...m, engine: ['sqlite'], bytes: 'many' })), /manifest\.json/);
spoiled('a list', manifest(() => []), /manifest\.json/);
spoiled('another engine', manifest((m) => ({ ...m, engine: m.engine === 'sqlite' ? 'postgres' : 'sqlite' })), /backup is of a/);
spoiled('database cut off', (b) => rewrite(`${b}/database`, (x) => x.subarray(0, x.length / 2)), /damaged.*spoiled\/database/);
spoiled('database changed', (b) => rewrite(`${b}/database`, flip), /damaged.*spoiled\/database/);
spoiled('no database', (b) => rmSync(`${b}/database`), /spoiled\/database/);
spoiled('a blob changed', (b) => rewrite(aBlob(b), flip), /damaged.*spoiled\/blobs/);
spoiled('a blob cut off', (b) => rewrite(aBlob(b), (x) => x.subarray(1)), /but holds.*spoiled\/blobs/);
spoiled('a blob missing', (b) => rmSync(aBlob(b)), /but holds.*spoiled\/blobs/);
// Whole to the eye: as many blobs and bytes as there should be, but one is another.
spoiled('another blob', (b) => {
  const path = aBlob(b);
  const bytes = flip(readFileSync(path));
  rmSync(path);
  const sha = createHash('sha256').update(bytes).digest('hex');
  const folder = `${b}/blobs/${sha.slice(0, 2)}/${sha.slice(2, 4)}`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/${sha}`, bytes);
}, /backup lacks blob [0-9a-f]{64}.*spoiled\/database/);
spoiled('text for a database', (b) => {
  rmSync(`${b}/database`);
  writeFileSync(`${b}/database`, 'I am no database');
  const sha = spawnSync('sha256sum', [`${b}/database`], { encoding: 'utf8' }).stdout.slice(0, 64);
  manifest((m) => ({ ...m, database_sha256: sha }))(b);
}, /spoiled\/database/);
const foreign = run('restore', '/etc', '--data', `${dir}/target`, ...database(third));
assert.equal(foreign.status, 2);
assert.match(foreign.text, /no finished backup.*\/etc/);
assert.equal(run('restore', `${dir}/none`, '--data', `${dir}/target`, ...database(third)).status, 2);

// After all those refusals the same place takes the good one.
mkdirSync(`${dir}/target`, { recursive: true });
done('restore', `${dir}/backup`, '--data', `${dir}/target`, ...database(third));
await check(`${dir}/target`, third, [kept.id, afterwards.id]);
await end('SIGTERM');
console.log('restored; 16 broken or foreign backups refused');
