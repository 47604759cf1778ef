// The choice in the user menu; theme.ts applies it.
import { on } from './page';

function show(): void {
  let chosen = 'system';
  try { chosen = localStorage.getItem('theme') ?? 'system'; } catch { /* storage may be forbidden */ }
  for (const radio of document.querySelectorAll<HTMLInputElement>('input[name=theme]')) radio.checked = radio.value === chosen;
}

on('change', 'input[name=theme]', (radio) => {
  const { value } = radio as HTMLInputElement;
  try {
    if (value === 'system') localStorage.removeItem('theme');
    else localStorage.setItem('theme', value);
  } catch { /* storage may be forbidden: nothing to remember */ }
  dispatchEvent(new Event('theme'));
});
document.addEventListener('htmx:after:swap', show);
show();
