import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Progress, Video } from '../api/types';
import { noFilms, reduce, running, search, visible, type Action, type Films } from './films';

const video = (id: string, created_at: number, more: Partial<Video> = {}): Video => ({
  id,
  object: 'video',
  model: 'world-1',
  status: 'queued',
  progress: 0,
  created_at,
  completed_at: null,
  expires_at: null,
  prompt: `film ${id}`,
  size: '1280x720',
  seconds: '4',
  remixed_from_video_id: null,
  error: null,
  ...more,
});
const progress = (id: string, more: Partial<Progress> = {}): Action => ({
  type: 'progress',
  progress: { id, status: 'in_progress', progress: 10, stage: 'rendering', frame: 9, frames: 96, ...more },
});
const page = (videos: Video[], first: boolean, has_more = false): Action => ({
  type: 'page',
  first,
  list: { object: 'list', data: videos, first_id: videos[0]?.id ?? null, last_id: videos[videos.length - 1]?.id ?? null, has_more },
});
const after = (...actions: Action[]): Films => actions.reduce(reduce, noFilms);

test('films are in order of time, each once, however they arrive', () => {
  const films = after(page([video('c', 3), video('b', 2)], true, true), { type: 'video', video: video('d', 4) }, page([video('b', 2), video('a', 1)], false));
  assert.deepEqual(films.order, ['d', 'c', 'b', 'a']);
  assert.equal(films.cursor, 'a');
  assert.equal(films.hasMore, false);
});

test('reading the first page again keeps the place in the list', () => {
  const films = after(page([video('c', 3)], true, true), page([video('b', 2)], false, true), page([video('d', 4), video('c', 3)], true, true));
  assert.equal(films.cursor, 'b');
  assert.deepEqual(films.order, ['d', 'c', 'b']);
});

test('progress moves a film and keeps its newest frame', () => {
  const films = after({ type: 'video', video: video('a', 1) }, { type: 'preview', id: 'a', url: '/p?n=1' }, progress('a'));
  const film = films.byId['a'];
  assert.equal(film?.video.status, 'in_progress');
  assert.deepEqual(film?.live, { stage: 'rendering', frame: 9, frames: 96, preview: '/p?n=1' });
});

test('a new attempt may start again from below', () => {
  const films = after({ type: 'video', video: video('a', 1) }, progress('a', { progress: 80 }), progress('a', { progress: 5 }));
  assert.equal(films.byId['a']?.video.progress, 5);
});

test('what has ended stays ended', () => {
  const end = video('a', 1, { status: 'completed', progress: 100, completed_at: 9 });
  const films = after({ type: 'video', video: end }, progress('a'), { type: 'preview', id: 'a', url: '/p' }, { type: 'video', video: video('a', 1, { status: 'in_progress' }) });
  assert.deepEqual(films.byId['a'], { video: end, live: null, report: null });
  assert.deepEqual(running(films), []);
});

test('progress alone never ends a film: only its video event says how', () => {
  const films = after({ type: 'video', video: video('a', 1) }, progress('a', { status: 'failed' }));
  assert.equal(films.byId['a']?.video.status, 'queued');
});

test('events of unknown films change nothing', () => {
  const films = after(page([], true));
  assert.equal(reduce(films, progress('x')), films);
  assert.equal(reduce(films, { type: 'preview', id: 'x', url: '/p' }), films);
});

test('the report survives the end of the film', () => {
  const report = { understood: ['ball'], replaced: [], left_out: [] };
  const films = after({ type: 'video', video: video('a', 1) }, { type: 'report', id: 'a', report }, { type: 'video', video: video('a', 1, { status: 'completed' }) });
  assert.deepEqual(films.byId['a']?.report, report);
});

test('deleting hides, undoing shows, gone forgets', () => {
  const two = after(page([video('b', 2), video('a', 1)], true), { type: 'hide', id: 'b' });
  const ids = (films: Films) => visible(films).map((film) => film.video.id);
  assert.deepEqual(ids(two), ['a']);
  assert.deepEqual(ids(reduce(two, { type: 'unhide', id: 'b' })), ['b', 'a']);
  const gone = reduce(two, { type: 'gone', id: 'b' });
  assert.equal(gone.byId['b'], undefined);
  assert.equal(gone.hidden.size, 0);
});

test('a search needs every word, in any order and case', () => {
  const films = visible(after(page([video('b', 2, { prompt: 'A Red ball' }), video('a', 1, { prompt: 'A red cat' })], true)));
  const found = (query: string) => search(films, query).map((film) => film.video.id);
  assert.deepEqual(found('BALL red'), ['b']);
  assert.deepEqual(found('red'), ['b', 'a']);
  assert.deepEqual(found('red 1280x720'), ['b', 'a']);
  assert.deepEqual(found('blue'), []);
});
