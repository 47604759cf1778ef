// Runs in <head> before anything is painted: the theme, so that nothing flashes, and the zone for the next request.
const root = document.documentElement;
const dark = matchMedia('(prefers-color-scheme: dark)');

function apply(): void {
  let chosen: string | null = null;
  try { chosen = localStorage.getItem('theme'); } catch { /* storage may be forbidden: follow the system */ }
  root.dataset.bsTheme = chosen === 'light' || chosen === 'dark' ? chosen : dark.matches ? 'dark' : 'light';
}

apply();
root.classList.add('js');
dark.addEventListener('change', apply);
addEventListener('storage', apply);
addEventListener('theme', apply);

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const base = document.querySelector<HTMLMetaElement>('meta[name=base]')?.content || '/';
if (zone) document.cookie = `tz=${zone}; path=${base}; max-age=31536000; samesite=lax${location.protocol === 'https:' ? '; secure' : ''}`;
