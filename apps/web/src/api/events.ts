// The stream of one film: what the server tells while it is made.
import type { Progress, Report, Video } from './types';
import { eventsUrl } from './client';

export interface Listener {
  video(video: Video): void;
  progress(progress: Progress): void;
  preview(url: string): void;
  report(report: Report): void;
  broken(final: boolean): void; // final: the browser does not try again by itself
}

// Returns how to stop. The browser reconnects by itself while the server can be reached.
export function listen(id: string, to: Listener): () => void {
  const source = new EventSource(eventsUrl(id));
  const on = <T>(name: string, take: (data: T) => void): void =>
    source.addEventListener(name, (event) => {
      let data: T;
      try {
        data = JSON.parse((event as MessageEvent<string>).data) as T;
      } catch {
        return;
      }
      take(data);
    });
  on<Video>('video', (video) => {
    // The server ends the stream after this one; without close() the browser would ask for it again.
    if (video.status === 'completed' || video.status === 'failed') source.close();
    to.video(video);
  });
  on<Progress>('progress', to.progress);
  on<{ url: string }>('preview', ({ url }) => {
    if (typeof url === 'string' && url.startsWith('/')) to.preview(url);
  });
  on<Report>('report', to.report);
  source.onerror = () => to.broken(source.readyState === EventSource.CLOSED);
  return () => source.close();
}
