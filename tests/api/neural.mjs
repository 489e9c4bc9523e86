// The models of the neural engine by the official SDK: words to a film with sound, remix, extension.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import OpenAI, { toFile } from 'openai';
import { baseURL, check, completed, ended, finish, isError, isVideo, json, key } from './harness.mjs';

const client = new OpenAI({ baseURL, apiKey: key, maxRetries: 0 });
const streams = async (id) => {
  const response = await client.videos.downloadContent(id);
  const path = join(process.env.WORK, `${id}.mp4`);
  writeFileSync(path, Buffer.from(await response.arrayBuffer()));
  return JSON.parse(execFileSync('ffprobe', ['-v', 'error', '-show_streams', '-count_frames', '-of', 'json', path]).toString()).streams;
};
const holds = async (id, width, height, frames) => {
  const found = await streams(id);
  const video = found.find((s) => s.codec_type === 'video');
  assert.deepEqual([video.width, video.height, Number(video.nb_read_frames)], [width, height, frames]);
  assert.ok(found.some((s) => s.codec_type === 'audio'), 'a sound track');
};

await check('models', async () => {
  for (const id of ['tiny-ltx', 'tiny-wan']) {
    const model = await client.models.retrieve(id);
    assert.equal(model.id, id);
    assert.equal(model.aozora.engine, 'neural');
  }
});

for (const model of ['tiny-ltx', 'tiny-wan']) {
  let first;
  await check(`${model}: create`, async () => {
    const video = await client.videos.create({ model, prompt: 'A bell rings in an old tower at dawn.', size: '160x96', seconds: '1' });
    isVideo(video);
    assert.equal(video.model, model);
    const { video: done, seen } = await completed(client, video.id);
    first = done;
    assert.ok(seen.every((p, i) => i === 0 || p >= seen[i - 1]), `progress fell: ${seen}`);
    await holds(done.id, 160, 96, 24);
  });
  await check(`${model}: remix`, async () => {
    const video = await client.videos.remix(first.id, { prompt: 'make the bell golden' });
    const { video: done } = await completed(client, video.id);
    assert.equal(done.model, model);
    await holds(done.id, 160, 96, 24);
  });
}

await check('a remix is made by the model of its source', async () => {
  const remixed = (await client.videos.list({ limit: 20 })).data.filter((v) => v.remixed_from_video_id && v.status === 'completed' && v.model.startsWith('tiny-'));
  assert.ok(remixed.length >= 2);
  for (const { id } of remixed) {
    const record = await fetch(`${baseURL}/videos/${id}/record`, { headers: { Authorization: `Bearer ${key}` } });
    assert.equal(record.status, 404, 'only the world engine leaves a record');
  }
});

await check('extension', async () => {
  const first = (await client.videos.list({ limit: 20 })).data.find((v) => v.model === 'tiny-ltx' && v.status === 'completed');
  const video = await client.videos.extend({ video: { id: first.id }, prompt: 'the bell falls', seconds: '1' });
  const { video: done } = await completed(client, video.id);
  assert.equal(done.seconds, '2');
  await holds(done.id, 160, 96, 48);
});

const small = { model: 'tiny-ltx', prompt: 'A ball falls.', size: '64x32', seconds: '0.25', seed: 1 };
const hashOf = async (video) => {
  const { video: done } = await completed(client, video.id);
  const bytes = await (await client.videos.downloadContent(done.id)).arrayBuffer();
  return createHash('sha256').update(Buffer.from(bytes)).digest('hex');
};
const hash = async (more) => hashOf(await client.videos.create({ ...small, ...more }));
const form = async (fields) => {
  const body = new FormData();
  for (const part of [...Object.entries(small).map(([n, v]) => [n, String(v)]), ...fields]) body.append(...part);
  return json('/v1/videos', { method: 'POST', body });
};
const picture = (colour) => {
  const path = join(process.env.WORK, `${colour}.png`);
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-y', '-f', 'lavfi', '-i', `color=${colour}:s=80x60`, '-frames:v', '1', path]);
  return readFileSync(path);
};
const dataURL = (bytes) => `data:image/png;base64,${bytes.toString('base64')}`;

await check('steps, a negative prompt and control reach the model', async () => {
  const hashes = [await hash({ steps: 1 }), await hash({ steps: 2 }), await hash({ steps: 1, control: 'depth' }), await hash({ steps: 1, control: ['depth', 'first-frame'], negative_prompt: 'blur' })];
  assert.equal(new Set(hashes).size, 4, hashes.join());
  assert.equal(await hash({ steps: 1 }), hashes[0]);
});

