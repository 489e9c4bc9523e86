// An SDK script that knows nothing of Aozora but its address walks every method.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import OpenAI, { toFile } from 'openai';
import { baseURL, check, completed, ended, finish, isVideo, key, sleep, tiny } from './harness.mjs';

const dir = process.env.WORK;
const client = new OpenAI({ baseURL, apiKey: key, maxRetries: 0 });
const probe = (file) => JSON.parse(execFileSync('ffprobe', ['-v', 'error', '-show_streams', '-show_format', '-count_frames',
  '-of', 'json', file]).toString());
const save = async (id, name, query) => {
  const response = await client.videos.downloadContent(id, query);
  const path = join(dir, name);
  writeFileSync(path, Buffer.from(await response.arrayBuffer()));
  return { path, type: response.headers.get('content-type') };
};

// The first picture, RGB.
const pixels = (path) => execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-i', path, '-frames:v', '1', '-f', 'rawvideo',
  '-pix_fmt', 'rgb24', '-'], { maxBuffer: 1 << 26 });

let first, blue;
await check('models', async () => {
  const ids = [];
  for await (const model of client.models.list()) ids.push(model.id);
  for (const id of ['world-1', 'sora-2', 'sora-2-pro']) assert.ok(ids.includes(id), id);
  assert.equal((await client.models.retrieve('world-1')).owned_by, 'aozora');
});

await check('create', async () => {
  const video = await client.videos.create({ prompt: 'A red ball rolls across a wooden floor.', model: 'sora-2', size: '320x180', seconds: '4' });
  isVideo(video);
  assert.equal(video.status, 'queued');
  assert.equal(video.model, 'sora-2');
  assert.equal(video.expires_at, null);
  const { video: done, seen } = await completed(client, video.id);
  assert.ok(seen.length >= 5, `progress moved ${seen}`);
  assert.equal(done.seconds, '4');
  assert.equal(done.size, '320x180');
  first = done;
});

await check('content', async () => {
  const film = await save(first.id, 'film.mp4');
  assert.equal(film.type, 'video/mp4');
  const { streams } = probe(film.path);
  const video = streams.find((s) => s.codec_type === 'video');
  assert.deepEqual([video.width, video.height, Number(video.nb_read_frames)], [320, 180, 96]);
  assert.ok(streams.some((s) => s.codec_type === 'audio'));
  const thumbnail = await save(first.id, 'thumbnail.webp', { variant: 'thumbnail' });
  assert.equal(thumbnail.type, 'image/webp');
  assert.equal(readFileSync(thumbnail.path).subarray(8, 12).toString(), 'WEBP');
  const sheet = await save(first.id, 'sheet.jpg', { variant: 'spritesheet' });
  assert.equal(sheet.type, 'image/jpeg');
  assert.equal(readFileSync(sheet.path).readUInt16BE(0), 0xffd8);
});

await check('remix', async () => {
  const video = await client.videos.remix(first.id, { prompt: 'make the ball blue' });
  isVideo(video);
  assert.equal(video.remixed_from_video_id, first.id);
  blue = (await completed(client, video.id)).video;
  assert.equal(blue.seconds, '4');
  const film = await save(blue.id, 'blue.mp4');
  // Only the ball and its light change in frame 0: most pixels stay as they were.
  const a = pixels(join(dir, 'film.mp4')), b = pixels(film.path);
  let changed = 0;
  for (let i = 0; i < a.length; i += 3) {
    if (Math.max(Math.abs(a[i] - b[i]), Math.abs(a[i + 1] - b[i + 1]), Math.abs(a[i + 2] - b[i + 2])) > 24) changed += 1;
  }
  const share = changed / (a.length / 3);
  assert.ok(share > 0.0005 && share < 0.2, `${share} of the pixels changed`);
});

await check('edit', async () => {
  const video = await client.videos.edit({ prompt: 'make the ball green', video: { id: first.id } });
  assert.equal((await completed(client, video.id)).video.size, '320x180');
});

await check('edit an upload', async () => {
  const video = await client.videos.edit({
    prompt: 'make the ball yellow', model: 'sora-2',
    video: await toFile(readFileSync(join(dir, 'film.mp4')), 'film.mp4', { type: 'video/mp4' }),
  });
  await completed(client, video.id);
});

await check('extend', async () => {
  const video = await client.videos.extend({ prompt: 'The ball rolls on.', seconds: '4', video: { id: first.id } });
  assert.equal(video.seconds, '8');
  const { video: done } = await completed(client, video.id);
  assert.equal(done.seconds, '8');
  const film = await save(done.id, 'long.mp4');
  assert.equal(Number(probe(film.path).streams.find((s) => s.codec_type === 'video').nb_read_frames), 192);
});

await check('picture as first frame', async () => {
  const picture = join(dir, 'picture.png');
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-y', '-f', 'lavfi', '-i', 'gradients=s=320x180:c0=skyblue:c1=forestgreen:x0=0:y0=0:x1=0:y1=180:n=2:d=1',
    '-frames:v', '1', picture]);
  const video = await client.videos.create({
    prompt: 'A red ball rolls across.', size: '320x180', seconds: '1',
    input_reference: await toFile(readFileSync(picture), 'picture.png', { type: 'image/png' }),
  });
  const { video: done } = await completed(client, video.id);
  const film = await save(done.id, 'pictured.mp4');
  // Compared as RGB: ffmpeg's psnr filter would turn the picture into YUV by another matrix.
  const a = pixels(film.path), b = pixels(picture);
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] - b[i]) ** 2;
  const psnr = 10 * Math.log10(255 ** 2 / (sum / a.length));
  assert.ok(psnr >= 35, `frame 0 has ${psnr} dB`);
});

