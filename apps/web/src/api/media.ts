// The signed addresses of a film's files, asked for once and again shortly before they end.
import type { Media } from './types';
import { media as ask } from './client';

const MARGIN_S = 60;
const known = new Map<string, Media>();
const asked = new Map<string, Promise<Media>>();

export function mediaOf(id: string, fresh = false): Promise<Media> {
  const have = known.get(id);
  if (have && !fresh && have.expires_at - MARGIN_S > Date.now() / 1000) return Promise.resolve(have);
  let promise = asked.get(id);
  if (!promise) {
    promise = ask(id)
      .then((media) => {
        known.set(id, media);
        return media;
      })
      .finally(() => asked.delete(id));
    asked.set(id, promise);
  }
  return promise;
}
