// Jobs under fire: films are asked for while workers and the server are killed with SIGKILL. In the
// end every accepted film has ended once, was told once, and lies on the disk.
//   node soak.mjs AOZORA DIR JOBS KILLS [DATABASE-URL]
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import net from 'node:net';

const [aozora, dir, jobsText, killsText, database] = process.argv.slice(2);
const jobs = Number(jobsText), kills = Number(killsText);
const key = 'sk-soak';
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
// The same kills in every run: a small generator of its own.
let state = Number(process.env.SEED ?? 1);
const random = () => { state = (state * 1103515245 + 12345) % 2147483648; return state / 2147483648; };

const told = new Map();  // video id -> events that were taken
const receiver = createServer((request, response) => {
  let body = '';
  request.on('data', (d) => { body += d; });
  request.on('end', () => {
    const event = JSON.parse(body);
    const list = told.get(event.data.id) ?? new Map();
    list.set(event.id, event.type);
    told.set(event.data.id, list);
    response.statusCode = 204;
    response.end();
  });
}).listen(0, '127.0.0.1');
await new Promise((done) => receiver.once('listening', done));

const port = await new Promise((done) => {
  const s = net.createServer().listen(0, '127.0.0.1', () => { const { port: p } = s.address(); s.close(() => done(p)); });
});
const config = `${dir}/soak.toml`;
writeFileSync(config, `[server]\nlisten = "127.0.0.1:${port}"\n[workers]\ncount = 3\nthreads = 1\nlease_s = 2\nmax_deaths = 50\n`
  + `[webhooks]\nto_private_networks = true\n[[webhooks.endpoints]]\nurl = "http://127.0.0.1:${receiver.address().port}/"\nsecret = "s"\n`);
const base = `http://127.0.0.1:${port}`;
const call = async (path, options = {}) => {
  const response = await fetch(base + path, { ...options, signal: AbortSignal.timeout(20000),
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', ...options.headers } });
  return { status: response.status, value: await response.json().catch(() => null) };
};

let server;
const start = async () => {
  server = spawn(aozora, ['serve', '--config', config, '--data', `${dir}/data`, ...(database ? ['--database', database] : [])],
    { env: { ...process.env, AOZORA_API_KEY: key }, stdio: ['ignore', 'ignore', 'pipe'] });
  server.stderr.on('data', (d) => writeFileSync(`${dir}/server.log`, d, { flag: 'a' }));
  const child = server;
  for (let i = 0; i < 400; i += 1) {
    try { if ((await fetch(`${base}/readyz`)).ok) return; } catch { /* not yet */ }
    assert.equal(child.exitCode, null, 'the server ended at its start');
    await sleep(50);
  }
  throw new Error('the server is not ready after 20 s');
};
await start();

const accepted = new Set();
let asked = 0, killed = 0, restarts = 0, cancelled = 0, stop = false;
const ask = async () => {
  while (asked < jobs) {
    asked += 1;
    const options = { method: 'POST', headers: { 'Idempotency-Key': `soak-${asked}` },
      body: JSON.stringify({ prompt: 'A ball is dropped.', size: '64x36', seconds: 0.25, quality: 'draft' }) };
    // As an SDK does: again until there is an answer; the key makes it one film.
    for (;;) {
      try {
        const { status, value } = await call('/v1/videos', options);
        if (status === 200) {
          accepted.add(value.id);
          if (asked % 17 === 0) { await call(`/v1/videos/${value.id}/cancel`, { method: 'POST', body: '' }); cancelled += 1; }
          break;
        }
        assert.ok(status >= 500, `${status} ${JSON.stringify(value)}`);
      } catch (error) { if (error.code === 'ERR_ASSERTION') throw error; }
      await sleep(100);
    }
    await sleep(20);
  }
};
const kill = async () => {
  while (!stop && killed < kills) {
    await sleep(200 + random() * 900);
    if (random() < 0.25) {
      const gone = new Promise((done) => server.once('exit', done));
      server.kill('SIGKILL');
      await gone;
      killed += 1;
      restarts += 1;
      await start();
      continue;
    }
    const file = `${dir}/data/workers.pid`;
    const pids = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').map((l) => Number(l.split(' ')[0])).filter(Boolean) : [];
    if (pids.length === 0) continue;
    try { process.kill(pids[Math.floor(random() * pids.length)], 'SIGKILL'); killed += 1; } catch { /* gone already */ }
  }
};
await Promise.all([ask(), kill()]);
stop = true;

const ends = new Map();
const until = Date.now() + 240_000;
while (ends.size < accepted.size && Date.now() < until) {
  for (const id of accepted) {
    if (ends.has(id)) continue;
    const { status, value } = await call(`/v1/videos/${id}`).catch(() => ({ status: 0 }));
    if (status === 200 && (value.status === 'completed' || value.status === 'failed')) ends.set(id, value);
  }
  await sleep(300);
}
assert.equal(accepted.size, jobs, 'every request was answered with a film of its own');
assert.equal(ends.size, jobs, `${jobs - ends.size} films never ended`);
const count = (test) => [...ends.values()].filter(test).length;
const completed = count((v) => v.status === 'completed');
const stopped = count((v) => v.error?.code === 'cancelled');
const failed = count((v) => v.status === 'failed' && v.error.code !== 'cancelled');
assert.equal(failed, 0, JSON.stringify([...ends.values()].find((v) => v.status === 'failed' && v.error.code !== 'cancelled')));
assert.equal(completed + stopped, jobs);
for (const [id, video] of ends) {
  if (video.status !== 'completed') continue;
  const bytes = Buffer.from(await (await fetch(`${base}/v1/videos/${id}/content`, { headers: { Authorization: `Bearer ${key}` } })).arrayBuffer());
  assert.equal(bytes.subarray(4, 8).toString(), 'ftyp', `${id} is no film`);
}
const all = [];
for (let after = ''; ;) {
  const { value } = await call(`/v1/videos?limit=100${after ? `&after=${after}` : ''}`);
  all.push(...value.data.map((v) => v.id));
  if (!value.has_more) break;
  after = value.last_id;
}
assert.equal(all.length, jobs, 'a film that nobody asked for, or one twice');
for (let i = 0; i < 200 && told.size < jobs - cancelled; i += 1) await sleep(100);
for (const [id, events] of told) assert.equal(events.size, 1, `${id} was told as ${[...events.values()]}`);
assert.ok(told.size >= completed, `${told.size} of ${completed} films were told`);
server.kill('SIGTERM');
await new Promise((done) => server.once('exit', done));
receiver.close();
console.log(`${jobs} films: ${completed} completed, ${stopped} cancelled; ${killed} kills, ${restarts} of the server; each told once`);
