// A stand-in for the server while the page is developed and tested: serves dist/ and plays the API
// from memory. node dev/mock.mjs [--port N] [--key KEY] [--films DIR] [--past N]
//   --films: mp4 files that finished films show; pictures are cut from them with ffmpeg
//   --key:   login is needed; without it the server is open
//   --past:  how many finished films there are at the start
// Words in a prompt steer it: "blocked", "fail", "busy" (429), "forever" (never ends).
// POST /mock/down?ms=N breaks every connection for a while.
import { spawnSync } from 'node:child_process';
import { createReadStream, existsSync, mkdtempSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const port = Number(option('port', '8080'));
const key = option('key', '');
const past = Number(option('past', '0'));
const dist = fileURLToPath(new URL('../dist', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'aozora-mock-'));

// --- films to show

const ffmpeg = (...args) => spawnSync('ffmpeg', ['-loglevel', 'error', '-y', ...args]).status === 0;
const sizeOf = (path) => {
  const { stdout } = spawnSync('ffprobe', ['-v', 'error', '-select_streams', 'v', '-show_entries', 'stream=width,height:format=duration', '-of', 'csv=p=0', path], { encoding: 'utf8' });
  const [width, height, seconds] = (stdout ?? '').split(/[,\s]+/).map(Number);
  return { size: `${width}x${height}`, seconds: String(Math.round(seconds)) };
};

function cut(path, i) {
  const film = { video: path, thumbnail: join(work, `${i}.webp`), spritesheet: join(work, `${i}.jpg`), previews: [], ...sizeOf(path) };
  ffmpeg('-ss', '0.8', '-i', path, '-frames:v', '1', '-vf', 'scale=480:-2', film.thumbnail);
  ffmpeg('-i', path, '-frames:v', '1', '-vf', `fps=25/${film.seconds},scale=160:-2,tile=5x5`, film.spritesheet);
  ffmpeg('-i', path, '-vf', 'fps=6,scale=480:-2', join(work, `${i}-%03d.jpg`));
  film.previews = readdirSync(work).filter((name) => name.startsWith(`${i}-`)).sort().map((name) => join(work, name));
  return film;
}

const folder = option('films', '');
let sources = folder ? readdirSync(folder).filter((name) => name.endsWith('.mp4')).sort().map((name) => resolve(folder, name)) : [];
if (sources.length === 0) {
  const made = join(work, 'test.mp4');
  if (ffmpeg('-f', 'lavfi', '-i', 'testsrc=size=320x180:rate=24:duration=2', '-pix_fmt', 'yuv420p', made)) sources = [made];
}
const reels = sources.map(cut);
const PAST = [
  'A dog made of glass rolls down the stairs.', 'Dominoes fall in a spiral on a wooden table, close-up, slow motion.',
  'A glass vase falls off a shelf and shatters on a tiled kitchen floor, film noir.', 'A basketball player misses a shot and the ball rebounds off the backboard.',
  'A tower of wooden blocks collapses when a clay cat jumps into it, claymation.', 'A steel ball is dropped from 2 metres onto a concrete floor.',
];
// A film whose file is named after a prompt's words shows it: glassdog.mp4, dominoes.mp4, …
const order = ['glassdog', 'dominoes', 'vase', 'basket', 'claycat', 'steel'];
const reelOf = (i) => (i < 0 ? -1 : sources.findIndex((path) => path.includes(order[i])));
const reelFor = (size, prompt) => {
  const same = reelOf(PAST.indexOf(prompt));
  if (same >= 0) return same;
  const ratio = (text) => { const [w, h] = text.split('x').map(Number); return w / h; };
  return [...reels.keys()].sort((a, b) => Math.abs(ratio(reels[a].size) - ratio(size)) - Math.abs(ratio(reels[b].size) - ratio(size)))[0] ?? 0;
};

// --- jobs

const videos = new Map(); // id -> {video, reel, report, last: {progress, preview}, watchers}
const now_s = () => Math.floor(Date.now() / 1000);
let serial = 0;

function add({ prompt, size, seconds, model = 'world-1', parent = null, at = now_s(), reel = reelFor(size, prompt) }) {
  const id = `video_${(++serial).toString(16).padStart(8, '0')}${Math.random().toString(16).slice(2, 10)}`;
  const video = {
    id, object: 'video', model, status: 'queued', progress: 0, created_at: at, completed_at: null, expires_at: null,
    prompt, size, seconds: String(seconds), remixed_from_video_id: parent, error: null,
  };
  const words = (prompt.match(/[A-Za-z-]{3,}/g) ?? []).filter((word) => !/^(the|and|when|into|onto|off|from|made|down|that)$/i.test(word));
  const report = {
    understood: words.slice(0, 7).map((word) => word.toLowerCase()),
    replaced: /unicorn/i.test(prompt) ? [{ asked: 'unicorn', used: 'horse', why: 'no unicorn is known; a horse is the nearest animal' }] : [],
    left_out: /smell/i.test(prompt) ? ['smell'] : [],
  };
  const job = { video, reel, report, last: {}, watchers: new Set() };
  videos.set(id, job);
  return job;
}

const send = (job, event, data) => {
  for (const watcher of job.watchers) watcher.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
};
const done = (job) => job.video.status === 'completed' || job.video.status === 'failed';

function end(job, status, error = null) {
  Object.assign(job.video, { status, error, completed_at: now_s() });
  if (status === 'completed') job.video.progress = 100;
  if (status === 'completed') send(job, 'report', job.report);
  send(job, 'video', job.video);
  for (const watcher of job.watchers) watcher.end();
  job.watchers.clear();
}

const STEP_MS = Number(option('step', '120'));
const wait = (ms) => new Promise((wake) => setTimeout(wake, ms));

async function make(job) {
  const { video } = job;
  const prompt = video.prompt.toLowerCase();
  const frames = Math.round(24 * Number(video.seconds));
  await wait(5 * STEP_MS);
  if (done(job)) return;
  video.status = 'in_progress';
  send(job, 'video', video);
  const tell = async (stage, progress, frame = 0) => {
    if (done(job)) return;
    video.progress = progress;
    job.last.progress = { id: video.id, status: video.status, progress, stage, frame, frames };
    send(job, 'progress', job.last.progress);
    await wait(STEP_MS);
  };
  await tell('staging', 1);
  if (prompt.includes('blocked')) return end(job, 'failed', { code: 'moderation_blocked', message: 'Your request was blocked by our moderation system.' });
  for (let i = 0; i < 4; i++) await tell('rehearsing', 2 + 3 * i);
  if (prompt.includes('fail')) return end(job, 'failed', { code: 'generation_failed', message: 'The scene could not be staged: the shelf has no wall.' });
  send(job, 'report', job.report);
  job.reported = true;
  await tell('listening', 14);
  for (let i = 1; i <= 20 && !done(job); i++) {
    const previews = reels[job.reel]?.previews ?? [];
    if (previews.length > 0) {
      job.n = Math.floor((i / 21) * previews.length);
      job.last.preview = { url: `/v1/videos/${video.id}/preview?n=${job.n}` };
      send(job, 'preview', job.last.preview);
    }
    await tell('rendering', 14 + Math.round(4.2 * i), Math.round((frames * i) / 20));
    if (prompt.includes('forever') && i === 9) return;
  }
  if (!done(job)) end(job, 'completed');
}

const begin = (what) => {
  const job = add(what);
  void make(job);
  return job.video;
};

for (let i = past - 1; i >= 0; i--) {
  const at = reelOf(i % PAST.length);
  const reel = at < 0 ? i % Math.max(1, reels.length) : at;
  const job = add({ prompt: PAST[i % PAST.length], size: reels[reel]?.size ?? '320x180', seconds: reels[reel]?.seconds ?? '2', at: now_s() - 600 * (i + 1), reel });
  Object.assign(job.video, { status: 'completed', progress: 100, completed_at: now_s() - 600 * i });
}

// --- http

class Refused {
  constructor(status, message, code = null, param = null, headers = {}) {
    Object.assign(this, { status, headers, body: { error: { message, type: status < 500 ? 'invalid_request_error' : 'server_error', param, code } } });
  }
}

async function bodyOf(request) {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces);
}

