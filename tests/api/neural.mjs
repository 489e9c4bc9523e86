// The models of the neural engine by the official SDK: words to a film with sound, remix, extension.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import OpenAI from 'openai';
import { baseURL, check, completed, ended, finish, isVideo, key } from './harness.mjs';

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
await check('steps, a negative prompt and control reach the model', async () => {
  const hash = async (more) => {
    const video = await client.videos.create({ ...small, ...more });
    const { video: done } = await completed(client, video.id);
    const bytes = await (await client.videos.downloadContent(done.id)).arrayBuffer();
    return createHash('sha256').update(Buffer.from(bytes)).digest('hex');
  };
  const hashes = [await hash({ steps: 1 }), await hash({ steps: 2 }), await hash({ steps: 1, control: 'depth' }), await hash({ steps: 1, control: ['depth', 'first-frame'], negative_prompt: 'blur' })];
  assert.equal(new Set(hashes).size, 4, hashes.join());
  assert.equal(await hash({ steps: 1 }), hashes[0]);
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
