// All films, newest first; more come as the page is scrolled.
import { useEffect, useRef, useState } from 'preact/hooks';
import { useStore } from '../lib/store';
import { search, visible } from '../state/films';
import { films, loadMore, stage, start, startError } from '../state/library';
import { showExample } from './Composer';
import { FilmCard } from './FilmCard';
import { Icon } from './Icon';
import { explain } from './notices';

// Up and down: the nearest card of the next row.
function neighbour(cards: readonly HTMLElement[], from: HTMLElement, key: string): HTMLElement | undefined {
  const at = cards.indexOf(from);
  if (key === 'ArrowRight') return cards[at + 1];
  if (key === 'ArrowLeft') return cards[at - 1];
  const { left, width, top } = from.getBoundingClientRect();
  const centre = left + width / 2;
  const down = key === 'ArrowDown';
  let best: HTMLElement | undefined;
  let bestRow = 0;
  let bestOff = Infinity;
  for (const card of cards) {
    const box = card.getBoundingClientRect();
    const row = Math.round(box.top - top) * (down ? 1 : -1);
    if (row <= 4) continue;
    const off = Math.abs(box.left + box.width / 2 - centre);
    if (!best || row < bestRow - 4 || (row < bestRow + 4 && off < bestOff)) [best, bestRow, bestOff] = [card, row, off];
  }
  return best;
}

export function Gallery() {
  const all = useStore(films);
  const onStage = useStore(stage);
  const broken = useStore(startError);
  const [query, setQuery] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const end = useRef<HTMLDivElement>(null);

  const every = visible(all);
  const shown = query.trim() ? search(every, query) : every.filter((film) => !onStage?.ids.includes(film.video.id));

  function more(): void {
    setWrong(null);
    loadMore().catch((error: unknown) => {
      const { words, remedy } = explain(error);
      setWrong(`${words} ${remedy}`);
    });
  }

  useEffect(() => {
    const mark = end.current;
    if (!mark || !all.loaded || !all.hasMore) return undefined;
    const observer = new IntersectionObserver((entries) => entries.some((e) => e.isIntersecting) && more(), { rootMargin: '600px' });
    observer.observe(mark);
    return () => observer.disconnect();
  }, [all.loaded, all.hasMore, all.cursor]);

  if (!all.loaded && broken) {
    const { words, remedy } = explain(broken);
    return (
      <section class="gallery empty" aria-label="Films">
        <h2>The films are not here</h2>
        <p>
          {words} {remedy}
        </p>
        <button type="button" class="ghost" onClick={() => void start()}>
          Try again
        </button>
      </section>
    );
  }
  if (!all.loaded) return <section class="gallery" aria-busy="true" aria-label="Films" />;
  if (every.length === 0)
    return (
      <section class="gallery empty" aria-label="Films">
        <h2>No films yet</h2>
        <p>Your first one is a sentence away.</p>
        <button type="button" class="ghost" onClick={showExample}>
          Show me how
        </button>
      </section>
    );
  return (
    <section class="gallery" aria-labelledby="gallery-title">
      <div class="gallery-head">
        <h2 id="gallery-title">Films</h2>
        <div class="search">
          <Icon name="search" />
          <input type="search" aria-label="Search in the films shown" placeholder="Search" value={query} onInput={(event) => setQuery(event.currentTarget.value)} />
        </div>
      </div>
      <p class="unseen" role="status">
        {query.trim() ? `${shown.length} found` : ''}
      </p>
      {query.trim() && shown.length === 0 && (
        <p class="quiet">
          Nothing among the {every.length} films loaded so far.{all.hasMore && ' Load more to search further back.'}
        </p>
      )}
      <div
        class="films"
        ref={list}
        onKeyDown={(event) => {
          if (!event.key.startsWith('Arrow') || !list.current) return;
          const cards = [...list.current.querySelectorAll<HTMLElement>('.film-card')];
          const next = neighbour(cards, document.activeElement as HTMLElement, event.key);
          if (!next) return;
          event.preventDefault();
          next.focus();
        }}
      >
        {shown.map((film) => (
          <FilmCard key={film.video.id} film={film} />
        ))}
        <div class="rest" />
      </div>
      <div ref={end}>
        {wrong && <p class="wrong">{wrong}</p>}
        {all.hasMore && (
          <button type="button" class="ghost more" onClick={more}>
            More films
          </button>
        )}
      </div>
    </section>
  );
}
