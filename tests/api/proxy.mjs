// Behind nginx: ranges pass, events are not held back, large uploads arrive.
import assert from 'node:assert/strict';
import { check, finish, json, raw, sleep, tiny } from './harness.mjs';

const ended = async (id) => {
  for (let i = 0; i < 600; i += 1) {
    const { value } = await json(`/v1/videos/${id}`);
    if (['completed', 'failed'].includes(value.status)) return value;
    await sleep(150);
  }
  throw new Error(`${id} did not end`);
};
let film;
await check('events come one by one', async () => {
  const { value } = await json('/v1/videos', { method: 'POST', data: { prompt: 'A ball bounces.', size: '320x180', seconds: 2 } });
  const response = await raw(`/v1/videos/${value.id}/events`);
  let first = 0, chunks = 0, text = '';
  for await (const chunk of response.body) {
    first ||= Date.now();
    chunks += 1;
    text += Buffer.from(chunk).toString();
  }
  assert.ok(chunks >= 3, `${chunks} pieces`);
  assert.ok(Date.now() - first > 200, 'all events came at once, at the end');
  assert.match(text, /event: progress/);
  film = await ended(value.id);
  assert.equal(film.status, 'completed');
});
await check('ranges', async () => {
  const part = await raw(`/v1/videos/${film.id}/content`, { headers: { Range: 'bytes=4-7' } });
  assert.equal(part.status, 206);
  assert.equal(await part.text(), 'ftyp');
});
await check('a large upload', async () => {
  const body = new FormData();
  body.append('purpose', 'user_data');
  body.append('file', new Blob([Buffer.alloc(24 << 20, 7)]), 'large.bin');
  const { status, value } = await json('/v1/files', { method: 'POST', body });
  assert.equal(status, 200);
  assert.equal(value.bytes, 24 << 20);
});
await check('a form without files', async () => {
  const body = new FormData();
  for (const [name, text] of Object.entries({ prompt: 'A ball bounces.', ...tiny })) body.append(name, text);
  assert.equal((await json('/v1/videos', { method: 'POST', body })).status, 200);
});
finish();
