// What the scripts of this folder share: checks that count, waiting, tiny films.
import assert from 'node:assert/strict';

export const baseURL = process.env.BASE_URL;
export const key = process.env.KEY;
export const tiny = { size: '160x90', seconds: '1' };

let passed = 0;
const failures = [];

export async function check(name, work) {
  try {
    await work();
    passed += 1;
  } catch (error) {
    failures.push(name);
    console.log(`FAILED ${name}\n    ${String(error?.stack ?? error).split('\n').slice(0, 6).join('\n    ')}`);
  }
}

export function finish() {
  console.log(`${passed} checks passed, ${failures.length} failed`);
  process.exit(failures.length ? 1 : 0);
}

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

export async function raw(path, { method = 'GET', headers = {}, body, auth = key, redirect = 'manual' } = {}) {
  const url = path.startsWith('http') ? path : baseURL.replace(/\/v1$/, '') + path;
  return fetch(url, {
    method, body, redirect,
    headers: { ...(auth ? { Authorization: `Bearer ${auth}` } : {}), ...headers },
  });
}

export async function json(path, options = {}) {
  const headers = options.data === undefined ? options.headers : { 'Content-Type': 'application/json', ...options.headers };
  const body = options.data === undefined ? options.body : JSON.stringify(options.data);
  const response = await raw(path, { ...options, headers, body });
  const text = await response.text();
  let value;
  try { value = JSON.parse(text); } catch { value = text; }
  return { status: response.status, headers: response.headers, value };
}

export function isError(answer, status, { param, code, message } = {}) {
  assert.equal(answer.status, status, JSON.stringify(answer.value).slice(0, 300));
  const { error } = answer.value;
  assert.deepEqual(Object.keys(error), ['message', 'type', 'param', 'code']);
  assert.equal(typeof error.message, 'string');
  assert.ok(error.message.length > 5);
  if (param !== undefined) assert.equal(error.param, param, error.message);
  if (code !== undefined) assert.equal(error.code, code, error.message);
  if (message !== undefined) assert.match(error.message, message);
  assert.match(answer.headers.get('x-request-id'), /^req_[0-9a-f]{32}$/);
}

export const keys = ['id', 'object', 'model', 'status', 'progress', 'created_at', 'completed_at', 'expires_at',
  'prompt', 'size', 'seconds', 'remixed_from_video_id', 'error'];

export function isVideo(video) {
  assert.deepEqual(Object.keys(video), keys);
  assert.match(video.id, /^video_[0-9a-f]{32}$/);
  assert.equal(video.object, 'video');
  assert.ok(['queued', 'in_progress', 'completed', 'failed'].includes(video.status), video.status);
  assert.ok(Number.isInteger(video.progress) && video.progress >= 0 && video.progress <= 100);
  assert.equal(typeof video.seconds, 'string');
  if (video.status === 'completed') {
    assert.equal(video.progress, 100);
    assert.ok(video.completed_at >= video.created_at);
    assert.equal(video.error, null);
  }
  if (video.status === 'failed') assert.deepEqual(Object.keys(video.error), ['code', 'message']);
}

// Polls as the SDKs do; gives the video and every progress that was seen.
export async function ended(client, id, seconds = 240) {
  const seen = [];
  const until = Date.now() + seconds * 1000;
  while (Date.now() < until) {
    const video = await client.videos.retrieve(id);
    isVideo(video);
    if (seen.at(-1) !== video.progress) seen.push(video.progress);
    if (video.status === 'completed' || video.status === 'failed') return { video, seen };
    await sleep(150);
  }
  throw new Error(`${id} did not end within ${seconds} s`);
}

export async function completed(client, id) {
  const { video, seen } = await ended(client, id);
  assert.equal(video.status, 'completed', JSON.stringify(video.error));
  return { video, seen };
}
