// The page's own sentences about states, times and mistakes.
import type { Film } from '../state/films';

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const stages: Record<string, string> = {
  staging: 'Building the scene',
  rehearsing: 'Rehearsing: physics decides what happens',
  listening: 'Working out the sound',
  rendering: 'Filming',
  encoding: 'Putting the film together',
  uploading: 'Putting the film away',
};

// What is happening to a film right now, in one line.
export function stageWords({ video, live }: Film): string {
  switch (video.status) {
    case 'queued':
      return 'Waiting for its turn. How many are ahead is not known.';
    case 'in_progress': {
      if (!live?.stage) return 'Work has begun';
      const words = stages[live.stage] ?? capital(live.stage.replaceAll('_', ' '));
      const counts = live.stage === 'rendering' && live.frames > 0;
      return counts ? `${words} frame ${live.frame} of ${live.frames}` : words;
    }
    case 'completed':
      return 'Finished';
    case 'failed':
      return wasCancelled(video.error?.code) ? 'Stopped' : 'This film could not be made';
  }
}

export const wasCancelled = (code: string | undefined): boolean =>
  code === 'cancelled' || code === 'canceled';

export function statusWord({ video }: Film): string {
  if (video.status === 'queued') return 'Queued';
  if (video.status === 'in_progress') return `${video.progress} %`;
  if (video.status === 'completed') return 'Finished';
  return wasCancelled(video.error?.code) ? 'Stopped' : 'Failed';
}

export function ago(then_s: number, now_s: number): string {
  const s = Math.max(0, now_s - then_s);
  if (s < 60) return 'just now';
  if (s < 3600) return `${Math.floor(s / 60)} min ago`;
  if (s < 86400) return `${Math.floor(s / 3600)} h ago`;
  return new Date(then_s * 1000).toLocaleDateString();
}

export const sizeWords = (size: string): string => size.replace('x', ' × ');

export function bytesWords(bytes: number): string {
  return bytes < 1 << 20 ? `${Math.ceil(bytes / 1024)} kB` : `${Math.floor(bytes / (1 << 20))} MB`;
}

export function fileName(prompt: string | null): string {
  const words = (prompt ?? '').toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return `${words.slice(0, 6).join('-').slice(0, 60) || 'film'}.mp4`;
}

// What to do about a mistake; the server's own message says what it was.
export interface Refusal {
  status: number;
  code: string | null;
  param: string | null;
  retryAfter_s: number | null;
}

export function remedy({ status, code, param, retryAfter_s }: Refusal): string {
  switch (code) {
    case 'moderation_blocked':
      return 'The operator of this server does not allow this. Change the words or the picture.';
    case 'invalid_prompt':
      return 'Say it in other words: who, what happens, where.';
    case 'invalid_image':
      return 'Choose another picture: JPEG, PNG or WebP.';
    case 'invalid_video':
      return 'Choose another clip: MP4, WebM or MOV.';
    case 'invalid_audio':
      return 'Choose another sound: WAV, MP3, FLAC, or a clip that has some.';
    case 'too_long':
      return 'Ask for fewer seconds.';
    case 'unsupported':
      return 'Leave this part out, or choose another model.';
    case 'generation_failed':
      return 'Try again. If it fails again, the server’s log says why.';
  }
  if (status === 401) return 'Log in again.';
  if (status === 403) return 'Your key may not do this. Ask the operator of this server.';
  if (status === 404) return 'It may have been deleted. Reload the page.';
  if (status === 413) return 'Choose a smaller file.';
  if (status === 429)
    return retryAfter_s ? `Wait ${retryAfter_s} s and try again.` : 'Wait a moment and try again.';
  if (status >= 500) return 'Nothing is lost. Try again; if it stays, see the server’s log.';
  if (param === 'input_reference') return 'Choose another picture, or take it away.';
  if (param === 'size') return 'Choose another size.';
  if (param === 'seconds') return 'Choose another length.';
  return 'Change it and try again.';
}
