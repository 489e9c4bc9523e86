// Told while the server cannot be reached.
import { useStore } from '../lib/store';
import { knock, lost } from '../state/session';
import { useNow } from './hooks';

export function Banner() {
  const now = useStore(lost);
  if (!now) return null;
  return (
    <div class="banner" role="status">
      <p>
        {navigator.onLine ? 'The server does not answer.' : 'You are offline.'} <Countdown next_ms={now.next_ms} />
      </p>
      <button type="button" class="link" onClick={() => void knock()}>
        Try now
      </button>
    </div>
  );
}

// Not part of the status: a screen reader would read out every second.
function Countdown({ next_ms }: { next_ms: number }) {
  const left_s = Math.round((next_ms - useNow(500)) / 1000);
  return <span aria-hidden="true">{left_s > 0 ? `Next try in ${left_s} s.` : 'Trying …'}</span>;
}
