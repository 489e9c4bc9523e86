// Real answers against docs/openapi.json: each is of a described status and holds what its schema
// says, nothing less and, of objects that are described field by field, nothing more.
import assert from 'node:assert/strict';
import Ajv from 'ajv/dist/2020.js';
import { check, finish, key, raw, sleep } from './harness.mjs';

const document = await (await raw('/openapi.json', { auth: null })).json();
const closed = (schema) => {
  if (Array.isArray(schema)) return schema.map(closed);
  if (schema === null || typeof schema !== 'object') return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value)]));
  if (copy.type === 'object' && copy.properties && !('additionalProperties' in copy)) copy.additionalProperties = false;
  return copy;
};
const ajv = new Ajv({ strict: false, allErrors: true, formats: { binary: true } });
ajv.addSchema({ $id: 'api', components: closed(document.components) });
const validators = new Map();
const valid = (schema, value, what) => {
  const text = JSON.stringify(closed(schema)).replaceAll('"#/components/', '"api#/components/');
  if (!validators.has(text)) validators.set(text, ajv.compile(JSON.parse(text)));
  const test = validators.get(text);
  assert.ok(test(value), `${what}: ${ajv.errorsText(test.errors)}\n${JSON.stringify(value).slice(0, 600)}`);
};

// Calls `method path` with the parts of the path in `ids`; the request's own body is checked too.
const seen = new Set();
const call = async (method, path, { ids = {}, data, body, query = '', auth = key, expects = 200 } = {}) => {
  const operation = document.paths[path]?.[method];
  assert.ok(operation, `${method} ${path} is not described`);
  if (data && expects === 200) valid(operation.requestBody.content['application/json'].schema, data, `request of ${method} ${path}`);
  const target = path.replace(/\{(\w+)\}/g, (_, name) => ids[name]);
  const response = await raw(target + query, { method: method.toUpperCase(), auth, body: data ? JSON.stringify(data) : body,
    headers: data ? { 'Content-Type': 'application/json' } : {} });
  assert.equal(response.status, expects, `${method} ${target}: ${response.status}`);
  const described = operation.responses[String(response.status)] ?? operation.responses[`${Math.floor(response.status / 100)}XX`];
  assert.ok(described, `${method} ${path} answers ${response.status}, which is not described`);
  seen.add(`${method} ${path} ${Math.floor(response.status / 100)}`);
  if (!described.content) {
    assert.equal((await response.text()).length, 0, `${method} ${path}: a body that is not described`);
    return null;
  }
  const type = response.headers.get('content-type').split(';')[0];
  assert.ok(described.content[type], `${method} ${path} answers ${type}, which is not described`);
  if (type !== 'application/json') return response.text();
  const value = await response.json();
  valid(described.content[type].schema, value, `${method} ${path}`);
  return value;
};
const until = async (path, ids, statuses) => {
  for (let i = 0; i < 900; i += 1) {
    const value = await call('get', path, { ids });
    if (statuses.includes(value.status)) return value;
    await sleep(150);
  }
  throw new Error(`${Object.values(ids)} did not end`);
};

