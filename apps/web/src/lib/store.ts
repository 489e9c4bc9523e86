// The smallest store that does: a value, who wants to hear of it, and a hook.
import { useEffect, useState } from 'preact/hooks';

export interface Store<S> {
  get(): S;
  set(next: S): void;
  subscribe(listener: () => void): () => void;
}

export function createStore<S>(first: S): Store<S> {
  let state = first;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    set(next) {
      if (Object.is(next, state)) return;
      state = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function useStore<S>(store: Store<S>): S {
  const [state, setState] = useState(store.get());
  useEffect(() => {
    const update = () => setState(() => store.get());
    update(); // it may have changed between the first drawing and now
    return store.subscribe(update);
  }, [store]);
  return state;
}
