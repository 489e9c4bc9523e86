// Who is here, and whether the server can be reached. One place decides both.
import { ApiError, listeners, session as ask } from '../api/client';
import type { Session } from '../api/types';
import { createStore } from '../lib/store';

export type Gate =
  | { is: 'asking' }
  | { is: 'in'; session: Session }
  | { is: 'out' } // the login page
  | { is: 'broken'; words: string; remedy: string };

export const gate = createStore<Gate>({ is: 'asking' });

// null: connected. Otherwise when the next try comes (ms since the epoch).
export const lost = createStore<{ next_ms: number } | null>(null);

const WAITS_S = [1, 2, 4, 8, 15];
let tries = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
const whenBack = new Set<() => void>();

// Runs `action` each time the connection has come back.
export function onBack(action: () => void): () => void {
  whenBack.add(action);
  return () => whenBack.delete(action);
}

// Asks who is here. Broken streams may all call at once; the server is asked once.
let knocking: Promise<void> | null = null;
export function knock(): Promise<void> {
  knocking ??= ring().finally(() => (knocking = null));
  return knocking;
}

async function ring(): Promise<void> {
  clearTimeout(timer);
  try {
    const session = await ask();
    const old = gate.get();
    // The same session again must not redraw the page.
    if (old.is !== 'in' || JSON.stringify(old.session) !== JSON.stringify(session))
      gate.set({ is: 'in', session });
    reached();
  } catch (error) {
    if (!(error instanceof ApiError)) return later(); // Unreachable
    if (error.status === 401) {
      gate.set({ is: 'out' });
      reached();
    } else if (error.status >= 500) {
      if (gate.get().is === 'asking') gate.set({ is: 'broken', words: error.message, remedy: error.remedy });
      later();
    } else {
      gate.set({ is: 'broken', words: error.message, remedy: error.remedy });
    }
  }
}

function later(): void {
  clearTimeout(timer);
  const wait_ms = 1000 * (WAITS_S[Math.min(tries++, WAITS_S.length - 1)] ?? 15);
  lost.set({ next_ms: Date.now() + wait_ms });
  timer = setTimeout(() => void knock(), wait_ms);
}

function reached(): void {
  tries = 0;
  if (lost.get() === null) return;
  lost.set(null);
  for (const action of [...whenBack]) action();
}

listeners.unreachable = () => {
  if (lost.get() === null) later();
};
listeners.unauthorised = () => gate.set({ is: 'out' });
addEventListener('online', () => void knock());
addEventListener('offline', () => listeners.unreachable());
