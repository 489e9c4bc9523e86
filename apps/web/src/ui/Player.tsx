import { useEffect, useRef } from 'preact/hooks';
import { recall, remember } from '../lib/prefs';
import { createStore, useStore } from '../lib/store';
import type { Media } from '../api/types';

export const looped = createStore(recall('loop') === 'yes');
looped.subscribe(() => remember('loop', looped.get() ? 'yes' : null));

interface Props {
  media: Media;
  label: string;
  play: boolean; // at once
  onBroken: () => void;
}

const RETRY_MS = 10_000;

export function Player({ media, label, play, onBroken }: Props) {
  const video = useRef<HTMLVideoElement>(null);
  const time_s = useRef(0);
  const brokenAt = useRef(-RETRY_MS);
  const loop = useStore(looped);

  useEffect(() => {
    // A browser that forbids it shows its controls instead.
    if (play) video.current?.play().catch(() => {});
  }, [play]);

  return (
    <video
      ref={video}
      class="player"
      src={media.video}
      poster={media.thumbnail}
      controls
      playsInline
      preload="metadata"
      loop={loop}
      aria-label={label}
      onTimeUpdate={(event) => {
        if (event.currentTarget.currentTime > 0) time_s.current = event.currentTarget.currentTime;
      }}
      onLoadedMetadata={(event) => {
        // New addresses came after the old ones ended: go on where it was.
        if (time_s.current > 0) event.currentTarget.currentTime = time_s.current;
      }}
      onError={(event) => {
        if (event.timeStamp - brokenAt.current < RETRY_MS) return;
        brokenAt.current = event.timeStamp;
        onBroken();
      }}
    />
  );
}

// The player that the space bar means: the opened film's before the one on stage.
export function togglePlayer(): boolean {
  const video =
    document.querySelector<HTMLVideoElement>('dialog[open] video.player') ??
    document.querySelector<HTMLVideoElement>('video.player');
  if (!video) return false;
  if (video.paused) video.play().catch(() => {});
  else video.pause();
  return true;
}
