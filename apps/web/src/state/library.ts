// The films of this server in this page: loads them, follows those that are being made, and carries
// out what the user does to them.
import * as api from '../api/client';
import { listen } from '../api/events';
import { isDone, type Video } from '../api/types';
import { createStore } from '../lib/store';
import { type Action, noFilms, reduce, running } from './films';
import { gate, knock, lost, onBack } from './session';

// A browser opens six connections to a host over HTTP/1.1; pictures and calls need some of them.
const MOST_STREAMS = 3;
const POLL_MS = 4000;

export const films = createStore(noFilms);
const dispatch = (action: Action): void => films.set(reduce(films.get(), action));

// The films of the last "Create": shown large until put away.
export interface Stage {
  ids: readonly string[];
  shown: string;
  begun: number; // how many times the user has begun something: the page moves there each time
}
export const stage = createStore<Stage | null>(null);
let beginnings = 0;

export function show(ids: readonly string[], shown = ids[0]): void {
  if (shown) stage.set({ ids, shown, begun: beginnings });
}

// --- loading

let loading: Promise<void> | null = null;

function load(first: boolean): Promise<void> {
  loading ??= (async () => {
    try {
      const list = await api.list(first ? null : films.get().cursor);
      dispatch({ type: 'page', list, first });
    } finally {
      loading = null;
    }
  })();
  return loading;
}

export const loadMore = (): Promise<void> => (films.get().hasMore ? load(false) : Promise.resolve());

// Why the first page is not here; null when it is, or is on its way.
export const startError = createStore<unknown>(null);

// Called once the user is in; again after another login.
export async function start(): Promise<void> {
  startError.set(null);
  try {
    await load(true);
  } catch (error) {
    return startError.set(error);
  }
  const now = running(films.get());
  if (now.length > 0 && !stage.get()) show([now[0]!.video.id]); // what was going on before a reload
}

export async function find(id: string): Promise<void> {
  if (!films.get().byId[id]) dispatch({ type: 'video', video: await api.retrieve(id) });
}

// --- following

const streams = new Map<string, () => void>();
const polled = new Set<string>(); // streams that the server refused

function open(id: string): void {
  const stop = listen(id, {
    video: (video) => dispatch({ type: 'video', video }),
    progress: (progress) => dispatch({ type: 'progress', progress }),
    preview: (url) => dispatch({ type: 'preview', id, url }),
    report: (report) => dispatch({ type: 'report', id, report }),
    broken: (final) => {
      if (final) {
        close(id);
        polled.add(id);
      }
      if (lost.get() === null) void knock(); // is it the stream or the server?
    },
  });
  streams.set(id, stop);
}

function close(id: string): void {
  streams.get(id)?.();
  streams.delete(id);
}

// The films on stage first, then the newest.
function follow(): void {
  const front = stage.get()?.shown;
  const wanted = running(films.get())
    .map((film) => film.video.id)
    .sort((a, b) => Number(b === front) - Number(a === front))
    .filter((id) => !polled.has(id))
    .slice(0, MOST_STREAMS);
  for (const id of [...streams.keys()]) if (!wanted.includes(id)) close(id);
  for (const id of wanted) if (!streams.has(id)) open(id);
}

films.subscribe(follow);
stage.subscribe(follow);

async function look(id: string): Promise<void> {
  try {
    dispatch({ type: 'video', video: await api.retrieve(id) });
  } catch (error) {
    if (error instanceof api.ApiError && error.status === 404) dispatch({ type: 'gone', id });
  }
}

setInterval(() => {
  if (lost.get() !== null || document.hidden) return;
  for (const { video } of running(films.get())) if (!streams.has(video.id)) void look(video.id);
}, POLL_MS);

onBack(() => {
  polled.clear();
  for (const id of [...streams.keys()]) close(id);
  for (const { video } of running(films.get())) void look(video.id);
  if (films.get().loaded) void load(true).catch(() => {});
  else void start();
  follow();
});

// Another user may come in next.
gate.subscribe(() => {
  if (gate.get().is !== 'out') return;
  stage.set(null);
  films.set(noFilms);
});

// --- doing

function begun(video: Video, ids: readonly string[] = [video.id]): void {
  dispatch({ type: 'video', video });
  beginnings += 1;
  show(ids, video.id);
  for (const id of ids) if (id !== video.id) void look(id);
}

export async function create(form: FormData): Promise<void> {
  const { video, ids } = await api.create(form);
  begun(video, ids);
}

export const remix = async (id: string, prompt: string): Promise<void> => begun(await api.remix(id, prompt));
export const extend = async (id: string, prompt: string, seconds: string): Promise<void> =>
  begun(await api.extend(id, prompt, seconds));
export const loop = async (id: string, strength: number): Promise<void> => begun(await api.loop(id, strength));
export const cancel = async (id: string): Promise<void> =>
  dispatch({ type: 'video', video: await api.cancel(id) });

export async function loadReport(id: string): Promise<void> {
  const film = films.get().byId[id];
  if (film && !film.report && isDone(film.video)) dispatch({ type: 'report', id, report: await api.report(id) });
}

// --- deleting: hidden at once, deleted when it can no longer be undone

const UNDO_MS = 7000;
const doomed = new Map<string, ReturnType<typeof setTimeout>>();

export function remove(id: string, failed: (error: unknown) => void): void {
  dispatch({ type: 'hide', id });
  const now = stage.get();
  if (now?.ids.includes(id)) {
    const rest = now.ids.filter((other) => other !== id);
    if (rest.length === 0) stage.set(null);
    else show(rest, now.shown === id ? rest[0] : now.shown);
  }
  doomed.set(
    id,
    setTimeout(() => {
      doomed.delete(id);
      api.remove(id).then(
        () => dispatch({ type: 'gone', id }),
        (error: unknown) => {
          if (error instanceof api.ApiError && error.status === 404) return dispatch({ type: 'gone', id });
          dispatch({ type: 'unhide', id });
          failed(error);
        },
      );
    }, UNDO_MS),
  );
}

export function undoRemove(id: string): void {
  clearTimeout(doomed.get(id));
  if (doomed.delete(id)) dispatch({ type: 'unhide', id });
}

// Whoever closes the page meant it.
addEventListener('pagehide', () => {
  for (const [id, timer] of doomed) {
    clearTimeout(timer);
    void api.remove(id, true).catch(() => {});
  }
  doomed.clear();
});
