// The prompt and everything that can be said about the film beside it.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Session } from '../api/types';
import { aspect } from '../api/types';
import { useStore } from '../lib/store';
import { sizeWords } from '../lib/words';
import { create } from '../state/library';
import { edit, form, formData, MOST_VARIATIONS, mistake, modelOf, most_seconds, OWN, SECONDS, settled, type Field } from '../state/form';
import { Icon, type IconName } from './Icon';
import { explain } from './notices';
import { Picture } from './Picture';

const EXAMPLES: readonly (readonly [name: string, prompt: string])[] = [
  ['Glass dog', 'A dog made of glass rolls down the stairs.'],
  ['Domino spiral', 'Dominoes fall in a spiral on a wooden table, close-up, slow motion.'],
  ['Film noir', 'A glass vase falls off a shelf and shatters on a tiled kitchen floor, film noir.'],
  ['Clay cat', 'A tower of wooden blocks collapses when a clay cat jumps into it, claymation.'],
  ['Missed shot', 'A basketball player misses a shot and the ball rebounds off the backboard.'],
];

export function showExample(): void {
  edit({ prompt: EXAMPLES[0]?.[1] ?? '' });
  focusPrompt();
}

const PROMPT_ID = 'prompt';
export function focusPrompt(): void {
  const box = document.getElementById(PROMPT_ID);
  box?.focus();
  box?.scrollIntoView({ block: 'center' });
}

function sizeName(size: string): string {
  const ratio = aspect(size);
  const shape = ratio > 1.05 ? 'Landscape' : ratio < 0.95 ? 'Portrait' : 'Square';
  return `${shape} ${sizeWords(size)}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

interface PillProps {
  icon: IconName;
  label: string;
  value: string;
  onPick: (value: string) => void;
  options: readonly (readonly [value: string, words: string])[];
  children?: ComponentChildren;
}

function Pill({ icon, label, value, onPick, options, children }: PillProps) {
  return (
    <div class="pill">
      <Icon name={icon} />
      <select aria-label={label} title={label} value={value} onChange={(event) => onPick(event.currentTarget.value)}>
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </select>
      {children}
    </div>
  );
}

function NumberBox({ label, value, onType, wrong }: { label: string; value: string; onType: (value: string) => void; wrong: boolean }) {
  return (
    <input
      class="number"
      inputMode="decimal"
      aria-label={label}
      title={label}
      value={value}
      aria-invalid={wrong}
      onInput={(event) => onType(event.currentTarget.value)}
    />
  );
}

export function Composer({ session }: { session: Session }) {
  const now = settled(useStore(form), session);
  const model = modelOf(now, session);
  const box = useRef<HTMLTextAreaElement>(null);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<{ field: Field | null; words: string } | null>(null);

  // The box grows with its words.
  useEffect(() => {
    const area = box.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${Math.min(area.scrollHeight, 0.5 * innerHeight)}px`;
  }, [now.prompt]);
  useEffect(() => setWrong(null), [now.prompt, now.size, now.width, now.height, now.seconds, now.ownSeconds, now.picture]);

  async function submit(): Promise<void> {
    if (busy) return;
    const stop = mistake(now, session);
    if (stop) {
      setWrong(stop);
      if (stop.field === 'prompt') box.current?.focus();
      return;
    }
    setBusy(true);
    setWrong(null);
    try {
      await create(formData(now));
    } catch (error) {
      const { words, remedy } = explain(error);
      setWrong({ field: null, words: `${words} ${remedy}` });
    } finally {
      setBusy(false);
    }
  }

  const most = model ? most_seconds(model, session) : Infinity;
  return (
    <section class="composer" aria-labelledby="composer-title">
      <h1 id="composer-title">What should happen?</h1>
      <form
        class="card"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            void submit();
          }
        }}
      >
        <label class="unseen" for={PROMPT_ID}>
          What should happen in the film
        </label>
        <textarea
          id={PROMPT_ID}
          ref={box}
          rows={3}
          placeholder="Who, what, where. Say it plainly; physics decides the rest."
          value={now.prompt}
          aria-invalid={wrong?.field === 'prompt'}
          aria-describedby="composer-wrong"
          onInput={(event) => edit({ prompt: event.currentTarget.value })}
        />
        <div class="options">
          {session.models.length > 1 && (
            <Pill icon="data" label="Model" value={now.model} onPick={(value) => edit({ model: value })} options={session.models.map((m) => [m.id, m.name || m.id])} />
          )}
          <Pill
            icon="shape"
            label="Size"
            value={now.size}
            onPick={(size) => edit({ size })}
            options={[...(model?.sizes ?? []).map((size) => [size, sizeName(size)] as const), [OWN, 'Own size']]}
          >
            {now.size === OWN && (
              <>
                <NumberBox label="Width in pixels" value={now.width} wrong={wrong?.field === 'size'} onType={(width) => edit({ width })} />
                <span aria-hidden="true">×</span>
                <NumberBox label="Height in pixels" value={now.height} wrong={wrong?.field === 'size'} onType={(height) => edit({ height })} />
              </>
            )}
          </Pill>
          <Pill
            icon="clock"
            label="Length"
            value={now.seconds}
            onPick={(seconds) => edit({ seconds })}
            options={[...SECONDS.filter((s) => Number(s) <= most).map((s) => [s, `${s} seconds`] as const), [OWN, 'Own length']]}
          >
            {now.seconds === OWN && (
              <>
                <NumberBox label="Seconds" value={now.ownSeconds} wrong={wrong?.field === 'seconds'} onType={(ownSeconds) => edit({ ownSeconds })} />
                <span aria-hidden="true">s</span>
              </>
            )}
          </Pill>
          {model && model.styles.length > 0 && (
            <Pill
              icon="style"
              label="Style"
              value={now.style}
              onPick={(style) => edit({ style })}
              options={[['', 'As worded'], ...model.styles.map((style) => [style, capital(style)] as const)]}
            />
          )}
          {model && model.qualities.length > 0 && (
            <Pill icon="quality" label="Quality" value={now.quality} onPick={(quality) => edit({ quality })} options={model.qualities.map((q) => [q, `${capital(q)} quality`])} />
          )}
          <Pill
            icon="copies"
            label="Variations"
            value={String(now.variations)}
            onPick={(value) => edit({ variations: Number(value) })}
            options={Array.from({ length: MOST_VARIATIONS }, (_, i) => [String(i + 1), i === 0 ? '1 film' : `${i + 1} films`])}
          />
        </div>
        <div class="composer-end">
          <Picture picture={now.picture} most_bytes={session.limits.most_upload_bytes} onWrong={(words) => setWrong({ field: 'picture', words })} />
          <button type="submit" class="primary create" disabled={busy} title="Ctrl+Enter">
            {busy ? 'Sending …' : 'Create'}
          </button>
        </div>
        <p id="composer-wrong" class="wrong" role="alert">
          {wrong?.words}
        </p>
      </form>
      {!now.prompt.trim() && (
        <ul class="examples" aria-label="Examples">
          {EXAMPLES.map(([name, prompt]) => (
            <li key={name}>
              <button
                type="button"
                title={prompt}
                onClick={() => {
                  edit({ prompt });
                  focusPrompt();
                }}
              >
                {name}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