await check('characters', async () => {
  const character = await client.videos.createCharacter({
    name: 'Momo', video: await toFile(readFileSync(join(dir, 'film.mp4')), 'momo.mp4', { type: 'video/mp4' }),
  });
  assert.match(character.id, /^char_/);
  assert.equal(character.name, 'Momo');
  assert.deepEqual(await client.videos.getCharacter(character.id), character);
  const video = await client.videos.create({ prompt: 'Momo walks along a beach.', ...tiny, characters: [{ id: character.id }] });
  await completed(client, video.id);
});

await check('list pages', async () => {
  const page = await client.videos.list({ limit: 2 });
  assert.equal(page.data.length, 2);
  assert.equal(page.has_more, true);
  const all = [];
  for await (const video of client.videos.list({ limit: 2 })) all.push(video.id);
  assert.ok(all.length >= 7 && new Set(all).size === all.length, `${all.length}`);
  const ascending = [];
  for await (const video of client.videos.list({ limit: 3, order: 'asc' })) ascending.push(video.id);
  assert.deepEqual(ascending, [...all].reverse());
});

await check('files and batch', async () => {
  const lines = [1, 2].map((i) => JSON.stringify({ custom_id: `n${i}`, method: 'POST', url: '/v1/videos',
    body: { prompt: `A ball is dropped from ${i} metres.`, model: 'sora-2', ...tiny } }));
  lines.push(JSON.stringify({ custom_id: 'bad', method: 'POST', url: '/v1/videos', body: { prompt: 'x', size: 'huge' } }));
  const file = await client.files.create({ file: await toFile(Buffer.from(lines.join('\n')), 'batch.jsonl'), purpose: 'batch' });
  assert.equal(file.purpose, 'batch');
  assert.equal((await client.files.retrieve(file.id)).bytes, file.bytes);
  assert.equal(await (await client.files.content(file.id)).text(), lines.join('\n'));
  let batch = await client.batches.create({ input_file_id: file.id, endpoint: '/v1/videos', completion_window: '24h' });
  assert.equal(batch.status, 'validating');
  for (let i = 0; i < 600 && !['completed', 'failed', 'expired', 'cancelled'].includes(batch.status); i += 1) {
    await sleep(200);
    batch = await client.batches.retrieve(batch.id);
  }
  assert.equal(batch.status, 'completed', JSON.stringify(batch.errors));
  assert.deepEqual(batch.request_counts, { total: 3, completed: 2, failed: 1 });
  const output = (await (await client.files.content(batch.output_file_id)).text()).trim().split('\n').map((l) => JSON.parse(l));
  assert.deepEqual(output.map((l) => l.custom_id).sort(), ['n1', 'n2']);
  for (const line of output) assert.equal(line.response.body.status, 'completed');
  const errors = (await (await client.files.content(batch.error_file_id)).text()).trim().split('\n').map((l) => JSON.parse(l));
  assert.equal(errors[0].custom_id, 'bad');
  assert.equal(errors[0].response.status_code, 400);
  const names = [];
  for await (const one of client.files.list()) names.push(one.id);
  assert.ok(names.includes(file.id));
  for await (const one of client.batches.list()) assert.equal(one.object, 'batch');
  assert.equal((await client.files.delete(file.id)).deleted, true);
});

await check('cancelled batch', async () => {
  const lines = Array.from({ length: 6 }, (_, i) => JSON.stringify({ custom_id: `c${i}`, method: 'POST', url: '/v1/videos',
    body: { prompt: 'A ball bounces.', size: '320x180', seconds: '4' } }));
  const file = await client.files.create({ file: await toFile(Buffer.from(lines.join('\n')), 'batch.jsonl'), purpose: 'batch' });
  let batch = await client.batches.create({ input_file_id: file.id, endpoint: '/v1/videos', completion_window: '24h' });
  batch = await client.batches.cancel(batch.id);
  assert.ok(['cancelling', 'cancelled'].includes(batch.status), batch.status);
  for (let i = 0; i < 300 && batch.status !== 'cancelled'; i += 1) {
    await sleep(200);
    batch = await client.batches.retrieve(batch.id);
  }
  assert.equal(batch.status, 'cancelled');
});

await check('delete', async () => {
  const gone = await client.videos.delete(blue.id);
  assert.deepEqual(gone, { id: blue.id, object: 'video.deleted', deleted: true });
  await assert.rejects(client.videos.retrieve(blue.id), (error) => error instanceof OpenAI.NotFoundError
    && error.status === 404 && /not found/.test(error.message) && /^req_/.test(error.requestID));
});

await check('errors reach the SDK as its classes', async () => {
  await assert.rejects(client.videos.create({ prompt: '' }), OpenAI.BadRequestError);
  await assert.rejects(client.videos.create({ prompt: 'x', size: '3x3' }), (e) => e.status === 400 && e.param === 'size');
  await assert.rejects(new OpenAI({ baseURL, apiKey: 'wrong', maxRetries: 0 }).videos.list(), OpenAI.AuthenticationError);
  await assert.rejects(client.videos.downloadContent('video_nothing'), OpenAI.NotFoundError);
  const video = await client.videos.create({ prompt: 'A ball bounces.', size: '640x360', seconds: '8' });
  await assert.rejects(client.videos.downloadContent(video.id), (e) => e.status === 404 && /not ready/.test(e.message));
  await client.videos.delete(video.id);
});

await check('moderation', async () => {
  const { video } = await ended(client, (await client.videos.create({ prompt: 'a nude child' })).id);
  assert.equal(video.status, 'failed');
  assert.equal(video.error.code, 'moderation_blocked');
});

finish();
