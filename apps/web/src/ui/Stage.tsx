// The films that were just asked for, large below the prompt.
import { useEffect, useRef } from 'preact/hooks';
import { isDone } from '../api/types';
import { useStore } from '../lib/store';
import { statusWord } from '../lib/words';
import { films, show, stage } from '../state/library';
import { FilmView } from './FilmView';
import { Icon } from './Icon';

export function Stage() {
  const now = useStore(stage);
  const all = useStore(films);
  const section = useRef<HTMLElement>(null);
  const shown = now?.shown;
  const film = shown ? all.byId[shown] : undefined;

  useEffect(() => {
    // What was going on before a reload does not move the page.
    if (now?.begun) section.current?.scrollIntoView({ block: 'nearest' });
  }, [now?.begun]);

  if (!now || !film) return null;
  return (
    <section class="stage card" id="stage" aria-label="Your new film" ref={section}>
      <div class="stage-head">
        {now.ids.length > 1 ? (
          <div class="takes" role="group" aria-label="Variations">
            {now.ids.map((id, i) => {
              const take = all.byId[id];
              return (
                <button key={id} type="button" aria-pressed={id === shown} onClick={() => show(now.ids, id)}>
                  {i + 1}
                  {take && <span class="quiet">{statusWord(take)}</span>}
                </button>
              );
            })}
          </div>
        ) : (
          <p class="quiet">{isDone(film.video) ? 'Your new film' : 'In the making'}</p>
        )}
        <button type="button" class="round" aria-label="Put away" title="Put away" onClick={() => stage.set(null)}>
          <Icon name="x" />
        </button>
      </div>
      <FilmView film={film} />
    </section>
  );
}
