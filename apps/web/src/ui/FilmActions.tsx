// What can be done with a finished film.
import { useEffect, useRef, useState } from 'preact/hooks';
import { dataUrl } from '../api/client';
import type { Media, Video } from '../api/types';
import { closeFilm } from '../lib/route';
import { useStore } from '../lib/store';
import { fileName } from '../lib/words';
import { edit, OWN, SECONDS } from '../state/form';
import { extend, loop, remix, remove, undoRemove } from '../state/library';
import { focusPrompt } from './Composer';
import { Icon } from './Icon';
import { complain, explain, offerUndo } from './notices';
import { looped } from './Player';

type Change = 'remix' | 'extend' | 'loop';

const changes: Record<Change, { name: string; ask: string; hint: string; go: string }> = {
  remix: { name: 'Remix', ask: 'What should be different?', hint: 'Make the ball blue.', go: 'Remix' },
  extend: { name: 'Extend', ask: 'What happens next?', hint: 'The ball comes to rest.', go: 'Extend' },
  loop: { name: 'Loop', ask: 'How strongly the end bends to the beginning', hint: '', go: 'Make a loop' },
};

export function reuse(video: Video): void {
  const seconds = SECONDS.includes(video.seconds) ? { seconds: video.seconds } : { seconds: OWN, ownSeconds: video.seconds };
  edit({ prompt: video.prompt ?? '', size: video.size, ...seconds });
  closeFilm();
  focusPrompt();
}

export function deleteFilm(id: string): void {
  closeFilm();
  remove(id, complain);
  offerUndo('Film deleted.', () => undoRemove(id));
}

function ChangeForm({ video, change, onEnd }: { video: Video; change: Change; onEnd: () => void }) {
  const [prompt, setPrompt] = useState('');
  const [seconds, setSeconds] = useState('4');
  const [strength, setStrength] = useState(50);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const first = useRef<HTMLElement | null>(null);
  const { ask, hint, go } = changes[change];
  const worded = change !== 'loop';

  useEffect(() => first.current?.focus(), [change]);

  async function submit(): Promise<void> {
    if (busy) return;
    if (worded && !prompt.trim()) return setWrong('Say it in a few words first.');
    setBusy(true);
    try {
      if (change === 'remix') await remix(video.id, prompt.trim());
      else if (change === 'extend') await extend(video.id, prompt.trim(), seconds);
      else await loop(video.id, strength / 100);
      onEnd();
      closeFilm();
    } catch (error) {
      const { words, remedy } = explain(error);
      setWrong(`${words} ${remedy}`);
      setBusy(false);
    }
  }

  return (
    <form
      class="change"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit();
        if (event.key === 'Escape') {
          event.preventDefault(); // closes the form, not the film
          event.stopPropagation();
          onEnd();
        }
      }}
    >
      <label for={`change-${video.id}`}>{ask}</label>
      {worded ? (
        <textarea
          id={`change-${video.id}`}
          ref={(element) => {
            first.current = element;
          }}
          rows={2}
          placeholder={hint}
          value={prompt}
          onInput={(event) => {
            setPrompt(event.currentTarget.value);
            setWrong(null);
          }}
        />
      ) : (
        <input
          id={`change-${video.id}`}
          ref={(element) => {
            first.current = element;
          }}
          type="range"
          min="0"
          max="100"
          step="5"
          value={strength}
          aria-valuetext={`${strength} percent`}
          onInput={(event) => setStrength(Number(event.currentTarget.value))}
        />
      )}
      <p class="wrong" role="alert">
        {wrong}
      </p>
      <div class="change-end">
        {change === 'extend' && (
          <div class="pill">
            <Icon name="clock" />
            <select aria-label="Seconds to add" value={seconds} onChange={(event) => setSeconds(event.currentTarget.value)}>
              {SECONDS.map((s) => (
                <option key={s} value={s}>
                  {s} seconds more
                </option>
              ))}
            </select>
          </div>
        )}
        <button type="button" class="ghost" onClick={onEnd}>
          Never mind
        </button>
        <button type="submit" class="primary" disabled={busy}>
          {busy ? 'Sending …' : go}
        </button>
      </div>
    </form>
  );
}

export function FilmActions({ video, media }: { video: Video; media: Media | null }) {
  const [change, setChange] = useState<Change | null>(null);
  const repeat = useStore(looped);
  useEffect(() => setChange(null), [video.id]);

  return (
    <div class="actions">
      <div class="action-row">
        {media && (
          <a class="action" href={media.video} download={fileName(video.prompt)}>
            <Icon name="down" /> Download
          </a>
        )}
        {(Object.keys(changes) as Change[]).map((one) => (
          <button
            key={one}
            type="button"
            class="action"
            aria-expanded={change === one}
            onClick={() => setChange(change === one ? null : one)}
          >
            <Icon name={one} /> {changes[one].name}
          </button>
        ))}
        <button type="button" class="action" onClick={() => reuse(video)}>
          <Icon name="words" /> Reuse words
        </button>
        <button type="button" class="action danger" onClick={() => deleteFilm(video.id)}>
          <Icon name="trash" /> Delete
        </button>
      </div>
      {change && <ChangeForm key={change} video={video} change={change} onEnd={() => setChange(null)} />}
      <div class="small-row">
        <label class="check">
          <input type="checkbox" checked={repeat} onChange={(event) => looped.set(event.currentTarget.checked)} /> Play again and again
        </label>
        <span class="as-data">
          <span class="quiet">As data</span>
          {(['screenplay', 'shots', 'record'] as const).map((what) => (
            <a key={what} href={dataUrl(video.id, what)} target="_blank" rel="noopener">
              {what}
            </a>
          ))}
        </span>
      </div>
    </div>
  );
}
