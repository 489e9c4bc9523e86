// All films the page knows, and what each event does to them. Pure: the network is elsewhere.
import { isDone, type Progress, type Report, type Video, type VideoList } from '../api/types';

export interface Live {
  stage: string;
  frame: number;
  frames: number;
  preview: string | null; // address of the newest frame
}

export interface Film {
  video: Video;
  live: Live | null;
  report: Report | null;
}

export interface Films {
  byId: Readonly<Record<string, Film>>;
  order: readonly string[]; // newest first
  hidden: ReadonlySet<string>; // deleted, but can still be undone
  cursor: string | null; // the next page starts after this one
  hasMore: boolean;
  loaded: boolean; // the first page is here
}

export const noFilms: Films = {
  byId: {},
  order: [],
  hidden: new Set(),
  cursor: null,
  hasMore: true,
  loaded: false,
};

export type Action =
  | { type: 'page'; list: VideoList; first: boolean }
  | { type: 'video'; video: Video }
  | { type: 'progress'; progress: Progress }
  | { type: 'preview'; id: string; url: string }
  | { type: 'report'; id: string; report: Report }
  | { type: 'hide'; id: string }
  | { type: 'unhide'; id: string }
  | { type: 'gone'; id: string };

const noLive: Live = { stage: '', frame: 0, frames: 0, preview: null };

function change(films: Films, id: string, edit: (film: Film) => Film): Films {
  const film = films.byId[id];
  if (!film) return films;
  const edited = edit(film);
  return edited === film ? films : { ...films, byId: { ...films.byId, [id]: edited } };
}

// Newer films first; equal times by id, so that the order never depends on who answered first.
function sorted(byId: Films['byId'], ids: Iterable<string>): string[] {
  const made = (id: string): number => byId[id]?.video.created_at ?? 0;
  return [...new Set(ids)].sort((a, b) => made(b) - made(a) || (a < b ? 1 : -1));
}

function put(films: Films, videos: readonly Video[]): Films {
  const byId: Record<string, Film> = { ...films.byId };
  for (const video of videos) {
    const old = byId[video.id];
    // Answers overtake one another: what has ended stays ended.
    if (old && isDone(old.video) && !isDone(video)) continue;
    byId[video.id] = {
      video,
      live: isDone(video) ? null : (old?.live ?? null),
      report: old?.report ?? null,
    };
  }
  return { ...films, byId, order: sorted(byId, [...films.order, ...videos.map((v) => v.id)]) };
}

export function reduce(films: Films, action: Action): Films {
  switch (action.type) {
    case 'page': {
      const { list, first } = action;
      const next = put(films, list.data);
      // A first page that is read again (after a lost connection) must not move the cursor back up.
      if (first && films.loaded) return next;
      return { ...next, cursor: list.last_id ?? films.cursor, hasMore: list.has_more, loaded: true };
    }
    case 'video':
      return put(films, [action.video]);
    case 'progress': {
      const { id, status, progress, stage, frame, frames } = action.progress;
      return change(films, id, (film) => {
        // Only a `video` event ends a film: it alone says how.
        if (isDone(film.video) || status === 'completed' || status === 'failed') return film;
        const percent = Math.min(100, Math.max(0, Math.round(progress)));
        return {
          ...film,
          video: { ...film.video, status, progress: percent },
          live: { stage, frame, frames, preview: film.live?.preview ?? null },
        };
      });
    }
    case 'preview':
      return change(films, action.id, (film) =>
        isDone(film.video) ? film : { ...film, live: { ...(film.live ?? noLive), preview: action.url } },
      );
    case 'report':
      return change(films, action.id, (film) => ({ ...film, report: action.report }));
    case 'hide':
      return { ...films, hidden: new Set([...films.hidden, action.id]) };
    case 'unhide':
      return { ...films, hidden: new Set([...films.hidden].filter((id) => id !== action.id)) };
    case 'gone': {
      const { [action.id]: _, ...byId } = films.byId;
      return {
        ...films,
        byId,
        order: films.order.filter((id) => id !== action.id),
        hidden: new Set([...films.hidden].filter((id) => id !== action.id)),
      };
    }
  }
}

export const visible = (films: Films): Film[] =>
  films.order.flatMap((id) => (films.hidden.has(id) ? [] : (films.byId[id] ?? [])));

export const running = (films: Films): Film[] => visible(films).filter((film) => !isDone(film.video));

// Every word must occur, in any order, in the prompt or the facts of the film.
export function search(films: readonly Film[], query: string): Film[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return films.filter(({ video }) => {
    const text = `${video.prompt ?? ''} ${video.size} ${video.seconds}s ${video.status} ${video.model}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