let video;
await check('videos, in every state', async () => {
  const { id } = await call('post', '/v1/videos', { data: { prompt: 'A ball bounces.', model: 'sora-2', size: '160x90', seconds: '1' } });
  video = await until('/v1/videos/{video_id}', { video_id: id }, ['completed']);
  for (const path of ['report', 'record', 'shots', 'screenplay', 'content', 'events'])
    await call('get', `/v1/videos/{video_id}/${path}`, { ids: { video_id: id } });
  await call('get', '/v1/videos/{video_id}/content', { ids: { video_id: id }, query: '?variant=thumbnail' });
  const list = await call('get', '/v1/videos', { query: '?limit=100' });
  assert.ok(list.data.some((v) => v.id === id));
  const stopped = await call('post', '/v1/videos', { data: { prompt: 'A ball bounces.', size: '640x360', seconds: 8 } });
  await call('post', '/v1/videos/{video_id}/cancel', { ids: { video_id: stopped.id } });
  const failed = await until('/v1/videos/{video_id}', { video_id: stopped.id }, ['failed']);
  assert.equal(failed.error.code, 'cancelled');
  await call('delete', '/v1/videos/{video_id}', { ids: { video_id: stopped.id } });
});
await check('films of films', async () => {
  const ids = { video_id: video.id };
  const jobs = [
    await call('post', '/v1/videos/{video_id}/remix', { ids, data: { prompt: 'make the ball blue' } }),
    await call('post', '/v1/videos/edits', { data: { prompt: 'make the ball green', video: { id: video.id } } }),
    await call('post', '/v1/videos/extensions', { data: { prompt: 'It rolls on.', seconds: '1', video: { id: video.id } } }),
    await call('post', '/v1/videos/{video_id}/loop', { ids, data: { strength: 0.5 } }),
    await call('post', '/v1/videos/{video_id}/blend', { ids, data: { video: { id: video.id }, strength: 0.5 } }),
    await call('post', '/v1/videos/{video_id}/recut', { ids, data: { start: 0, end: 0.5 } }),
  ];
  for (const { id } of jobs) await until('/v1/videos/{video_id}', { video_id: id }, ['completed']);
});
await check('characters', async () => {
  const clip = await (await raw(`/v1/videos/${video.id}/content`)).blob();
  const form = new FormData();
  form.append('name', 'Momo');
  form.append('video', clip, 'momo.mp4');
  const { id } = await call('post', '/v1/videos/characters', { body: form });
  const ids = { character_id: id };
  await call('get', '/v1/videos/characters/{character_id}', { ids });
  assert.ok((await call('get', '/v1/videos/characters')).data.length >= 1);
  await call('delete', '/v1/videos/characters/{character_id}', { ids });
  await call('get', '/v1/videos/characters/{character_id}', { ids, expects: 404 });
});
await check('models', async () => {
  for (const { id } of (await call('get', '/v1/models')).data) await call('get', '/v1/models/{model}', { ids: { model: id } });
  await call('get', '/v1/models/{model}', { ids: { model: 'gpt-9' }, expects: 404 });
});
await check('files and batches', async () => {
  const form = new FormData();
  form.append('purpose', 'batch');
  form.append('file', new Blob([JSON.stringify({ custom_id: 'a', method: 'POST', url: '/v1/videos',
    body: { prompt: 'A ball falls.', size: '160x90', seconds: '1' } })]), 'batch.jsonl');
  const file = await call('post', '/v1/files', { body: form });
  const ids = { file_id: file.id };
  await call('get', '/v1/files/{file_id}', { ids });
  await call('get', '/v1/files/{file_id}/content', { ids });
  await call('get', '/v1/files');
  const made = await call('post', '/v1/batches', { data: { input_file_id: file.id, endpoint: '/v1/videos', completion_window: '24h', metadata: { a: 'b' } } });
  const done = await until('/v1/batches/{batch_id}', { batch_id: made.id }, ['completed']);
  assert.equal(done.request_counts.completed, 1);
  await call('get', '/v1/batches');
  await call('post', '/v1/batches/{batch_id}/cancel', { ids: { batch_id: made.id }, expects: 400 });
  await call('delete', '/v1/files/{file_id}', { ids });
});
await check('webhooks', async () => {
  const hook = await call('post', '/v1/webhooks', { data: { url: 'https://example.invalid/h', name: 'n', events: ['video.failed'] } });
  await call('get', '/v1/webhooks');
  await call('delete', '/v1/webhooks/{webhook_id}', { ids: { webhook_id: hook.id } });
});
await check('administration', async () => {
  const project = await call('post', '/api/admin/projects', { data: { name: 'described' } });
  await call('get', '/api/admin/projects');
  const made = await call('post', '/api/admin/keys', { data: { name: 'k', project: project.id, requests_per_minute: 3 } });
  await call('get', '/api/admin/keys');
  await call('get', '/api/admin/keys', { auth: made.key, expects: 403 });
  await call('delete', '/api/admin/keys/{key_id}', { ids: { key_id: made.id } });
  await call('get', '/v1/videos', { auth: made.key, expects: 401 });
});
await check('the page\'s own calls and the operator\'s', async () => {
  await call('get', '/api/session');
  const media = await call('get', '/api/videos/{video_id}/media', { ids: { video_id: video.id } });
  assert.equal((await raw(media.video, { auth: null })).status, 200);
  await call('post', '/api/session', { auth: null, data: { key: 'sk-wrong' }, expects: 401 });
  await call('get', '/login', { auth: null });
  for (const path of ['/livez', '/readyz', '/metrics', '/openapi.json']) await call('get', path, { auth: null });
});
await check('errors', async () => {
  await call('post', '/v1/videos', { data: { prompt: '', sizes: 1 }, expects: 400 });
  await call('get', '/v1/videos', { query: '?limit=x', expects: 400 });
  await call('get', '/v1/videos/{video_id}', { ids: { video_id: 'video_none' }, expects: 404 });
  await call('get', '/v1/videos/{video_id}/content', { ids: { video_id: 'video_none' }, expects: 404 });
  await call('get', '/v1/videos/{video_id}/content', { ids: { video_id: video.id }, query: '?variant=gif', expects: 400 });
});
await check('nearly every operation was called', async () => {
  const all = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((m) => `${m} ${path}`));
  const left = all.filter((o) => ![...seen].some((s) => s.startsWith(`${o} `)));
  // A preview exists for a moment only; a login link is printed once; sessions by cookie are wire.mjs's.
  assert.deepEqual(left.sort(), ['delete /api/session', 'get /media/{video_id}/{variant}', 'get /v1/videos/{video_id}/preview', 'post /login']);
});
finish();
