// One film in full: while it is made, when it is finished, when it failed. On the stage and in the
// viewer alike.
import { useEffect, useState } from 'preact/hooks';
import { aspect } from '../api/types';
import { filmLink } from '../lib/route';
import { ago, remedy, sizeWords, stageWords, statusWord, wasCancelled } from '../lib/words';
import type { Film } from '../state/films';
import { cancel, loadReport } from '../state/library';
import { deleteFilm, FilmActions, reuse } from './FilmActions';
import { useMedia, useNow } from './hooks';
import { Icon } from './Icon';
import { complain } from './notices';
import { Player } from './Player';
import { ReportView } from './ReportView';
import { Sky } from './Sky';

function Picture({ film, play }: { film: Film; play: boolean }) {
  const { video, live } = film;
  const done = video.status === 'completed';
  const { media, gone, refresh } = useMedia(video.id, done);
  const [lastFrame, setLastFrame] = useState<string | null>(null);
  useEffect(() => setLastFrame(null), [video.id]);
  useEffect(() => {
    if (live?.preview) setLastFrame(live.preview);
  }, [live?.preview]);

  return (
    <div class="screen" style={{ '--ratio': String(aspect(video.size)) }}>
      {done && media ? (
        <Player key={video.id} media={media} label={video.prompt ?? 'Film'} play={play} onBroken={refresh} />
      ) : video.status === 'failed' ? (
        <Sky progress={0} still />
      ) : (
        <>
          <Sky progress={video.progress} still={done || video.status === 'queued'} />
          {gone && <p class="no-file">The server no longer has this film’s file.</p>}
          {lastFrame && <img class="preview" src={lastFrame} alt="The newest frame" onError={() => setLastFrame(null)} />}
        </>
      )}
    </div>
  );
}

// For those who hear the page: each stage and each quarter, not each frame.
function heard(film: Film): string {
  const words = stageWords({ ...film, live: film.live && { ...film.live, frames: 0 } });
  const quarter = 25 * Math.floor(film.video.progress / 25);
  return film.video.status === 'in_progress' ? `${words}, ${quarter} percent` : words;
}

function Making({ film }: { film: Film }) {
  const { video } = film;
  const [stopping, setStopping] = useState(false);
  const queued = video.status === 'queued';

  async function stop(): Promise<void> {
    setStopping(true);
    try {
      await cancel(video.id);
    } catch (error) {
      complain(error);
      setStopping(false);
    }
  }

  return (
    <div class="making">
      <div class="making-words">
        <p>{stageWords(film)}</p>
        {!queued && <span class="percent">{video.progress} %</span>}
      </div>
      <div
        class={queued ? 'bar waiting' : 'bar'}
        role="progressbar"
        aria-label="Progress of the film"
        aria-valuemin={0}
        aria-valuemax={100}
        {...(queued ? { 'aria-valuetext': 'waiting' } : { 'aria-valuenow': video.progress })}
      >
        <div style={{ transform: `scaleX(${queued ? 0 : video.progress / 100})` }} />
      </div>
      <button type="button" class="ghost" disabled={stopping} onClick={() => void stop()}>
        <Icon name="stop" /> {stopping ? 'Stopping …' : 'Stop'}
      </button>
    </div>
  );
}

function Failure({ film: { video } }: { film: Film }) {
  const stopped = wasCancelled(video.error?.code);
  const error = video.error ?? { code: 'generation_failed', message: 'The server gave no reason.' };
  return (
    <div class="failure">
      {!stopped && (
        <div class="failure-words" role="alert">
          <p>
            <strong>{error.message}</strong>
          </p>
          <p>{remedy({ status: 200, code: error.code, param: null, retryAfter_s: null })}</p>
        </div>
      )}
      <div class="action-row">
        <button type="button" class="action" onClick={() => reuse(video)}>
          <Icon name="words" /> {stopped ? 'Reuse words' : 'Change the words'}
        </button>
        <button type="button" class="action danger" onClick={() => deleteFilm(video.id)}>
          <Icon name="trash" /> Delete
        </button>
      </div>
    </div>
  );
}

export function FilmView({ film, play = false }: { film: Film; play?: boolean }) {
  const { video, report } = film;
  const now = useNow(20_000);
  const done = video.status === 'completed';
  const { media } = useMedia(video.id, done);
  useEffect(() => {
    if (done) loadReport(video.id).catch(() => {}); // older films may have none
  }, [video.id, done]);

  return (
    <article class="film" data-status={video.status} data-shape={aspect(video.size) < 1 ? 'tall' : 'wide'}>
      <Picture film={film} play={play} />
      <div class="film-words">
        <h2>{video.prompt || 'A film without words'}</h2>
        <p class="facts">
          {sizeWords(video.size)} · {video.seconds} s · {ago(video.created_at, now / 1000)}
          {video.remixed_from_video_id && (
            <>
              {' · '}
              <a href={filmLink(video.remixed_from_video_id)}>from this film</a>
            </>
          )}
          {video.status === 'failed' && <span class={wasCancelled(video.error?.code) ? 'tag' : 'tag bad'}>{statusWord(film)}</span>}
        </p>
        {(video.status === 'queued' || video.status === 'in_progress') && <Making film={film} />}
        {video.status === 'failed' && <Failure film={film} />}
        <p class="unseen" role="status">
          {heard(film)}
        </p>
        {report && <ReportView report={report} />}
        {done && <FilmActions video={video} media={media} />}
      </div>
    </article>
  );
}
