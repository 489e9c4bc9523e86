import { logOut } from '../api/client';
import type { Session } from '../api/types';
import { recall, remember } from '../lib/prefs';
import { createStore, useStore } from '../lib/store';
import { gate } from '../state/session';
import { Icon } from './Icon';
import { complain } from './notices';

type Theme = 'light' | 'dark';

const system = matchMedia('(prefers-color-scheme: dark)');
const systemTheme = (): Theme => (system.matches ? 'dark' : 'light');
const saved = recall('theme');
const chosen = saved === 'light' || saved === 'dark' ? saved : null;
// public/theme.js has shown this one before the page was drawn.
const theme = createStore<Theme>(chosen ?? systemTheme());
let follows = chosen === null;

theme.subscribe(() => (document.documentElement.dataset['theme'] = theme.get()));
system.addEventListener('change', () => follows && theme.set(systemTheme()));

function toggle(): void {
  theme.set(theme.get() === 'dark' ? 'light' : 'dark');
  // Back to what the system says: follow it again.
  follows = theme.get() === systemTheme();
  remember('theme', follows ? null : theme.get());
}

async function leave(): Promise<void> {
  try {
    await logOut();
    gate.set({ is: 'out' });
  } catch (error) {
    complain(error);
  }
}

export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
      <circle cx="16" cy="16" r="16" />
      <path d="M7 22.5h15a4 4 0 0 0 .4-8 6 6 0 0 0-11.5-1.2A4.7 4.7 0 0 0 7 22.5z" />
    </svg>
  );
}

export function Header({ session, onKeys }: { session: Session | null; onKeys?: () => void }) {
  const dark = useStore(theme) === 'dark';
  return (
    <header class="top">
      <a class="wordmark" href="/" aria-label="aozora, start">
        <Mark />
        <span>aozora</span>
      </a>
      <div class="top-tools">
        {session && <span class="project">{session.project.name}</span>}
        {onKeys && (
          <button type="button" class="round" aria-label="Keyboard" title="Keyboard (?)" onClick={onKeys}>
            <span aria-hidden="true">?</span>
          </button>
        )}
        <button
          type="button"
          class="round"
          aria-label={dark ? 'Light colours' : 'Dark colours'}
          title={dark ? 'Light colours' : 'Dark colours'}
          onClick={toggle}
        >
          <Icon name={dark ? 'sun' : 'moon'} />
        </button>
        {session && !session.open && (
          <button type="button" class="round" aria-label="Log out" title="Log out" onClick={() => void leave()}>
            <Icon name="out" />
          </button>
        )}
      </div>
    </header>
  );
}