await check('keyframes by data URL, file id, file part and the SDK are the same pictures', async () => {
  const red = picture('red');
  const keyframes = [{ seconds: 0.125, image_url: dataURL(red) }];
  const byURL = await hash({ keyframes });
  assert.notEqual(byURL, await hash({}));
  assert.notEqual(byURL, await hash({ keyframes: [{ seconds: 0.125, image_url: dataURL(picture('blue')) }] }));
  const answer = await form([['keyframes[0][seconds]', '0.125'], ['keyframes[0][image]', new Blob([red]), 'red.png']]);
  assert.equal(answer.status, 200, JSON.stringify(answer.value));
  assert.equal(await hashOf(answer.value), byURL);
  assert.equal(await hash({ keyframes: [{ seconds: 0.125, image: await toFile(red, 'red.png') }] }), byURL);
  const { id } = await client.files.create({ file: await toFile(red, 'red.png'), purpose: 'user_data' });
  assert.equal(await hash({ keyframes: [{ seconds: 0.125, file_id: id }] }), byURL);
});

await check('a reference by id, file id and file part is the same clip, and a picture will do', async () => {
  const free = await hash({});
  const film = (await completed(client, (await client.videos.create({ ...small, prompt: 'A cube turns.', seed: 2 })).id)).video;
  const byId = await hash({ reference: { id: film.id } });
  assert.notEqual(byId, free);
  const clip = Buffer.from(await (await client.videos.downloadContent(film.id)).arrayBuffer());
  const byPart = await form([['reference', new Blob([clip]), 'clip.mp4']]);
  assert.equal(byPart.status, 200, JSON.stringify(byPart.value));
  assert.equal(await hashOf(byPart.value), byId);
  const file = await client.files.create({ file: await toFile(clip, 'clip.mp4'), purpose: 'user_data' });
  assert.equal(await hash({ reference: { file_id: file.id } }), byId);
  const still = await hash({ reference: { image_url: dataURL(picture('red')) } });
  assert.ok(still !== free && still !== byId);
});

await check('a sound by file part, file id and video id is followed, and heard', async () => {
  const path = join(process.env.WORK, 'tone.wav');
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-y', '-f', 'lavfi', '-i', 'sine=frequency=880:duration=3', path]);
  const tone = readFileSync(path);
  const part = await form([['sound', new Blob([tone]), 'tone.wav']]);
  assert.equal(part.status, 200, JSON.stringify(part.value));
  const byPart = await hashOf(part.value);
  assert.notEqual(byPart, await hash({}));
  const film = join(process.env.WORK, 'sung.mp4');
  writeFileSync(film, Buffer.from(await (await client.videos.downloadContent(part.value.id)).arrayBuffer()));
  const pcm = execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-i', film, '-ac', '1', '-ar', '48000', '-f', 'f32le', '-'], { maxBuffer: 1 << 26 });
  const samples = new Float32Array(pcm.buffer.slice(pcm.byteOffset, pcm.byteOffset + (pcm.length & ~3)));
  const rises = samples.reduce((n, s, i) => n + (i > 0 && samples[i - 1] < 0 && s >= 0 ? 1 : 0), 0);
  assert.ok(Math.abs((rises * 48000) / samples.length - 880) < 100, `${(rises * 48000) / samples.length} Hz`);
  const file = await client.files.create({ file: await toFile(tone, 'tone.wav'), purpose: 'user_data' });
  assert.equal(await hash({ sound: { file_id: file.id } }), byPart);
  const again = await client.videos.create({ ...small, prompt: 'A cube turns.', sound: { id: part.value.id } });
  assert.equal((await completed(client, again.id)).video.status, 'completed');
});

await check('a film lasts as long as the model thinks', async () => {
  const video = await client.videos.create({ ...small, seconds: 'auto' });
  isVideo(video);
  assert.equal(video.seconds, 'auto');
  const { video: done } = await completed(client, video.id);
  const frames = Math.round(Number(done.seconds) * 24);
  assert.ok(frames >= 24 && frames <= 480, done.seconds);
  assert.ok(Math.abs(Number(done.seconds) - frames / 24) < 1e-3, done.seconds);
  await holds(done.id, 64, 32, frames);
  const more = await client.videos.extend({ video: { id: done.id }, prompt: 'the ball rolls', seconds: 'auto' });
  const { video: longer } = await completed(client, more.id);
  assert.ok(Number(longer.seconds) >= Number(done.seconds) + 1, longer.seconds);
});

