import { useState } from 'preact/hooks';
import type { Session } from '../api/types';
import { LANGUAGES, languageNames, snippet, type Language } from '../code/snippets';
import { recall, remember } from '../lib/prefs';
import { useStore } from '../lib/store';
import { fields, form, settled } from '../state/form';
import { Icon } from './Icon';
import { complain } from './notices';

const saved = recall('language');

export function CodePanel({ session }: { session: Session }) {
  const now = settled(useStore(form), session);
  const [language, setLanguage] = useState<Language>(LANGUAGES.find((l) => l === saved) ?? 'curl');
  const [copied, setCopied] = useState(false);
  const code = snippet(language, {
    baseUrl: session.base_url,
    fields: fields(now).map(([name, value]) => [name, name === 'prompt' && !value ? 'A steel ball is dropped onto a concrete floor.' : value]),
    picture: now.picture?.name ?? null,
    needsKey: !session.open,
  });

  function pick(next: Language): void {
    setLanguage(next);
    remember('language', next);
  }

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(code);
      setCopied(true);
      setTimeout(() => setCopied(false), 1600);
    } catch {
      // Without TLS and off this machine browsers give no clipboard.
      const text = document.getElementById('code-text');
      if (!text) return complain(null);
      getSelection()?.selectAllChildren(text);
      document.execCommand('copy');
      setCopied(true);
      setTimeout(() => setCopied(false), 1600);
    }
  }

  return (
    <details class="code card">
      <summary>
        <Icon name="code" /> Use it from code
      </summary>
      <div class="code-bar">
        <div
          role="tablist"
          aria-label="Language"
          onKeyDown={(event) => {
            const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
            if (!step) return;
            event.stopPropagation();
            const next = LANGUAGES[(LANGUAGES.indexOf(language) + step + LANGUAGES.length) % LANGUAGES.length];
            if (!next) return;
            pick(next);
            document.getElementById(`tab-${next}`)?.focus();
          }}
        >
          {LANGUAGES.map((one) => (
            <button
              key={one}
              id={`tab-${one}`}
              type="button"
              role="tab"
              aria-selected={one === language}
              aria-controls="code-panel"
              tabIndex={one === language ? 0 : -1}
              onClick={() => pick(one)}
            >
              {languageNames[one]}
            </button>
          ))}
        </div>
        <button type="button" class="ghost" onClick={() => void copy()}>
          <Icon name="copies" /> <span aria-live="polite">{copied ? 'Copied' : 'Copy'}</span>
        </button>
      </div>
      <pre id="code-panel" role="tabpanel" aria-labelledby={`tab-${language}`} tabIndex={0}>
        <code id="code-text">{code}</code>
      </pre>
      <p class="quiet">
        {language === 'curl' ? 'Any program that speaks HTTP can do this.' : 'OpenAI’s own library; only the base address differs.'}
        {session.open ? ' No key is needed here.' : ' A key for your program: aozora keys create'}
      </p>
    </details>
  );
}
