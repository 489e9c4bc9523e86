// Every call to the server. Failures are of two kinds: the server refused (ApiError), or it did not
// answer at all (Unreachable).
import { remedy } from '../lib/words';
import type { Media, Report, Session, Video, VideoList } from './types';

export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly code: string | null,
    readonly param: string | null,
    readonly retryAfter_s: number | null,
  ) {
    super(message);
  }
  get remedy(): string {
    return remedy(this);
  }
}

export class Unreachable extends Error {
  constructor() {
    super('The server does not answer.');
  }
  readonly remedy = 'Nothing is lost: try again when it is back.';
}

// Whoever looks after the session and the connection listens here.
export const listeners = {
  unreachable: (): void => {},
  unauthorised: (): void => {},
};

async function refusal(response: Response): Promise<ApiError> {
  let said: { message?: unknown; code?: unknown; param?: unknown } = {};
  try {
    said = (await response.json()).error ?? {};
  } catch {}
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  const wait = Number(response.headers.get('retry-after'));
  return new ApiError(
    response.status,
    text(said.message) ?? `The server answered ${response.status}.`,
    text(said.code),
    text(said.param),
    wait > 0 ? Math.ceil(wait) : null,
  );
}

interface Call {
  method?: string;
  json?: unknown;
  form?: FormData;
  keepalive?: boolean; // goes out even when the page closes
}

async function call(path: string, { method = 'GET', json, form, keepalive = false }: Call = {}): Promise<Response> {
  const init: RequestInit = { method, credentials: 'same-origin', cache: 'no-store', keepalive };
  if (json !== undefined) {
    init.body = JSON.stringify(json);
    init.headers = { 'Content-Type': 'application/json' };
  } else if (form) {
    init.body = form;
  }
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch {
    listeners.unreachable();
    throw new Unreachable();
  }
  if (response.ok) return response;
  if (response.status === 401 && path !== '/api/session') listeners.unauthorised();
  throw await refusal(response);
}

const read = async <T>(path: string, options?: Call): Promise<T> =>
  (await call(path, options)).json() as Promise<T>;

const film = (id: string): string => `/v1/videos/${encodeURIComponent(id)}`;

export const session = (): Promise<Session> => read('/api/session');
export const logIn = async (key: string): Promise<void> => {
  await call('/api/session', { method: 'POST', json: { key } });
};
export const logOut = async (): Promise<void> => {
  await call('/api/session', { method: 'DELETE' });
};

// The first film, and the ids of all of them when variations were asked for.
export async function create(form: FormData): Promise<{ video: Video; ids: string[] }> {
  const response = await call('/v1/videos', { method: 'POST', form });
  const video = (await response.json()) as Video;
  const listed = (response.headers.get('x-aozora-variations') ?? '').split(',');
  const ids = listed.map((id) => id.trim()).filter(Boolean);
  return { video, ids: ids.includes(video.id) ? ids : [video.id, ...ids] };
}

export function list(after: string | null, limit = 20): Promise<VideoList> {
  const query = new URLSearchParams({ limit: String(limit), order: 'desc' });
  if (after) query.set('after', after);
  return read(`/v1/videos?${query}`);
}

export const retrieve = (id: string): Promise<Video> => read(film(id));
export const remove = async (id: string, keepalive = false): Promise<void> => {
  await call(film(id), { method: 'DELETE', keepalive });
};
export const cancel = (id: string): Promise<Video> => read(`${film(id)}/cancel`, { method: 'POST' });
export const remix = (id: string, prompt: string): Promise<Video> =>
  read(`${film(id)}/remix`, { method: 'POST', json: { prompt } });
export const extend = (id: string, prompt: string, seconds: string): Promise<Video> =>
  read('/v1/videos/extensions', { method: 'POST', json: { video: { id }, prompt, seconds } });
export const loop = (id: string, strength: number): Promise<Video> =>
  read(`${film(id)}/loop`, { method: 'POST', json: { strength } });
export const report = (id: string): Promise<Report> => read(`${film(id)}/report`);
export const media = (id: string): Promise<Media> => read(`/api/videos/${encodeURIComponent(id)}/media`);

export const eventsUrl = (id: string): string => `${film(id)}/events`;
export const dataUrl = (id: string, what: 'record' | 'shots' | 'screenplay'): string => `${film(id)}/${what}`;
