// The review of duplicates by keyboard. Every key presses a button or link that is on the page.
import { on } from '../page';
import { isShortcut } from '../shortcuts';

const root = (): HTMLElement | null => document.getElementById('review');

// From the press until the answer is in place keys do nothing: a second press must not decide a group nobody has seen.
let working = false;

document.addEventListener('keydown', (event) => {
  const review = root();
  if (!review || !isShortcut(event)) return;
  // The arrows of a group of radio buttons are the browser's.
  if (event.key.startsWith('Arrow') && event.target instanceof Element && event.target.matches('input, .review-scroll')) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const target = /^[1-9]$/.test(key)
    ? review.querySelector<HTMLElement>(`[data-person="${key}"]`)
    : review.querySelector<HTMLElement>(`[data-key~="${CSS.escape(key)}"]`);
  if (!target) return;
  event.preventDefault();
  if (working || target.matches(':disabled')) return;
  target.click();
});

on('click', '[data-take]', (button) => {
  for (const choice of root()?.querySelectorAll<HTMLInputElement>(`input[data-of="${button.dataset.take}"]`) ?? []) choice.checked = true;
});

const isOurs = (event: Event): boolean => (event as CustomEvent).detail?.ctx?.target?.id === 'review';
document.addEventListener('htmx:before:request', (event) => { if (isOurs(event)) working = true; });
document.addEventListener('htmx:finally:request', (event) => { if (isOurs(event)) working = false; });
on('submit', '#review form', () => { working = true; });

document.addEventListener('htmx:after:swap', () => {
  const review = root();
  if (!review || review.dataset.shown) return;
  review.dataset.shown = 'true';
  // Two hundred decisions leave two hundred messages: the last one is enough.
  for (const toast of [...document.querySelectorAll('#toasts > .notice')].slice(0, -1)) toast.remove();
  const live = document.getElementById('review-live');
  if (live) live.textContent = review.querySelector('[data-progress]')?.textContent ?? '';
  const title = document.getElementById('group-title');
  title?.focus({ preventScroll: true });
  if (review.getBoundingClientRect().top < 0) review.scrollIntoView();
});
if (root()) root()!.dataset.shown = 'true';
