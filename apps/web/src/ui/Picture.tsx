// The film's first frame: chosen, pasted or dropped anywhere on the page.
import { useEffect, useRef, useState } from 'preact/hooks';
import { bytesWords } from '../lib/words';
import { edit, PICTURE_TYPES, pictureMistake } from '../state/form';
import { Icon } from './Icon';

interface Props {
  picture: File | null;
  most_bytes: number;
  onWrong: (words: string) => void;
}

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

export function Picture({ picture, most_bytes, onWrong }: Props) {
  const [over, setOver] = useState(false);
  const [url, setUrl] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (!picture) return setUrl(null);
    const made = URL.createObjectURL(picture);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [picture]);

  useEffect(() => {
    const take = (file: File | undefined | null): void => {
      if (!file) return;
      const wrong = pictureMistake(file, most_bytes);
      if (wrong) onWrong(wrong);
      else edit({ picture: file });
    };
    const paste = (event: ClipboardEvent): void => {
      const file = [...(event.clipboardData?.files ?? [])].find((f) => f.type.startsWith('image/'));
      if (!file) return;
      event.preventDefault();
      take(file);
    };
    let depth = 0; // enter and leave come for every element below
    const enter = (event: DragEvent): void => {
      if (hasFiles(event) && ++depth === 1) setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (hasFiles(event) && --depth === 0) setOver(false);
    };
    const above = (event: DragEvent): void => {
      if (hasFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      take(event.dataTransfer?.files[0]);
    };
    const choose = (): void => {
      take(input.current?.files?.[0]);
      if (input.current) input.current.value = ''; // the same file may be chosen again
    };
    const chooser = input.current;
    document.addEventListener('paste', paste);
    document.addEventListener('dragenter', enter);
    document.addEventListener('dragleave', leave);
    document.addEventListener('dragover', above);
    document.addEventListener('drop', drop);
    chooser?.addEventListener('change', choose);
    return () => {
      document.removeEventListener('paste', paste);
      document.removeEventListener('dragenter', enter);
      document.removeEventListener('dragleave', leave);
      document.removeEventListener('dragover', above);
      document.removeEventListener('drop', drop);
      chooser?.removeEventListener('change', choose);
    };
  }, [most_bytes]);

  return (
    <div class="picture">
      <input ref={input} id="picture" class="unseen" type="file" accept={PICTURE_TYPES.join(',')} />
      {picture && url ? (
        <figure>
          <img src={url} alt="The film begins with this picture" />
          <figcaption>
            <span>First frame</span>
            <span class="quiet">{bytesWords(picture.size)}</span>
          </figcaption>
          <button type="button" class="bare" aria-label="Take the picture away" onClick={() => edit({ picture: null })}>
            <Icon name="x" />
          </button>
        </figure>
      ) : (
        <label for="picture" class="ghost">
          <Icon name="picture" /> Begin with a picture
        </label>
      )}
      {over && <div class="drop">Drop it: the film begins with this picture</div>}
    </div>
  );
}
