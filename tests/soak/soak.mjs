// Jobs under fire: films are asked for while workers, the server and the postmaster are killed with
// SIGKILL, the disk is full, the clock jumps, and clients are slow, cut off or gone. In the end every
// accepted film has ended once, was told once, and lies on the disk, where nothing else lies.
//   node soak.mjs AOZORA DIR JOBS KILLS [DATABASE-URL]
// SOAK_SMALL_DISK: DIR/data is a small file system that may be filled. SOAK_POSTMASTER: the file with
// the pid to kill; SOAK_RESUME: the shell command that starts it again.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';
import net from 'node:net';
import { basename, join } from 'node:path';

const [aozora, dir, jobsText, killsText, database] = process.argv.slice(2);
const jobs = Number(jobsText), kills = Number(killsText);
const { SOAK_SMALL_DISK: smallDisk, SOAK_POSTMASTER: postmaster, SOAK_RESUME: resume } = process.env;
const key = 'sk-soak';
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
// The same trouble in every run: a small generator of its own.
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
writeFileSync(config, `[server]\nlisten = "127.0.0.1:${port}"\n[data]\nlow_disk_bytes = 0\n`
  + '[workers]\ncount = 3\nthreads = 1\nlease_s = 4\nmax_deaths = 50\n'
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
    { env: { ...process.env, AOZORA_API_KEY: key, TMPDIR: `${dir}/tmp` }, stdio: ['ignore', 'ignore', 'pipe'] });
  writeFileSync(`${dir}/server.pid`, String(server.pid));
  server.stderr.on('data', (d) => writeFileSync(`${dir}/server.log`, d, { flag: 'a' }));
  const child = server;
  for (let i = 0; i < 400; i += 1) {
    try { if ((await fetch(`${base}/readyz`, { signal: AbortSignal.timeout(2000) })).ok) return true; } catch { /* not yet */ }
    if (child.exitCode !== null) return false;
    await sleep(50);
  }
  throw new Error('the server is not ready after 20 s');
};
const end = async (signal) => {
  if (server.exitCode !== null || server.signalCode !== null) return;  // it ended by itself
  const gone = new Promise((done) => server.once('exit', done));
  server.kill(signal);
  await gone;
};
// What cannot start while the disk is full starts when there is room again.
const restart = async () => {
  for (let i = 0; i < 100; i += 1) {
    if (await start()) return;
    assert.ok(filled || down || Date.now() - emptied < 5000, 'the server ended at its start');
    await sleep(200);
  }
  throw new Error('the server does not start again');
};
// Rows of the database, as lists of texts, past the server.
const sql = (text) => {
  const run = database
    ? spawnSync('psql', ['-X', '-A', '-t', '-F', '\t', '-c', text, database], { encoding: 'utf8' })
    : spawnSync('python3', ['-c', 'import sqlite3, sys\ndb = sqlite3.connect(sys.argv[1], timeout=20, isolation_level=None)\n'
      + 'for row in db.execute(sys.argv[2]): print("\\t".join(map(str, row)))', `${dir}/data/aozora.db`, text], { encoding: 'utf8' });
  return { ok: run.status === 0, rows: run.stdout.split('\n').filter(Boolean).map((line) => line.split('\t')), why: run.stderr };
};
const number = (text) => {
  const { ok, rows, why } = sql(text);
  assert.ok(ok, why);
  return Number(rows[0][0]);
};

let filled = false, down = false, stop = false, emptied = 0;
const done = { kills: 0, servers: 0, postmasters: 0, full: 0, jumps: 0, slow: 0, halves: 0, drops: 0 };
assert.ok(await start(), 'the server ended at its start');

