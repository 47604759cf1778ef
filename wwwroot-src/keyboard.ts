// Shortcuts. Those of a single key can be switched off (in the list under ?), because speech input types them by accident.
import { openDialog } from './menus';
import { on } from './page';
import { enabled, isShortcut } from './shortcuts';

document.addEventListener('keydown', (event) => {
  const search = document.getElementById('search') as HTMLInputElement | null;
  const wantsSearch = (event.key === '/' && isShortcut(event))
    || (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey);
  if (search && wantsSearch) {
    event.preventDefault();
    search.focus();
    search.select();
  } else if (event.key === '?' && isShortcut(event)) {
    event.preventDefault();
    openDialog('shortcuts');
  }
});

on('change', '[data-single-keys]', (box) => {
  try { localStorage.setItem('single-keys', (box as HTMLInputElement).checked ? 'on' : 'off'); } catch { /* not remembered */ }
});
for (const box of document.querySelectorAll<HTMLInputElement>('[data-single-keys]')) box.checked = enabled();
