// The wire: both encodings of the SDKs, headers, limits, tenants, and everything wrong in every way.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import net from 'node:net';
import { baseURL, check, finish, isError, isVideo, json, key, raw, sleep, tiny } from './harness.mjs';

const host = new URL(baseURL);
const create = (data, options = {}) => json('/v1/videos', { method: 'POST', data, ...options });
const form = (fields) => {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  return json('/v1/videos', { method: 'POST', body });
};
// Bytes as they are, for what fetch would never send.
const wire = (bytes, wait = 300) => new Promise((done) => {
  const socket = net.connect(Number(host.port), host.hostname);
  let got = '';
  const end = () => { socket.destroy(); done(got); };
  socket.on('data', (d) => { got += d; if (got.includes('\r\n\r\n')) setTimeout(end, 50); });
  socket.on('close', () => done(got));
  socket.on('error', () => done(got));
  socket.write(bytes);
  setTimeout(end, wait + 3000);
});
const ended = async (id) => {
  for (let i = 0; i < 900; i += 1) {
    const { value } = await json(`/v1/videos/${id}`);
    if (['completed', 'failed'].includes(value.status)) return value;
    await sleep(200);
  }
  throw new Error(`${id} did not end`);
};

await check('old JSON form of the Python SDK', async () => {
  const answer = await create({ prompt: 'A ball bounces.', model: 'sora-2', seconds: '1', size: '160x90' });
  assert.equal(answer.status, 200);
  isVideo(answer.value);
});
await check('new multipart form of the Python SDK, byte for byte', async () => {
  const boundary = '0123456789abcdef0123456789abcdef';
  const part = (name, value) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const body = part('prompt', 'A ball bounces.') + part('model', 'sora-2') + part('seconds', '1') + part('size', '160x90') + `--${boundary}--\r\n`;
  const got = await wire(`POST /v1/videos HTTP/1.1\r\nHost: ${host.host}\r\nAuthorization: Bearer ${key}\r\n`
    + `Content-Type: multipart/form-data; boundary=${boundary}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  assert.match(got, /^HTTP\/1\.1 200/);
  assert.match(got, /"status":"queued"/);
});
await check('headers of an answer', async () => {
  const answer = await json('/v1/models');
  for (const name of ['x-request-id', 'openai-processing-ms', 'openai-version']) assert.ok(answer.headers.get(name), name);
});
await check('a poll says when to come again', async () => {
  const { value } = await create({ prompt: 'A ball bounces.', size: '640x360', seconds: 8 });
  const poll = await raw(`/v1/videos/${value.id}`, { headers: { 'X-Stainless-Poll-Helper': 'true' } });
  assert.ok(Number(poll.headers.get('openai-poll-after-ms')) >= 100);
  const cancelled = await json(`/v1/videos/${value.id}/cancel`, { method: 'POST' });
  assert.equal(cancelled.status, 200);
  const last = await ended(value.id);
  assert.equal(last.error.code, 'cancelled');
  isError(await json(`/v1/videos/${value.id}/cancel`, { method: 'POST' }), 400, { code: 'video_already_ended' });
});

// Every field of create, wrong in every way.
const good = { prompt: 'A ball bounces.', ...tiny };
const wrong = [
  [{ ...good, prompt: undefined }, 'prompt', 'missing_required_parameter'],
  [{ ...good, prompt: null }, 'prompt'], [{ ...good, prompt: '' }, 'prompt'], [{ ...good, prompt: '   ' }, 'prompt'],
  [{ ...good, prompt: 7 }, 'prompt', 'invalid_type'], [{ ...good, prompt: ['a'] }, 'prompt', 'invalid_type'],
  [{ ...good, prompt: { a: 1 } }, 'prompt', 'invalid_type'], [{ ...good, prompt: 'a\u0000b' }, 'prompt'],
  [{ ...good, prompt: 'é'.repeat(32_001) }, 'prompt', 'string_above_max_length'],
  [{ ...good, model: 'gpt-9' }, 'model', 'model_not_found'], [{ ...good, model: 1 }, 'model', 'invalid_type'],
  [{ ...good, seconds: 'four' }, 'seconds', 'invalid_type'], [{ ...good, seconds: '' }, 'seconds'], [{ ...good, seconds: 0 }, 'seconds'],
  [{ ...good, seconds: -4 }, 'seconds'], [{ ...good, seconds: 1e9 }, 'seconds'], [{ ...good, seconds: [4] }, 'seconds', 'invalid_type'],
  [{ ...good, seconds: '4s' }, 'seconds'], [{ ...good, seconds: 'nan' }, 'seconds'], [{ ...good, seconds: true }, 'seconds'],
  [{ ...good, size: 'big' }, 'size'], [{ ...good, size: '161x90' }, 'size'], [{ ...good, size: '0x0' }, 'size'],
  [{ ...good, size: '160x90x3' }, 'size'], [{ ...good, size: '99999x99999' }, 'size'], [{ ...good, size: -1 }, 'size'], [{ ...good, size: '160X90' }, 'size'],
  [{ ...good, sizes: '160x90' }, 'sizes', 'unknown_parameter'], [{ ...good, __proto__x: 1 }, '__proto__x', 'unknown_parameter'],
  [{ ...good, quality: 'ultra' }, 'quality'], [{ ...good, style: 'cubist' }, 'style'], [{ ...good, seed: 1.5 }, 'seed'], [{ ...good, seed: -1 }, 'seed'],
  [{ ...good, fps: 0 }, 'fps'], [{ ...good, fps: 1e6 }, 'fps'], [{ ...good, variations: 5 }, 'variations'], [{ ...good, variations: 0 }, 'variations'],
  [{ ...good, input_reference: 'cat.png' }, 'input_reference', 'invalid_type'],
  [{ ...good, input_reference: {} }, 'input_reference'],
  [{ ...good, input_reference: { image_url: 'data:image/png;base64,AAAA', file_id: 'file-1' } }, 'input_reference'],
  [{ ...good, input_reference: { image_url: 'data:image/png;base64,????' } }, undefined, 'invalid_image_url'],
  [{ ...good, input_reference: { image_url: 'data:image/png;base64,SGVsbG8=' } }, 'input_reference', 'invalid_image'],
  [{ ...good, input_reference: { image_url: 'http://127.0.0.1/x.png' } }, 'input_reference.image_url', 'image_url_not_allowed'],
  [{ ...good, input_reference: { image_url: 'file:///etc/passwd' } }, 'input_reference.image_url', 'invalid_image_url'],
  [{ ...good, input_reference: { file_id: 'file-none' } }, 'input_reference.file_id'],
  [{ ...good, input_reference: { path: '/etc/passwd' } }, 'input_reference.path', 'unknown_parameter'],
  [{ ...good, characters: 'Momo' }, 'characters', 'invalid_type'], [{ ...good, characters: [{}, {}, {}] }, 'characters'],
  [{ ...good, characters: [{ id: 'char_none' }] }, 'characters[0].id'], [{ ...good, characters: [7] }, 'characters[0]'],
  [{ ...good, shots: [] }, 'shots'], [{ ...good, shots: [{ seconds: 2 }] }, 'shots[0].prompt'], [{ ...good, shots: [{ prompt: 'x', seconds: -1 }] }, 'shots[0].seconds'],
  [{ ...good, shots: 'not json' }, 'shots'], [{ ...good, shots: [{ prompt: 'x', zoom: 1 }] }, 'shots[0].zoom', 'unknown_parameter'],
];
for (const [data, param, code] of wrong) {
  await check(`create ${JSON.stringify(data).slice(17, 90)}`, async () => isError(await create(data), 400, { param, code }));
}
await check('text where a file belongs, in a form', async () => {
  isError(await form([['prompt', 'x'], ['input_reference', 'cat.png']]), 400, { param: 'input_reference', code: 'invalid_type', message: /expected a file, but got a string/ });
});
await check('a text file renamed to .png', async () => {
  isError(await form([['prompt', 'x'], ['input_reference', new Blob(['I am text'], { type: 'image/png' }), 'a.png']]), 400, { param: 'input_reference', code: 'invalid_image' });
});
await check('a picture that claims to be enormous', async () => {
  const bomb = Buffer.from('89504e470d0a1a0a0000000d49484452000fffff000fffff0806000000', 'hex');
  isError(await form([['prompt', 'x'], ['input_reference', new Blob([bomb]), 'a.png']]), 400, { param: 'input_reference', code: 'invalid_image' });
});
await check('a file where text belongs', async () => {
  isError(await form([['prompt', new Blob(['x']), 'a.txt']]), 400, { param: 'prompt', code: 'invalid_type' });
});
await check('fields twice', async () => {
  isError(await form([['prompt', 'x'], ['prompt', 'y']]), 400, { param: 'prompt', code: 'duplicate_parameter' });
  isError(await json('/v1/videos', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"prompt":"x","prompt":"y"}' }), 400, { param: 'prompt', code: 'duplicate_parameter' });
});
for (const [name, body] of [['cut off', '{"prompt": "x'], ['a list', '[1]'], ['nothing', ''], ['a number', '7'],
  ['bad UTF-8', Buffer.from('{"prompt":"\xff\xfe"}', 'latin1')], ['deep', `{"prompt":${'['.repeat(5000)}${']'.repeat(5000)}}`]]) {
  await check(`JSON: ${name}`, async () => isError(await json('/v1/videos', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body }), 400));
}
await check('another content type', async () => isError(await json('/v1/videos', { method: 'POST', headers: { 'Content-Type': 'text/csv' }, body: 'a,b' }), 415));
await check('a form that is cut off', async () => {
  const got = await wire(`POST /v1/videos HTTP/1.1\r\nHost: ${host.host}\r\nAuthorization: Bearer ${key}\r\n`
    + 'Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 70\r\n\r\n--b\r\nContent-Disposition: form-data; name="prompt"\r\n\r\nA ball rolls\r\n--');
  assert.match(got, /^HTTP\/1\.1 400/);
});
await check('a body that is too large', async () => {
  const answer = await json('/v1/webhooks', { method: 'POST', data: { url: 'x'.repeat(2 << 20) } });
  isError(answer, 413);
});

await check('ids that are foreign, deleted or absurd', async () => {
  for (const id of ['video_none', 'video_6b0b7bc6281cb3a378a9281055ab56cf', '%00', '..%2f..%2fetc', 'a'.repeat(3000)]) {
    for (const [method, path] of [['GET', ''], ['GET', '/content'], ['DELETE', ''], ['GET', '/record'], ['GET', '/events'], ['POST', '/cancel']]) {
      const answer = await json(`/v1/videos/${id}${path}`, { method });
      assert.ok(answer.status === 404 || answer.status === 400, `${method} ${id}${path}: ${answer.status}`);
    }
  }
  isError(await json('/v1/videos/video_none/remix', { method: 'POST', data: { prompt: 'x' } }), 404, { message: /video_none/ });
  isError(await json('/v1/videos/extensions', { method: 'POST', data: { prompt: 'x', seconds: '4', video: { id: 'video_none' } } }), 404);
  isError(await json('/v1/videos/edits', { method: 'POST', data: { prompt: 'x', video: 5 } }), 400, { param: 'video' });
  isError(await json('/v1/videos/characters/char_none'), 404);
  isError(await json('/v1/files/file-none'), 404);
  isError(await json('/v1/batches/batch_none'), 404);
});
await check('ids that no database would take', async () => {
  for (const path of ['videos', 'files', 'batches', 'videos/characters']) {
    isError(await json(`/v1/${path}/%FF%FE`), 404);
    for (const after of ['%00', '%FF', 'a'.repeat(300)]) {
      const { status } = await json(`/v1/${path}?after=${after}`);
      assert.ok(status === 400 || status === 404, `${path}?after=${after}: ${status}`);
    }
  }
  for (const path of ['videos/%C3', 'files/%C3', 'videos/characters/%C3', 'webhooks/%C3'])
    isError(await json(`/v1/${path}`, { method: 'DELETE' }), 404);
  isError(await json('/v1/files?purpose=%FF'), 400, { param: 'purpose' });
  isError(await create({ ...good, input_reference: { file_id: 'file-\u0000' } }), 400, { param: 'input_reference.file_id' });
  isError(await create({ ...good, characters: [{ id: '\u0000' }] }), 400, { param: 'characters[0].id' });
  isError(await create({ size: '160x90', shots: [{ prompt: 'a\u0000b', seconds: 1 }] }), 400, { param: 'shots[0].prompt' });
  isError(await json('/v1/videos/edits', { method: 'POST', data: { prompt: 'x', video: { id: '\u0000' } } }), 404);
});
await check('addresses and methods that are not there', async () => {
  isError(await json('/v1/nothing'), 404, { code: 'unknown_url' });
  const put = await json('/v1/videos', { method: 'PUT' });
  assert.equal(put.status, 405);
  assert.match(put.headers.get('allow'), /GET/);
});
await check('lists', async () => {
  for (const query of ['limit=-1', 'limit=101', 'limit=x', 'order=up', 'after=video_none', 'offset=3'])
    isError(await json(`/v1/videos?${query}`), 400);
  const none = await json('/v1/videos?limit=0');
  assert.deepEqual(none.value.data, []);
  assert.deepEqual(Object.keys(none.value), ['object', 'data', 'first_id', 'last_id', 'has_more']);
});

let film;
await check('ranges of a film', async () => {
  const { value } = await create({ ...good, prompt: 'A steel ball is dropped from 1 metre.' });
  film = await ended(value.id);
  assert.equal(film.status, 'completed');
  const path = `/v1/videos/${film.id}/content`;
  const whole = Buffer.from(await (await raw(path)).arrayBuffer());
  assert.equal(whole.subarray(4, 8).toString(), 'ftyp');
  const part = await raw(path, { headers: { Range: 'bytes=10-19' } });
  assert.equal(part.status, 206);
  assert.equal(part.headers.get('content-range'), `bytes 10-19/${whole.length}`);
  assert.deepEqual(Buffer.from(await part.arrayBuffer()), whole.subarray(10, 20));
  const tail = await raw(path, { headers: { Range: 'bytes=-5' } });
  assert.deepEqual(Buffer.from(await tail.arrayBuffer()), whole.subarray(-5));
  assert.equal((await raw(path, { headers: { Range: `bytes=${whole.length}-` } })).status, 416);
  const etag = part.headers.get('etag');
  assert.equal((await raw(path, { headers: { 'If-None-Match': etag } })).status, 304);
  assert.equal((await raw(path, { headers: { Range: 'bytes=0-1', 'If-Range': '"other"' } })).status, 200);
  const head = await raw(path, { method: 'HEAD' });
  assert.equal(Number(head.headers.get('content-length')), whole.length);
  assert.equal((await raw(path, { headers: { Accept: 'application/binary' } })).status, 200);
  isError(await json(`${path}?variant=gif`), 400, { param: 'variant' });
});
await check('record, shots, screenplay, report', async () => {
  const record = await json(`/v1/videos/${film.id}/record`);
  assert.equal(record.value.schema, 'aozora-record/1');
  assert.ok(record.value.events.some((e) => e.kind === 'contact'));
  assert.equal((await json(`/v1/videos/${film.id}/shots`)).status, 200);
  assert.match((await json(`/v1/videos/${film.id}/screenplay`)).value, /Title|INT|EXT/i);
  assert.ok(Array.isArray((await json(`/v1/videos/${film.id}/report`)).value.understood));
});
await check('events of a film in the making', async () => {
  const { value } = await create({ ...good, size: '320x180', seconds: 2 });
  const response = await raw(`/v1/videos/${value.id}/events`);
  assert.equal(response.headers.get('content-type'), 'text/event-stream');
  const text = await response.text();
  const kinds = [...text.matchAll(/^event: (\w+)$/gm)].map((m) => m[1]);
  assert.equal(kinds[0], 'video');
  assert.equal(kinds.at(-1), 'video');
  assert.ok(kinds.includes('progress') && kinds.includes('report'), kinds.join());
  assert.match(text, /"status":"completed"/);
});
await check('storyboard and variations', async () => {
  const { value, headers } = await create({ size: '160x90', variations: 2, quality: 'draft', shots: [
    { seconds: 0.5, prompt: 'A ball bounces in a garden.' }, { seconds: 0.5, prompt: 'The ball rolls away.' }] });
  assert.equal(value.seconds, '1');
  const ids = headers.get('x-aozora-variations').split(',');
  assert.equal(ids.length, 2);
  for (const id of ids) assert.equal((await ended(id)).status, 'completed');
});
await check('an Idempotency-Key makes one video', async () => {
  const headers = { 'Idempotency-Key': `k-${Date.now()}` };
  const answers = await Promise.all([1, 2, 3, 4].map(() => create(good, { headers })));
  assert.equal(new Set(answers.map((a) => a.value.id)).size, 1);
  isError(await create({ ...good, prompt: 'Another.' }, { headers }), 422, { code: 'idempotency_key_reused' });
});

await check('keys: none, wrong, without scope, foreign project', async () => {
  isError(await json('/v1/videos', { auth: null }), 401, { code: 'invalid_api_key' });
  isError(await json('/v1/videos', { auth: 'sk-wrong' }), 401, { code: 'invalid_api_key' });
  const admin = (data) => json('/api/admin/keys', { method: 'POST', data });
  const reader = (await admin({ name: 'reader', scopes: 'videos:read' })).value.key;
  isError(await create(good, { auth: reader }), 403, { code: 'missing_scope' });
  assert.equal((await json('/v1/videos', { auth: reader })).status, 200);
  const project = (await json('/api/admin/projects', { method: 'POST', data: { name: 'others' } })).value.id;
  const other = (await admin({ name: 'other', project })).value;
  assert.deepEqual((await json('/v1/videos', { auth: other.key })).value.data, []);
  for (const [method, path] of [['GET', ''], ['GET', '/content'], ['DELETE', ''], ['GET', '/record'], ['GET', '/events'], ['POST', '/cancel'], ['POST', '/loop']])
    isError(await json(`/v1/videos/${film.id}${path}`, { method, auth: other.key }), 404);
  isError(await json(`/v1/videos?after=${film.id}`, { auth: other.key }), 400);
  isError(await json('/api/admin/keys', { auth: other.key }), 403);
  assert.equal((await json(`/api/admin/keys/${other.id}`, { method: 'DELETE' })).value.revoked, true);
  isError(await json('/v1/videos', { auth: other.key }), 401);
});
await check('limits of a key', async () => {
  const admin = (data) => json('/api/admin/keys', { method: 'POST', data }).then((a) => a.value.key);
  const slow = await admin({ name: 'slow', requests_per_minute: 3 });
  const answers = [];
  for (let i = 0; i < 4; i += 1) answers.push(await json('/v1/videos?limit=1', { auth: slow }));
  assert.equal(answers[0].headers.get('x-ratelimit-limit-requests'), '3');
  isError(answers[3], 429, { code: 'rate_limit_exceeded' });
  assert.ok(Number(answers[3].headers.get('retry-after')) >= 1);
  const poor = await admin({ name: 'poor', units_per_day: 2 });
  assert.equal((await create(good, { auth: poor })).status, 200);
  assert.equal((await create(good, { auth: poor })).status, 200);
  isError(await create(good, { auth: poor }), 429, { code: 'insufficient_quota' });
  const single = await admin({ name: 'single', concurrent_jobs: 1 });
  const { value } = await create({ ...good, seconds: 8, size: '640x360' }, { auth: single });
  isError(await create(good, { auth: single }), 429, { code: 'too_many_running_tasks' });
  await json(`/v1/videos/${value.id}`, { method: 'DELETE' });
});
await check('foreign hosts and origins', async () => {
  const rebind = await wire(`GET /v1/models HTTP/1.1\r\nHost: evil.example\r\nAuthorization: Bearer ${key}\r\n\r\n`);
  assert.match(rebind, /^HTTP\/1\.1 421/);
  const cross = await wire(`GET /v1/models HTTP/1.1\r\nHost: ${host.host}\r\nOrigin: https://evil.example\r\nAuthorization: Bearer ${key}\r\n\r\n`);
  assert.match(cross, /^HTTP\/1\.1 403/);
  assert.ok(!/access-control-allow-origin/i.test(cross));
  const same = await wire(`GET /v1/models HTTP/1.1\r\nHost: ${host.host}\r\nOrigin: http://${host.host}\r\nAuthorization: Bearer ${key}\r\n\r\n`);
  assert.match(same, /^HTTP\/1\.1 200/);
});
await check('a session by cookie, for our own pages only', async () => {
  const login = await json('/api/session', { method: 'POST', auth: null, data: { key } });
  assert.equal(login.status, 204);
  const cookie = login.headers.get('set-cookie');
  assert.match(cookie, /HttpOnly/);
  assert.match(cookie, /SameSite=Strict/);
  const Cookie = cookie.split(';')[0];
  assert.equal((await json('/api/session', { auth: null, headers: { Cookie } })).value.project.id, 1);
  isError(await create(good, { auth: null, headers: { Cookie, 'Sec-Fetch-Site': 'cross-site' } }), 403);
  const media = (await json(`/api/videos/${film.id}/media`, { auth: null, headers: { Cookie } })).value;
  assert.equal((await raw(media.video, { auth: null })).status, 200);
  assert.equal((await raw(media.video.replace('/video?', '/thumbnail?'), { auth: null })).status, 403);
  assert.equal((await raw(media.video.replace(/s=./, 's=_'), { auth: null })).status, 403);
  assert.equal((await json('/api/session', { method: 'DELETE', auth: null, headers: { Cookie, Origin: `http://${host.host}` } })).status, 204);
  isError(await json('/api/session', { auth: null, headers: { Cookie } }), 401);
  isError(await json('/api/session', { method: 'POST', auth: null, data: { key: 'wrong' } }), 401);
});
await check('workers need their token', async () => {
  isError(await json('/internal/v1/jobs/claim', { method: 'POST', data: { worker: 'x' } }), 401);
});

await check('a webhook tells the end, signed, and is sent again', async () => {
  const calls = [];
  let mine = 'not yet';
  const receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (d) => { body += d; });
    request.on('end', () => {
      // Films of the checks before this one may end now too.
      if (JSON.parse(body).data.id === mine) calls.push({ headers: request.headers, body });
      response.statusCode = calls.length === 1 ? 500 : 204;
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await new Promise((done) => receiver.once('listening', done));
  const hook = (await json('/v1/webhooks', { method: 'POST', data: { url: `http://127.0.0.1:${receiver.address().port}/h` } })).value;
  assert.match(hook.secret, /^whsec_/);
  const { value } = await create(good);
  mine = value.id;
  await ended(value.id);
  for (let i = 0; i < 100 && calls.length < 2; i += 1) await sleep(200);
  receiver.close();
  assert.equal(calls.length, 2);
  const { headers, body } = calls[1];
  const event = JSON.parse(body);
  assert.deepEqual([event.object, event.type, event.data.id], ['event', 'video.completed', value.id]);
  assert.equal(headers['webhook-id'], event.id);
  const secret = Buffer.from(hook.secret.slice(6), 'base64');
  const signed = createHmac('sha256', secret).update(`${event.id}.${headers['webhook-timestamp']}.${body}`).digest('base64');
  assert.ok(headers['webhook-signature'].split(' ').includes(`v1,${signed}`));
  assert.deepEqual(calls[0].body, body);
  assert.equal((await json(`/v1/webhooks/${hook.id}`, { method: 'DELETE' })).value.deleted, true);
  isError(await json('/v1/webhooks', { method: 'POST', data: { url: 'ftp://x' } }), 400, { param: 'url' });
});
await check('the description covers every address', async () => {
  const document = (await json('/openapi.json', { auth: null })).value;
  assert.equal(document.openapi, '3.1.0');
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const method of Object.keys(methods)) {
      const target = path.replace(/\{\w+\}/g, 'none');
      const answer = await raw(target, { method: method.toUpperCase(), auth: 'sk-wrong' });
      assert.ok(answer.status !== 405, `${method} ${path}`);
      const unknown = answer.status === 404 && /Unknown request URL/.test(await answer.text());
      assert.ok(!unknown, `${method} ${path} is described but not there`);
    }
  }
});
await check('health and metrics', async () => {
  assert.equal((await raw('/livez', { auth: null })).status, 200);
  assert.equal((await raw('/readyz', { auth: null })).status, 200);
  const text = await (await raw('/metrics', { auth: null })).text();
  assert.match(text, /aozora_videos_completed_total [1-9]/);
  assert.match(text, /aozora_http_requests_total\{route="\/v1\/videos\/\{video_id\}",status="2xx"\} [1-9]/);
});
finish();
