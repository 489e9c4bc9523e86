// A film of the list, opened over the page.
import { useEffect, useRef } from 'preact/hooks';
import { closeFilm, openFilm, route } from '../lib/route';
import { useStore } from '../lib/store';
import { visible } from '../state/films';
import { films, find } from '../state/library';
import { FilmView } from './FilmView';
import { Icon } from './Icon';
import { complain, Notices } from './notices';

// Whether the film that is opened next plays at once; set by whoever opens it.
export const viewing = { play: false };

export function Viewer() {
  const where = useStore(route);
  const all = useStore(films);
  const dialog = useRef<HTMLDialogElement>(null);
  const id = where.page === 'film' ? where.id : null;
  const film = id ? all.byId[id] : undefined;
  const open = film !== undefined;

  useEffect(() => {
    if (!id || film) return;
    find(id).catch((error: unknown) => {
      complain(error);
      closeFilm();
    });
  }, [id, open]);

  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (open && !element.open) element.showModal();
    if (!open && element.open) element.close();
  }, [open]);

  function step(by: number): void {
    const list = visible(all);
    const next = list[list.findIndex((f) => f.video.id === id) + by];
    if (next) openFilm(next.video.id);
  }

  return (
    <dialog
      ref={dialog}
      class="viewer"
      aria-label="Film"
      onClose={closeFilm}
      onClick={(event) => {
        if (event.target === event.currentTarget) closeFilm(); // beside it
      }}
      onKeyDown={(event) => {
        if (event.target instanceof Element && event.target.closest('input, textarea, select, video')) return;
        if (event.key === 'ArrowRight') step(1);
        if (event.key === 'ArrowLeft') step(-1);
      }}
    >
      {film && (
        <div class="viewer-inside">
          <button type="button" class="round away" aria-label="Close" title="Close (Esc)" onClick={closeFilm}>
            <Icon name="x" />
          </button>
          <FilmView film={film} play={viewing.play} />
        </div>
      )}
      {open && <Notices />}
    </dialog>
  );
}
