// What the user has asked for so far, and how it is said to the server.
import type { Model, Session } from '../api/types';
import { createStore } from '../lib/store';
import { recall, remember } from '../lib/prefs';
import { bytesWords } from '../lib/words';

export interface Form {
  prompt: string;
  model: string;
  size: string; // one of the model's, or OWN
  width: string; // of the own size, as typed
  height: string;
  seconds: string; // "4", or OWN
  ownSeconds: string;
  style: string; // "" = as the words say
  quality: string;
  variations: number;
  picture: File | null;
}

export const OWN = 'own';
export const SECONDS = ['4', '8', '12', '16', '20'];
export const MOST_VARIATIONS = 4;
export const PICTURE_TYPES = ['image/jpeg', 'image/png', 'image/webp'];
const MOST_PROMPT = 32000;

const blank: Form = {
  prompt: '',
  model: '',
  size: '',
  width: '1280',
  height: '720',
  seconds: '4',
  ownSeconds: '6',
  style: '',
  quality: '',
  variations: 1,
  picture: null,
};

// The words survive a reload, a lost session and a closed tab; the picture cannot.
function remembered(): Form {
  try {
    const saved = JSON.parse(recall('form') ?? '{}') as Record<string, unknown>;
    const form: Record<string, unknown> = { ...blank };
    for (const key of Object.keys(blank)) if (typeof saved[key] === typeof form[key]) form[key] = saved[key];
    return { ...(form as unknown as Form), picture: null };
  } catch {
    return blank;
  }
}

export const form = createStore(remembered());
form.subscribe(() => remember('form', JSON.stringify({ ...form.get(), picture: null })));

export const edit = (changes: Partial<Form>): void => form.set({ ...form.get(), ...changes });

const among = (value: string, values: readonly string[], otherwise: string): string =>
  values.includes(value) ? value : otherwise;

export function modelOf(form: Form, session: Session): Model | undefined {
  return session.models.find((model) => model.id === form.model) ?? session.models[0];
}

// The same form with everything that this model does not offer put right.
export function settled(form: Form, session: Session): Form {
  const model = modelOf(form, session);
  if (!model) return form;
  const { sizes, qualities, styles } = model;
  return {
    ...form,
    model: model.id,
    size: among(form.size, [...sizes, OWN], sizes[0] ?? OWN),
    seconds: among(form.seconds, [...SECONDS.filter((s) => Number(s) <= most_seconds(model, session)), OWN], OWN),
    quality: among(form.quality, qualities, among('standard', qualities, qualities[0] ?? '')),
    style: among(form.style, styles, ''),
    variations: Math.min(MOST_VARIATIONS, Math.max(1, Math.round(form.variations) || 1)),
  };
}

export const most_seconds = (model: Model, session: Session): number =>
  Math.min(model.most_seconds || Infinity, session.limits.most_seconds || Infinity);

// The fields in the order in which they are sent; what equals the server's default is left away.
export function fields(form: Form): [name: string, value: string][] {
  const out: [string, string][] = [
    ['prompt', form.prompt.trim()],
    ['model', form.model],
    ['seconds', form.seconds === OWN ? form.ownSeconds.trim() : form.seconds],
    ['size', form.size === OWN ? `${form.width.trim()}x${form.height.trim()}` : form.size],
  ];
  if (form.style) out.push(['style', form.style]);
  if (form.quality && form.quality !== 'standard') out.push(['quality', form.quality]);
  if (form.variations > 1) out.push(['variations', String(form.variations)]);
  return out;
}

export function formData(form: Form): FormData {
  const data = new FormData();
  for (const [name, value] of fields(form)) data.set(name, value);
  if (form.picture) data.set('input_reference', form.picture, form.picture.name);
  return data;
}

export type Field = 'prompt' | 'size' | 'seconds' | 'picture';

// What stands in the way of creating, in words, or null.
export function mistake(form: Form, session: Session): { field: Field; words: string } | null {
  const model = modelOf(form, session);
  if (!form.prompt.trim()) return { field: 'prompt', words: 'Say first what should happen.' };
  if (form.prompt.length > MOST_PROMPT)
    return { field: 'prompt', words: `At most ${MOST_PROMPT} characters; these are ${form.prompt.length}.` };
  if (form.size === OWN) {
    const sides = [form.width, form.height].map((side) => Number(side.trim()));
    if (!sides.every((side) => Number.isInteger(side) && side >= 16))
      return { field: 'size', words: 'Width and height are whole numbers of pixels, 16 or more.' };
    if (sides.some((side) => side % 2)) return { field: 'size', words: 'Width and height must be even.' };
  }
  if (form.seconds === OWN) {
    const seconds = Number(form.ownSeconds.trim());
    const most = model ? most_seconds(model, session) : Infinity;
    if (!(seconds > 0)) return { field: 'seconds', words: 'Seconds are a number above 0.' };
    if (seconds > most) return { field: 'seconds', words: `At most ${most} seconds.` };
  }
  const wrong = form.picture && pictureMistake(form.picture, session.limits.most_upload_bytes);
  return wrong ? { field: 'picture', words: wrong } : null;
}

export function pictureMistake(file: File, most_bytes: number): string | null {
  if (!PICTURE_TYPES.includes(file.type)) return 'A picture is a JPEG, PNG or WebP file.';
  if (most_bytes > 0 && file.size > most_bytes) return `At most ${bytesWords(most_bytes)}; this one has ${bytesWords(file.size)}.`;
  return null;
}
