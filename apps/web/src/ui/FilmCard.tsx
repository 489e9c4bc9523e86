// A film in the list: its picture, and the whole film under the pointer.
import { useRef, useState } from 'preact/hooks';
import { aspect, isDone } from '../api/types';
import { filmLink } from '../lib/route';
import { statusWord, wasCancelled } from '../lib/words';
import type { Film } from '../state/films';
import { useMedia, useNear } from './hooks';
import { Sky } from './Sky';
import { viewing } from './Viewer';

// Width of one picture in the server's spritesheet (media/spritesheet.h); its height follows the film.
const THUMB_PX = 160;

interface Sheet {
  url: string;
  columns: number;
  rows: number;
}

async function loadSheet(url: string, ratio: number): Promise<Sheet> {
  const image = new Image();
  image.src = url;
  await image.decode();
  return {
    url,
    columns: Math.max(1, Math.round(image.naturalWidth / THUMB_PX)),
    rows: Math.max(1, Math.round(image.naturalHeight / (THUMB_PX / ratio))),
  };
}

const percent = (at: number, count: number): string => (count > 1 ? `${(100 * at) / (count - 1)}%` : '0%');

export function FilmCard({ film }: { film: Film }) {
  const { video, live } = film;
  const ratio = aspect(video.size);
  const done = video.status === 'completed';
  const [ref, near] = useNear<HTMLAnchorElement>();
  const { media, refresh } = useMedia(video.id, done && near);
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const [at, setAt] = useState<number | null>(null); // 0..1 of the film
  const asked = useRef<string | null>(null);
  const picture = done ? media?.thumbnail : live?.preview;

  function scrub(event: PointerEvent): void {
    if (event.pointerType !== 'mouse' || !media?.spritesheet) return;
    const { left, width } = (event.currentTarget as Element).getBoundingClientRect();
    setAt(Math.min(0.999, Math.max(0, (event.clientX - left) / width)));
    if (asked.current === media.spritesheet) return;
    asked.current = media.spritesheet;
    loadSheet(media.spritesheet, ratio).then(setSheet, () => {});
  }

  const cell = sheet && at !== null ? Math.floor(at * sheet.columns * sheet.rows) : 0;
  return (
    <a
      class="film-card"
      ref={ref}
      href={filmLink(video.id)}
      data-status={video.status}
      style={{ '--ratio': String(Math.min(2.4, Math.max(0.5, ratio))) }}
      onClick={() => (viewing.play = !matchMedia('(prefers-reduced-motion: reduce)').matches)}
      onKeyDown={(event) => {
        if (event.key !== ' ') return;
        event.preventDefault();
        viewing.play = true;
        location.hash = filmLink(video.id);
      }}
    >
      <div class="thumb" onPointerMove={scrub} onPointerLeave={() => setAt(null)}>
        {picture ? <img src={picture} alt="" loading="lazy" onError={done ? refresh : undefined} /> : <Sky progress={video.progress} still />}
        {sheet && at !== null && (
          <>
            <div
              class="sheet"
              style={{
                backgroundImage: `url("${encodeURI(sheet.url)}")`,
                backgroundSize: `${100 * sheet.columns}% ${100 * sheet.rows}%`,
                backgroundPosition: `${percent(cell % sheet.columns, sheet.columns)} ${percent(Math.floor(cell / sheet.columns), sheet.rows)}`,
              }}
            />
            <div class="needle" style={{ transform: `scaleX(${at})` }} />
          </>
        )}
        {done ? (
          <span class="length">{video.seconds} s</span>
        ) : (
          <span class={video.status === 'failed' && !wasCancelled(video.error?.code) ? 'tag bad' : 'tag'}>{statusWord(film)}</span>
        )}
        {!isDone(video) && (
          <div class="thumb-bar">
            <div style={{ transform: `scaleX(${video.progress / 100})` }} />
          </div>
        )}
      </div>
      <span class="caption">{video.prompt || 'A film without words'}</span>
    </a>
  );
}
