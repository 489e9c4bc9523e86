// Short messages at the lower edge: what just happened, what went wrong, and how to take it back.
import { ApiError, Unreachable } from '../api/client';
import { createStore, useStore } from '../lib/store';
import { Icon } from './Icon';

interface Notice {
  id: number;
  words: string;
  remedy?: string;
  bad: boolean;
  undo?: () => void;
}

const notices = createStore<readonly Notice[]>([]);
let lastId = 0;

const dismiss = (id: number): void => notices.set(notices.get().filter((notice) => notice.id !== id));

function show(notice: Omit<Notice, 'id'>, ms: number): void {
  const id = ++lastId;
  notices.set([...notices.get().slice(-2), { ...notice, id }]);
  setTimeout(() => dismiss(id), ms);
}

export const tell = (words: string): void => show({ words, bad: false }, 4000);
export const offerUndo = (words: string, undo: () => void): void => show({ words, bad: false, undo }, 6500);

export function explain(error: unknown): { words: string; remedy: string } {
  if (error instanceof ApiError || error instanceof Unreachable)
    return { words: error.message, remedy: error.remedy };
  return { words: 'Something in this page went wrong.', remedy: 'Reload it and try again.' };
}

export const complain = (error: unknown): void => show({ ...explain(error), bad: true }, 12000);

export function Notices() {
  const all = useStore(notices);
  return (
    <div class="notices" role="status" aria-live="polite">
      {all.map(({ id, words, remedy, bad, undo }) => (
        <div key={id} class={bad ? 'notice bad' : 'notice'}>
          <p>
            {words} {remedy}
          </p>
          {undo && (
            <button
              type="button"
              class="link"
              onClick={() => {
                undo();
                dismiss(id);
              }}
            >
              Undo
            </button>
          )}
          <button type="button" class="bare" aria-label="Dismiss" onClick={() => dismiss(id)}>
            <Icon name="x" />
          </button>
        </div>
      ))}
    </div>
  );
}