const jsonOf = async (request) => {
  try {
    return JSON.parse(String(await bodyOf(request)));
  } catch {
    throw new Refused(400, 'The body is not JSON.');
  }
};

async function formOf(request) {
  const boundary = /boundary=([^;]+)/.exec(request.headers['content-type'] ?? '')?.[1];
  if (!boundary) return jsonOf(request);
  const fields = {};
  for (const part of (await bodyOf(request)).toString('latin1').split(`--${boundary}`)) {
    const [, head, value] = /^\r\n([^]*?)\r\n\r\n([^]*)\r\n$/.exec(part) ?? [];
    const name = /name="([^"]*)"/.exec(head ?? '')?.[1];
    if (name) fields[name] = /filename="/.test(head) ? { bytes: value.length } : Buffer.from(value, 'latin1').toString('utf8');
  }
  return fields;
}

const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.mp4': 'video/mp4', '.webp': 'image/webp', '.jpg': 'image/jpeg' };

function sendFile(request, response, path) {
  if (!existsSync(path) || !statSync(path).isFile()) throw new Refused(404, 'There is no such file.');
  const size = statSync(path).size;
  const headers = { 'Content-Type': types[extname(path)] ?? 'application/octet-stream', 'Accept-Ranges': 'bytes' };
  if (extname(path) === '.html')
    headers['Content-Security-Policy'] = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  const first = range ? Number(range[1]) : 0;
  const last = range?.[2] ? Math.min(size - 1, Number(range[2])) : size - 1;
  if (range) headers['Content-Range'] = `bytes ${first}-${last}/${size}`;
  headers['Content-Length'] = Math.max(0, last - first + 1);
  response.writeHead(range ? 206 : 200, headers);
  createReadStream(path, { start: first, end: Math.max(first, last) }).pipe(response);
}

