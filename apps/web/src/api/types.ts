// What the server says, word for word. /v1 is OpenAI's Videos API with our additions, /api is the
// page's own.

export type Status = 'queued' | 'in_progress' | 'completed' | 'failed';

export interface Video {
  id: string;
  object: 'video';
  model: string;
  status: Status;
  progress: number; // percent
  created_at: number; // unix seconds, as all times here
  completed_at: number | null;
  expires_at: number | null;
  prompt: string | null;
  size: string; // "1280x720"
  seconds: string; // "8"
  remixed_from_video_id: string | null;
  error: { code: string; message: string } | null;
}

export interface VideoList {
  object: 'list';
  data: Video[];
  first_id: string | null;
  last_id: string | null;
  has_more: boolean;
}

export interface Progress {
  id: string;
  status: Status;
  progress: number;
  stage: string; // "staging", "rehearsing", "listening", "rendering", …
  frame: number;
  frames: number; // 0 = not known yet
}

export interface Replaced {
  asked: string;
  used: string;
  why: string;
}

export interface Report {
  understood: string[];
  replaced: Replaced[];
  left_out: string[];
}

export interface Media {
  video: string;
  thumbnail: string;
  spritesheet: string;
  expires_at: number; // the addresses are signed and end then
}

export interface Model {
  id: string;
  name: string;
  sizes: string[];
  most_seconds: number;
  qualities: string[];
  styles: string[];
}

export interface Session {
  project: { id: string; name: string };
  open: boolean; // nobody needs a key here
  base_url: string; // for programs: "http://host:port/v1"
  models: Model[];
  limits: { most_seconds: number; most_upload_bytes: number };
}

export const isDone = (video: Video): boolean =>
  video.status === 'completed' || video.status === 'failed';

// Width over height; 16:9 when the size cannot be read.
export function aspect(size: string): number {
  const match = /^(\d+)x(\d+)$/.exec(size);
  return match && Number(match[1]) > 0 && Number(match[2]) > 0
    ? Number(match[1]) / Number(match[2])
    : 16 / 9;
}