const accepted = new Set();
let asked = 0, cancelled = 0;
const bodyOf = () => JSON.stringify({ prompt: 'A ball is dropped.', size: '64x36', seconds: 0.25, quality: 'draft' });
// A whole request whose sender is gone before the answer: the next one with its key gets that film.
const drop = (idempotency) => new Promise((over) => {
  const body = bodyOf();
  const socket = net.connect(port, '127.0.0.1', () => socket.write(`POST /v1/videos HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${key}\r\n`
    + `Idempotency-Key: ${idempotency}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  () => { done.drops += 1; socket.destroy(); }));
  socket.on('close', over).on('error', over);
});
const ask = async () => {
  while (asked < jobs) {
    // Not far ahead of the workers, so that trouble meets films in every state until the end.
    if (accepted.size - cancelled - told.size > 60) { await sleep(50); continue; }
    asked += 1;
    const mine = asked;
    const options = { method: 'POST', headers: { 'Idempotency-Key': `soak-${mine}` }, body: bodyOf() };
    if (mine % 10 === 0) await drop(`soak-${mine}`);
    // As an SDK does: again until there is an answer; the key makes it one film.
    for (;;) {
      try {
        const { status, value } = await call('/v1/videos', options);
        if (status === 200) {
          accepted.add(value.id);
          if (mine % 17 === 0 && (await call(`/v1/videos/${value.id}/cancel`, { method: 'POST', body: '' })).status === 200) cancelled += 1;
          break;
        }
        assert.ok(status >= 500, `${status} ${JSON.stringify(value)}`);
      } catch (error) { if (error.code === 'ERR_ASSERTION') throw error; }
      await sleep(100);
    }
    await sleep(20);
  }
};

const killPostmaster = async () => {
  const pid = Number(readFileSync(postmaster, 'utf8').split('\n')[0]);
  down = true;
  process.kill(pid, 'SIGKILL');
  await sleep(100 + random() * 500);
  const run = await new Promise((over) => spawn('bash', ['-c', resume], { stdio: ['ignore', 'inherit', 'inherit'] }).once('exit', over));
  assert.equal(run, 0, 'PostgreSQL does not come back');
  down = false;
  done.postmasters += 1;
};
const kill = async () => {
  while (!stop && done.kills < kills) {
    await sleep(200 + random() * 900);
    if (done.kills * jobs > kills * (told.size + cancelled + 20)) continue;
    const die = random();
    if (die < 0.25) {
      await end('SIGKILL');
      done.kills += 1;
      done.servers += 1;
      await restart();
    } else if (postmaster && die < 0.35) {
      await killPostmaster();
      done.kills += 1;
    } else {
      const file = `${dir}/data/workers.pid`;
      const pids = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').map((l) => Number(l.split(' ')[0])).filter(Boolean) : [];
      if (pids.length === 0) continue;
      try { process.kill(pids[Math.floor(random() * pids.length)], 'SIGKILL'); done.kills += 1; } catch { /* gone already */ }
    }
  }
};

// All room is taken for a moment, and what others give back meanwhile too.
const fillDisk = async () => {
  const path = `${dir}/data/filler`;
  filled = true;
  const fd = openSync(path, 'w');
  try {
    const room = Date.now() + 500 + random() * 1000;
    while (Date.now() < room) {
      for (const size of [1 << 20, 4096]) {
        const block = Buffer.alloc(size);
        try { for (;;) writeSync(fd, block); } catch (error) { assert.equal(error.code, 'ENOSPC'); }
      }
      await sleep(50);
    }
  } finally {
    closeSync(fd);
    rmSync(path);
    filled = false;
    emptied = Date.now();
  }
  done.full += 1;
};
// The clock goes ahead or back by an hour: every stored time is that much older or younger.
const jumpClock = () => {
  const by = random() < 0.5 ? 3_600_000 : -3_600_000;
  const moved = sql(`UPDATE jobs SET lease_until_ms = lease_until_ms - (${by}), `
    + `not_before_ms = CASE WHEN not_before_ms > 0 THEN not_before_ms - (${by}) ELSE not_before_ms END WHERE finished_ms = 0`);
  if (moved.ok) done.jumps += 1;
};
const hanging = new Set();
const connect = (bytes) => {
  const socket = net.connect(port, '127.0.0.1', () => socket.write(bytes));
  socket.on('error', () => {}).on('close', () => hanging.delete(socket));
  hanging.add(socket);
  return socket;
};
// Never finishes its request, or never reads its answer.
const beSlow = () => {
  const some = [...accepted].at(-1) ?? 'none';
  const target = random() < 0.5 ? `/v1/videos/${some}/events` : '/v1/videos?limit=100';
  const whole = `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${key}\r\n\r\n`;
  if (random() < 0.5) connect(whole.slice(0, 10 + Math.floor(random() * 60)));
  else connect(whole.repeat(8)).pause();
  done.slow += 1;
  if (hanging.size > 40) [...hanging][0].destroy();
};
// A picture of which half arrives.
const uploadHalf = () => {
  const head = '--b\r\nContent-Disposition: form-data; name="input_reference"; filename="a.png"\r\n\r\n';
  const socket = connect(`POST /v1/videos HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${key}\r\n`
    + `Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 400000\r\n\r\n${head}`);
  socket.write(Buffer.alloc(200_000, 'x'));
  setTimeout(() => socket.destroy(), 50 + random() * 500);
  done.halves += 1;
};
const trouble = async () => {
  while (!stop) {
    await sleep(150 + random() * 250);
    const die = random();
    if (smallDisk && die < 0.07) await fillDisk();
    else if (die < 0.14) jumpClock();
    else if (die < 0.5) beSlow();
    else if (die < 0.75) uploadHalf();
  }
};
const troubles = trouble();
await Promise.all([ask(), kill()]);
stop = true;
await troubles;
for (const socket of hanging) socket.destroy();

const ends = new Map();
const patience = 180_000;
let until = Date.now() + patience;
while (ends.size < accepted.size && Date.now() < until) {
  for (const id of accepted) {
    if (ends.has(id)) continue;
    const { status, value } = await call(`/v1/videos/${id}`).catch(() => ({ status: 0 }));
    if (status === 200 && (value.status === 'completed' || value.status === 'failed')) {
      ends.set(id, value);
      until = Date.now() + patience;
    }
  }
  await sleep(300);
}
assert.equal(accepted.size, jobs, 'every request was answered with a film of its own');
if (ends.size < jobs) {
  for (const id of accepted) {
    if (!ends.has(id)) console.log(sql(`SELECT v.id, v.status, j.* FROM videos v LEFT JOIN jobs j ON j.id = v.seq WHERE v.id = '${id}'`).rows.join('\n'));
  }
}
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
// A sender that is killed after it took a delivery leaves it to the next try, and who then meets a
// database that restarts waits for five minutes (the schedule of Standard Webhooks).
for (let i = 0; i < 4000 && told.size < jobs - cancelled; i += 1) await sleep(100);
for (const [id, events] of told) assert.equal(events.size, 1, `${id} was told as ${[...events.values()]}`);
assert.ok(told.size >= completed, `${told.size} of ${completed} films were told`);

// The history: what the database and the disk say after the last process has gone.
const filesIn = (folder) => (existsSync(folder)
  ? readdirSync(folder, { recursive: true }).map(String).filter((f) => statSync(join(folder, f)).isFile()) : []);
const orphans = () => {
  const { ok, rows, why } = sql('SELECT DISTINCT blob FROM blob_refs');
  assert.ok(ok, why);
  const referred = new Set(rows.map((row) => row[0]));
  const files = filesIn(`${dir}/data/blobs`);
  const there = new Set(files.map((f) => basename(f)));
  for (const sha of referred) assert.ok(there.has(sha), `blob ${sha} is referred to and not there`);
  return files.filter((f) => !referred.has(basename(f)));
};
await end('SIGTERM');
assert.equal(number("SELECT COUNT(*) FROM jobs WHERE state IN ('queued', 'leased')"), 0, 'jobs that have not ended');
assert.equal(number(`SELECT COUNT(*) FROM jobs WHERE state = 'completed'`), completed);
assert.equal(number("SELECT COUNT(*) FROM blob_refs WHERE owner LIKE 'job:%'"), 0, 'inputs or parts of ended jobs');
assert.equal(number("SELECT COUNT(*) FROM blob_refs r WHERE r.owner LIKE 'video:%' AND NOT EXISTS "
  + "(SELECT 1 FROM videos v WHERE 'video:' || v.id = r.owner AND v.status = 'completed')"), 0, 'content of no film');
const attempts = number('SELECT SUM(attempt) FROM jobs');
// What was put and never published is swept after an hour; two hours later nothing of it is left.
const before = orphans().length;
const old = Date.now() / 1000 - 7200 - 86400;
for (const file of filesIn(`${dir}/data/blobs`)) utimesSync(join(`${dir}/data/blobs`, file), old, old);
await start();
for (let i = 0; i < 100 && orphans().length > 0; i += 1) await sleep(200);
await end('SIGTERM');
assert.deepEqual(orphans(), [], 'orphans that are not swept');
assert.deepEqual(filesIn(`${dir}/tmp`), [], 'files of workers that are gone');
const known = /^(aozora\.db(-wal|-shm)?|lock|node|worker\.token|work\/\d+\/aozora-work-\w+\/lock|worker\.sock|workers\.pid|blobs\/[0-9a-f]{2}\/[0-9a-f]{2}\/[0-9a-f]{64})$/;
assert.deepEqual(filesIn(`${dir}/data`).filter((f) => !known.test(f)), [], 'files that nobody knows');
receiver.close();
console.log(`${jobs} films: ${completed} completed, ${stopped} cancelled, ${attempts} attempts; ${done.kills} kills, ${done.servers} of the server`
  + `${postmaster ? `, ${done.postmasters} of the postmaster` : ''}; ${smallDisk ? `disk full ${done.full} times, ` : ''}${done.jumps} clock jumps, `
  + `${done.slow} slow clients, ${done.halves} half uploads, ${done.drops} dropped connections; each told once, ${before} orphans swept, none left`);