await check('the diffusion decoder draws other pictures', async () => {
  assert.notEqual(await hash({ decoder: 'diffusion' }), await hash({ decoder: 'conv' }));
});

await check('what tiny-wan cannot do ends the film at once, for good', async () => {
  const red = dataURL(picture('red'));
  for (const [more, word] of [[{ keyframes: [{ seconds: 0.125, image_url: red }] }, /keyframes/], [{ reference: { image_url: red } }, /reference/],
    [{ sound: { id: (await client.videos.list({ limit: 20 })).data.find((v) => v.status === 'completed').id } }, /sound/], [{ decoder: 'diffusion' }, /decoder/], [{ seconds: 'auto' }, /seconds/]]) {
    const { video } = await ended(client, (await client.videos.create({ ...small, model: 'tiny-wan', ...more })).id);
    assert.equal(video.status, 'failed');
    assert.equal(video.error.code, 'unsupported', video.error.message);
    assert.match(video.error.message, word);
  }
});

await check('pictures that are none, and fields in the wrong place', async () => {
  const create = (more) => json('/v1/videos', { method: 'POST', data: { ...small, ...more } });
  const red = dataURL(picture('red'));
  isError(await create({ model: 'world-1', keyframes: [{ seconds: 0, image_url: red }] }), 400, { param: 'keyframes', message: /neural engine/ });
  isError(await create({ model: 'world-1', seconds: 'auto' }), 400, { param: 'seconds', message: /neural engine/ });
  isError(await create({ keyframes: [{ seconds: 9, image_url: red }] }), 400, { param: 'keyframes[0].seconds', message: /outside/ });
  isError(await create({ keyframes: [{ seconds: 0, image_url: 'http://127.0.0.1/x.png' }] }), 400, { param: 'keyframes[0].image_url', code: 'image_url_not_allowed' });
  isError(await create({ reference: { id: 'video_none' } }), 400, { param: 'reference.id' });
  isError(await form([['keyframes[0][seconds]', '0'], ['keyframes[0][image]', new Blob(['I am text']), 'a.png']]), 400, { param: 'keyframes[0].image', code: 'invalid_image' });
  const answer = await form([['reference', new Blob(['I am text, not a clip']), 'a.mp4']]);
  assert.equal(answer.status, 200);
  const { video } = await ended(client, answer.value.id);
  assert.equal(video.error.code, 'invalid_video');
  const deaf = await form([['sound', new Blob(['I am text, not a song']), 'a.wav']]);
  assert.equal((await ended(client, deaf.value.id)).video.error.code, 'invalid_audio');
});

await check('what a model would not listen to is refused', async () => {
  const refused = (more, pattern) => assert.rejects(client.videos.create({ ...small, ...more }), (e) => e.status === 400 && pattern.test(e.message));
  await refused({ model: 'world-1', steps: 4 }, /neural engine/);
  await refused({ model: 'world-1', control: 'depth' }, /neural engine/);
  await refused({ steps: 0 }, /steps/);
  await refused({ loras: [{ name: '../../etc/passwd' }] }, /installed/);
  await refused({ loras: [{ name: 'a', strength: 'x' }] }, /-10 to 10/);
  await refused({ loras: [{ path: '/x' }] }, /path/);
  await refused({ control: ['depth', 'normal'] }, /one of/);
  const video = await client.videos.create({ ...small, loras: [{ name: 'none-of-ours', strength: 0.5 }] });
  const { video: failed } = await ended(client, video.id);
  assert.equal(failed.status, 'failed');
  assert.match(failed.error.message, /none-of-ours/);
});

await check('cancel', async () => {
  const video = await client.videos.create({ model: 'tiny-wan', prompt: 'A very long film.', size: '640x384', seconds: '20' });
  const response = await fetch(`${baseURL}/videos/${video.id}/cancel`, { method: 'POST', headers: { Authorization: `Bearer ${key}` } });
  assert.equal(response.status, 200);
  for (let i = 0; i < 200; i += 1) {
    const { status } = await client.videos.retrieve(video.id);
    if (status !== 'queued' && status !== 'in_progress') break;
    await new Promise((r) => setTimeout(r, 100));
  }
  assert.equal((await client.videos.retrieve(video.id)).status, 'failed');
});

await check('unknown models are named with those that exist', async () => {
  await assert.rejects(client.videos.create({ model: 'tiny-sora', prompt: 'x' }), (e) => e.status === 400 && /tiny-ltx/.test(e.message));
});

finish();
