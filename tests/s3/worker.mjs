// Films by a worker of a fleet, whose bytes go into the bucket and come from it past the server.
//   node worker.mjs AOZORA DIR S3-URL SERVER-LOG (of s3rver, which tells what was put)
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';
import net from 'node:net';

const [aozora, dir, blobs, log] = process.argv.slice(2);
const key = 'sk-s3-test', token = 'wt-s3-test';
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const port = await new Promise((got) => {
  const s = net.createServer().listen(0, '127.0.0.1', () => { const { port: p } = s.address(); s.close(() => got(p)); });
});
const base = `http://127.0.0.1:${port}`;
const children = [];
const start = (name, words, env) => {
  const child = spawn(aozora, words, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
  child.stderr.on('data', (d) => appendFileSync(`${dir}/${name}.log`, d));
  children.push(child);
  return child;
};
process.on('exit', () => children.forEach((child) => child.kill('SIGKILL')));
const call = async (path, { data, auth = key, ...rest } = {}) => fetch(base + path, { method: data ? 'POST' : 'GET',
  body: data && JSON.stringify(data), headers: { Authorization: `Bearer ${auth}`, 'Content-Type': 'application/json' }, ...rest });
const internal = (path, data) => call(`/internal/v1/jobs/${path}`, { data, auth: token });
const stored = (text) => readFileSync(log, 'utf8').split('\n').filter((line) => line.includes('Stored object') && line.includes(text)).length;

const server = start('server', ['serve', '--listen', `127.0.0.1:${port}`, '--data', `${dir}/data`, '--blobs', blobs, '--workers', '0'],
  { AOZORA_API_KEY: key, AOZORA_TOKEN: token });
for (let i = 0; ; i += 1) {
  try { if ((await fetch(`${base}/readyz`)).ok) break; } catch { /* not yet */ }
  assert.ok(i < 200 && server.exitCode === null, 'the server does not start');
  await sleep(50);
}

// By hand first: what a worker may not do.
const asked = async (data) => (await call('/v1/videos', { data: { size: '64x36', seconds: 0.25, quality: 'draft', ...data } })).json();
const byHand = await asked({ prompt: 'A ball is dropped.' });
const claim = async () => (await internal('claim', { worker: 'hand/1', wait_s: 0, can: { engines: ['world'] } })).json();
const { job } = await claim();
assert.equal(job.attempt, 1);
const bytes = Buffer.from('a part of a film');
const sha256 = createHash('sha256').update(bytes).digest('hex');
const blob = { attempt: 1, sha256, bytes: bytes.length };
for (const [wrong, param] of [[{ sha256: 'A' }, 'sha256'], [{ sha256: sha256.toUpperCase() }, 'sha256'], [{ bytes: -1 }, 'bytes'], [{ bytes: '9' }, 'bytes']]) {
  const answer = await internal(`${job.id}/uploads`, { ...blob, ...wrong });
  assert.equal(answer.status, 400);
  assert.equal((await answer.json()).error.param, param);
}
assert.equal((await internal(`${job.id}/uploads`, { ...blob, attempt: 2 })).status, 409);
assert.equal((await call(`/internal/v1/jobs/${job.id}/uploads`, { data: blob })).status, 401, 'a key is no worker token');
const place = await (await internal(`${job.id}/uploads`, blob)).json();
const part = { ...blob, kind: 'part', name: 'part-000.mkv' };
const take = async (upload, data = part) => {
  const answer = await internal(`${job.id}/uploads/${upload}`, data);
  return [answer.status, (await answer.json()).error?.code];
};
assert.deepEqual(await take(place.upload), [400, 'missing_upload']);
assert.equal((await fetch(place.url, { method: 'PUT', body: 'A part of a film' })).status, 200);
assert.deepEqual(await take(place.upload), [400, 'missing_upload'], 'other bytes were taken');
assert.equal((await fetch(place.url, { method: 'PUT', body: bytes })).status, 200);
for (const foreign of [`9${place.upload}`, place.upload.replace('-1-', '-2-')]) assert.deepEqual(await take(foreign), [400, 'missing_upload']);
assert.equal((await take('..%2fblobs'))[0], 400);
assert.equal((await take(place.upload, { ...part, attempt: 2 }))[0], 409);
assert.deepEqual(await take(place.upload, { ...part, kind: 'input' }), [400, 'invalid_value']);
assert.deepEqual(await take(place.upload), [200, undefined]);
assert.deepEqual(await take(place.upload), [200, undefined], 'its answer may have been lost');
assert.equal((await internal(`${job.id}/release`, { attempt: 1 })).status, 200);
const again = (await claim()).job;
assert.deepEqual([again.attempt, again.parts], [2, ['part-000.mkv']]);
assert.equal((await take(place.upload))[0], 409);
const got = await call(`/internal/v1/jobs/${job.id}/inputs/part-000.mkv?attempt=2`, { auth: token });
assert.equal(await got.text(), bytes.toString());
assert.equal((await internal(`${job.id}/fail`, { attempt: 2, class: 'permanent', code: 'unsupported', message: 'no' })).status, 200);
assert.equal((await (await call(`/v1/videos/${byHand.id}`)).json()).status, 'failed');

// A worker of a fleet.
const before = stored('incoming/');
start('worker', ['worker', '--server', base, '--token', token, '--name', 'fleet/1', '--work-dir', `${dir}/work`]);
const film = async (video) => {
  for (let i = 0; i < 1200; i += 1) {
    const now = await (await call(`/v1/videos/${video.id}`)).json();
    if (now.status === 'completed') return now;
    assert.notEqual(now.status, 'failed', JSON.stringify(now.error));
    await sleep(100);
  }
  throw new Error('the film is not made');
};
const made = await film(await asked({ prompt: 'Ten balls of many colours are dropped on a beach.', size: '640x360', seconds: 2 }));
const content = await call(`/v1/videos/${made.id}/content`);
assert.equal(content.status, 200);
assert.equal(Buffer.from(await content.arrayBuffer()).subarray(4, 8).toString(), 'ftyp');
assert.ok(stored('incoming/') > before, 'nothing went into the bucket past the server');
const remix = await (await call(`/v1/videos/${made.id}/remix`, { data: { prompt: 'Make the balls blue.' } })).json();
await film(remix);
assert.match(readFileSync(log, 'utf8'), /X-Amz-Expires=3600.* 200 /, 'the input did not come from the bucket');
assert.ok(!readFileSync(`${dir}/worker.log`, { encoding: 'utf8', flag: 'a+' }).includes('through the server'), 'the way past the server failed');
const [, bucket, prefix, endpoint] = blobs.match(/^s3:\/\/([^/]+)\/(.*)\?endpoint=([^&]+)/);
const left = await (await fetch(`${endpoint}/${bucket}?list-type=2&prefix=${prefix}/incoming/`)).text();
assert.ok(!left.includes('<Contents>'), `uploads were left: ${left}`);
console.log(`a worker of a fleet put ${stored('incoming/') - before} files past the server`);
process.exit(0);
