import { useEffect, useRef } from 'preact/hooks';
import { Icon } from './Icon';

const apple = /Mac|iPhone|iPad/.test(navigator.platform);

const keys: [string[], string][] = [
  [['/'], 'write a prompt'],
  [[apple ? '⌘' : 'Ctrl', 'Enter'], 'create'],
  [['←', '↑', '↓', '→'], 'walk through the films'],
  [['Enter'], 'open a film'],
  [['Space'], 'play and pause'],
  [['Esc'], 'close'],
  [['?'], 'these keys'],
];

export function KeysDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal();
    if (!open) dialog.current?.close();
  }, [open]);
  return (
    <dialog ref={dialog} class="keys" aria-labelledby="keys-title" onClose={onClose} onClick={(event) => event.target === event.currentTarget && onClose()}>
      <div class="keys-inside">
        <button type="button" class="round away" aria-label="Close" onClick={onClose}>
          <Icon name="x" />
        </button>
        <h2 id="keys-title">Keyboard</h2>
        <dl>
          {keys.map(([combination, what]) => (
            <div key={what}>
              <dt>
                {combination.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      </div>
    </dialog>
  );
}
