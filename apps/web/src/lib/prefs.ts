// What this browser remembers. Storage may be forbidden or full; then nothing is remembered.
export function remember(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`aozora.${name}`);
    else localStorage.setItem(`aozora.${name}`, value);
  } catch {}
}

export function recall(name: string): string | null {
  try {
    return localStorage.getItem(`aozora.${name}`);
  } catch {
    return null;
  }
}
