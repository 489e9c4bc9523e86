// Which film is open lives in the address, so that "back" closes it and a link opens it.
import { createStore } from './store';

export type Route = { page: 'home' } | { page: 'film'; id: string };

export function parseRoute(hash: string): Route {
  const match = /^#\/film\/([\w-]{1,128})$/.exec(hash);
  return match?.[1] ? { page: 'film', id: match[1] } : { page: 'home' };
}

export const route = createStore<Route>(parseRoute(location.hash));
addEventListener('hashchange', () => route.set(parseRoute(location.hash)));

export const filmLink = (id: string): string => `#/film/${id}`;

// A neighbour replaces the open film, so that "back" leaves the viewer at once.
export function openFilm(id: string): void {
  if (route.get().page === 'film') {
    history.replaceState(null, '', filmLink(id));
    route.set({ page: 'film', id });
  } else {
    location.hash = filmLink(id);
  }
}

export function closeFilm(): void {
  if (route.get().page === 'home') return;
  history.replaceState(null, '', location.pathname + location.search);
  route.set({ page: 'home' });
}
