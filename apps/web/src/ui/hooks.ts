import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiError } from '../api/client';
import { mediaOf } from '../api/media';
import type { Media } from '../api/types';
import { onBack } from '../state/session';

// Runs each second: for "3 min ago" and countdowns.
export function useNow(every_ms = 1000): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every_ms);
    return () => clearInterval(timer);
  }, [every_ms]);
  return now;
}

// The addresses of a finished film's files; null until they are here. `gone` when the server has them
// no more. `refresh` when one has ended.
export function useMedia(id: string, wanted: boolean): { media: Media | null; gone: boolean; refresh: () => void } {
  const [media, setMedia] = useState<Media | null>(null);
  const [gone, setGone] = useState(false);
  const current = useRef(id);
  current.current = id;
  const ask = (fresh: boolean): void => {
    mediaOf(id, fresh).then(
      (found) => {
        if (current.current === id) setMedia(found);
      },
      (error: unknown) => {
        // A lost connection has its banner; the film comes when it is back.
        if (current.current === id) setGone(error instanceof ApiError && error.status < 500);
      },
    );
  };
  useEffect(() => {
    setMedia(null);
    setGone(false);
    if (!wanted) return undefined;
    ask(false);
    return onBack(() => ask(false));
  }, [id, wanted]);
  return { media, gone, refresh: () => ask(true) };
}

// True once the element has come near the window.
export function useNear<E extends Element>(): [(element: E | null) => void, boolean] {
  const [near, setNear] = useState(false);
  const observer = useRef<IntersectionObserver | null>(null);
  const ref = useRef((element: E | null): void => {
    observer.current?.disconnect();
    if (!element) return;
    observer.current = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        setNear(true);
        observer.current?.disconnect();
      },
      { rootMargin: '400px' },
    );
    observer.current.observe(element);
  });
  return [ref.current, near];
}
