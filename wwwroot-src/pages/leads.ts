// The list of leads: how many rows are selected, and all at once.
import { on } from '../page';

const boxes = (): HTMLInputElement[] => [...document.querySelectorAll<HTMLInputElement>('input[name=ids][form=bulk]')];

function show(): void {
  const all = boxes();
  const chosen = all.filter((box) => box.checked).length;
  const whole = document.querySelector<HTMLInputElement>('[data-select-all]');
  const text = document.querySelector('[data-selected]');
  if (whole) {
    whole.checked = chosen > 0 && chosen === all.length;
    whole.indeterminate = chosen > 0 && chosen < all.length;
  }
  const words = chosen === 0 ? 'Select all' : `${chosen} selected`;
  if (text && text.textContent !== words) text.textContent = words;
  document.getElementById('bulk')?.classList.toggle('bulk-idle', chosen === 0);
}

on('change', '[data-select-all]', (whole) => {
  for (const box of boxes()) box.checked = (whole as HTMLInputElement).checked;
  show();
});
on('change', 'input[name=ids]', show);
// As on the board and in the queue.
on('keydown', '.lead-edited', (row, event) => {
  if (event.key !== 'Escape' || event.defaultPrevented) return;
  event.preventDefault();
  row.querySelector<HTMLElement>('[data-cancel]')?.click();
});
// A row that was opened is for typing; back in the list the row's button has the focus again.
let edited: string | undefined;
document.addEventListener('htmx:after:swap', () => {
  show();
  const row = document.querySelector<HTMLElement>('.lead-edited');
  if (row) {
    // Where it was sent and refused, the focus is where it was, or at what is wrong.
    if (edited !== row.id) row.querySelector<HTMLElement>('[autofocus]')?.focus();
  } else if (edited && document.activeElement === document.body)
    document.getElementById(edited)?.querySelector<HTMLElement>('[data-edit-row]')?.focus();
  edited = row?.id;
});
show();
// On the way back the browser puts the ticks back only after this has run.
addEventListener('pageshow', show);
