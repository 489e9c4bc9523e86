import { useState } from 'preact/hooks';
import { ApiError, logIn } from '../api/client';
import { knock } from '../state/session';
import { explain } from './notices';

export function Login() {
  const [key, setKey] = useState('');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (!key.trim()) return setWrong('Paste a key first.');
    setBusy(true);
    try {
      await logIn(key.trim());
      await knock();
    } catch (error) {
      const { words, remedy } = explain(error);
      const refused = error instanceof ApiError && error.status === 401;
      setWrong(refused ? 'This key is not known here. Look for a space or a missing end, or make a new one.' : `${words} ${remedy}`);
    } finally {
      setBusy(false);
    }
  }

  return (
    <main class="login">
      <h1>Welcome</h1>
      <p>Open the login link that the server printed, or paste an API key.</p>
      <form onSubmit={(event) => void submit(event)} class="card login-form" noValidate>
        <label for="key">API key</label>
        <input
          id="key"
          type="password"
          autocomplete="current-password"
          spellcheck={false}
          value={key}
          aria-invalid={wrong !== null}
          aria-describedby="key-wrong"
          onInput={(event) => {
            setKey(event.currentTarget.value);
            setWrong(null);
          }}
        />
        <p id="key-wrong" class="wrong" role="alert">
          {wrong}
        </p>
        <button type="submit" class="primary" disabled={busy}>
          {busy ? 'One moment …' : 'Come in'}
        </button>
      </form>
      <p class="quiet">
        No key? On the server’s machine: <code class="whole">aozora keys create</code>
      </p>
    </main>
  );
}