const inside = (request) => !key || (request.headers.cookie ?? '').includes('aozora=in') || request.headers.authorization === `Bearer ${key}`;
const cookie = 'aozora=in; HttpOnly; SameSite=Lax; Path=/';

async function answer(request, response) {
  const url = new URL(request.url, 'http://mock');
  const path = decodeURIComponent(url.pathname);
  const method = request.method;
  const json = (status, body, headers = {}) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
  const empty = (headers = {}) => response.writeHead(204, headers).end();

  if (path === '/login') return response.writeHead(303, { Location: '/', 'Set-Cookie': cookie }).end();
  if (path === '/api/session' && method === 'POST') {
    const { key: said } = await jsonOf(request);
    if (said !== key) throw new Refused(401, 'Incorrect API key provided.', 'invalid_api_key');
    return empty({ 'Set-Cookie': cookie });
  }
  if (path === '/api/session' && method === 'DELETE') return empty({ 'Set-Cookie': 'aozora=; Max-Age=0; Path=/' });
  if (/^\/(v1|api|media)\//.test(path) && !inside(request)) throw new Refused(401, 'You are not logged in.', 'invalid_api_key');
  if (path === '/api/session')
    return json(200, {
      project: { id: 'proj_1', name: 'My films' }, open: !key, base_url: `http://127.0.0.1:${server.address().port}/v1`,
      models: [{ id: 'world-1', name: 'World', sizes: ['1280x720', '720x1280', '720x720'], most_seconds: 60, qualities: ['draft', 'standard', 'final'], styles: ['realistic', 'clay', 'anime', 'noir'] }],
      limits: { most_seconds: 3600, most_upload_bytes: 20 << 20 },
    });

  if (path === '/v1/videos' && method === 'POST') {
    const { prompt, size = '720x1280', seconds = '4', variations = '1', model } = await formOf(request);
    if (!prompt) throw new Refused(400, 'The prompt is missing.', null, 'prompt');
    if (/\bbusy\b/.test(prompt)) throw new Refused(429, 'Too many films are waiting.', 'rate_limit_exceeded', null, { 'Retry-After': '20' });
    const made = Array.from({ length: Math.min(4, Number(variations)) }, () => begin({ prompt, size, seconds, model }));
    return json(200, made[0], made.length > 1 ? { 'x-aozora-variations': made.map((video) => video.id).join(',') } : {});
  }
  if (path === '/v1/videos') {
    const all = [...videos.values()].map((job) => job.video).sort((a, b) => b.created_at - a.created_at || (a.id < b.id ? 1 : -1));
    const after = url.searchParams.get('after');
    const from = after ? all.findIndex((video) => video.id === after) + 1 : 0;
    const limit = Number(url.searchParams.get('limit') ?? 20);
    const data = all.slice(from, from + limit);
    return json(200, { object: 'list', data, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null, has_more: from + limit < all.length });
  }
  if (path === '/v1/videos/extensions') {
    const { video, prompt, seconds } = await jsonOf(request);
    const job = videos.get(video?.id);
    if (!job) throw new Refused(404, `Video with id '${video?.id}' not found.`);
    return json(200, begin({ prompt, size: job.video.size, seconds: Number(job.video.seconds) + Number(seconds), parent: job.video.id, reel: job.reel }));
  }

  const [, kind, id, what] = /^\/(v1|api)\/videos\/([\w-]+)(?:\/(\w+))?$/.exec(path) ?? [];
  if (id) {
    const job = videos.get(id);
    if (!job) throw new Refused(404, `Video with id '${id}' not found.`);
    const { video } = job;
    if (kind === 'api' && what === 'media') {
      if (video.status !== 'completed') throw new Refused(404, 'The film is not finished yet.');
      const signed = (name) => `/media/${id}/${name}?until=${now_s() + 600}&sig=x`;
      return json(200, { video: signed('video'), thumbnail: signed('thumbnail'), spritesheet: signed('spritesheet'), expires_at: now_s() + 600 });
    }
    if (!what && method === 'DELETE') {
      videos.delete(id);
      return json(200, { id, object: 'video.deleted', deleted: true });
    }
    if (!what) return json(200, video);
    if (what === 'cancel') {
      end(job, 'failed', { code: 'cancelled', message: 'The film was cancelled.' });
      return json(200, video);
    }
    if (what === 'remix') {
      const { prompt } = await jsonOf(request);
      return json(200, begin({ prompt, size: video.size, seconds: video.seconds, parent: id, reel: job.reel }));
    }
    if (what === 'loop') return json(200, begin({ prompt: video.prompt, size: video.size, seconds: video.seconds, parent: id, reel: job.reel }));
    if (what === 'report') return json(200, job.report);
    if (what === 'content') return sendFile(request, response, reels[job.reel].video);
    if (what === 'preview') return sendFile(request, response, reels[job.reel].previews[Number(url.searchParams.get('n'))] ?? '');
    if (['record', 'shots'].includes(what)) return json(200, { schema: `aozora-${what}/1` });
    if (what === 'screenplay') return response.writeHead(200, { 'Content-Type': 'text/plain' }).end('EXT. FIELD - DAY\n');
    if (what === 'events') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
      const say = (event, data) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
      say('video', video);
      if (done(job)) return response.end();
      if (job.last.progress) say('progress', job.last.progress);
      if (job.last.preview) say('preview', job.last.preview);
      if (job.reported) say('report', job.report);
      job.watchers.add(response);
      request.on('close', () => job.watchers.delete(response));
      return;
    }
  }
  const [, of, file] = /^\/media\/([\w-]+)\/(video|thumbnail|spritesheet)$/.exec(path) ?? [];
  if (of && videos.has(of)) return sendFile(request, response, reels[videos.get(of).reel]?.[file] ?? '');
  if (method === 'GET' && !/^\/(v1|api|media)\//.test(path)) return sendFile(request, response, join(dist, normalize(path === '/' ? '/index.html' : path)));
  throw new Refused(404, 'There is nothing here.');
}

let down = false;
const sockets = new Set();
const server = createServer((request, response) => {
  if (down) return request.socket.destroy();
  if (request.url.startsWith('/mock/down')) {
    response.end();
    down = true;
    setTimeout(() => sockets.forEach((socket) => socket.destroy()), 20);
    setTimeout(() => (down = false), Number(new URL(request.url, 'http://mock').searchParams.get('ms') ?? 3000));
    return;
  }
  answer(request, response).catch((error) => {
    if (!(error instanceof Refused)) console.error(error);
    const { status, body, headers } = error instanceof Refused ? error : new Refused(500, 'The mock failed.');
    if (!response.headersSent) response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  });
});
server.on('connection', (socket) => {
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket));
});
server.listen(port, '127.0.0.1', () => console.log(`mock on http://127.0.0.1:${server.address().port}`));
