import { useEffect, useState } from 'preact/hooks';
import type { Session } from './api/types';
import { route } from './lib/route';
import { useStore } from './lib/store';
import { isDone } from './api/types';
import { films, stage, start } from './state/library';
import { gate, knock, onBack } from './state/session';
import { Banner } from './ui/Banner';
import { CodePanel } from './ui/CodePanel';
import { Composer, focusPrompt } from './ui/Composer';
import { Gallery } from './ui/Gallery';
import { Header } from './ui/Header';
import { KeysDialog } from './ui/KeysDialog';
import { Login } from './ui/Login';
import { Notices, tell } from './ui/notices';
import { togglePlayer } from './ui/Player';
import { Stage } from './ui/Stage';
import { Viewer } from './ui/Viewer';

// The tab tells how far the film on stage is.
function useTitle(): void {
  const shown = useStore(stage)?.shown;
  const film = useStore(films).byId[shown ?? ''];
  const percent = film && !isDone(film.video) ? film.video.progress : null;
  useEffect(() => {
    document.title = percent === null ? 'aozora' : `${percent} % · aozora`;
  }, [percent]);
}

function Home({ session }: { session: Session }) {
  const [keys, setKeys] = useState(false);
  const opened = useStore(route).page === 'film';
  useTitle();

  useEffect(() => {
    void start();
    return onBack(() => tell('Connected again.'));
  }, [session.project.id]);

  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const target = event.target as Element;
      if (target.closest('input, textarea, select')) return;
      const dialog = document.querySelector('dialog[open]') !== null;
      if (event.key === '/' && !dialog) {
        event.preventDefault();
        focusPrompt();
      } else if (event.key === '?') {
        setKeys(true);
      } else if (event.key === ' ' && !target.closest('button, a, summary, video')) {
        if (togglePlayer()) event.preventDefault();
      } else if (event.key === 'Escape' && !dialog) {
        const film = films.get().byId[stage.get()?.shown ?? ''];
        if (film && isDone(film.video)) stage.set(null);
      }
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);

  return (
    <>
      <Header session={session} onKeys={() => setKeys(true)} />
      <main>
        <Composer session={session} />
        <CodePanel session={session} />
        <Stage />
        <Gallery />
      </main>
      <footer>
        <p>Simulated, drawn and heard on this server. Not affiliated with OpenAI.</p>
      </footer>
      <Viewer />
      <KeysDialog open={keys} onClose={() => setKeys(false)} />
      {!opened && <Notices />}
    </>
  );
}

export function App() {
  const now = useStore(gate);
  useEffect(() => void knock(), []);
  return (
    <>
      <Banner />
      {now.is === 'in' ? (
        <Home session={now.session} />
      ) : (
        <>
          <Header session={null} />
          {now.is === 'out' && <Login />}
          {now.is === 'broken' && (
            <main class="login">
              <h1>Something is wrong</h1>
              <p>
                {now.words} {now.remedy}
              </p>
              <button type="button" class="primary" onClick={() => void knock()}>
                Try again
              </button>
            </main>
          )}
          {now.is === 'asking' && <main class="login" aria-busy="true" />}
        </>
      )}
    </>
  );
}
