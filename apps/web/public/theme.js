// Runs before the first paint, so that no theme ever flashes; src/ui/Header.tsx goes on from here.
// A file of its own for a content security policy without inline scripts.
let theme = null;
try {
  theme = localStorage.getItem('aozora.theme');
} catch {}
if (theme !== 'light' && theme !== 'dark')
  theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
document.documentElement.dataset.theme = theme;
