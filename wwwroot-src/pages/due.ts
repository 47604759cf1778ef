// The queue of calls by keyboard. Every key presses a button or link of the row that has the focus, else of the first one.
import { on } from '../page';
import { isShortcut } from '../shortcuts';

const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('#due [data-due]')];
const current = (): HTMLElement | undefined => document.activeElement?.closest<HTMLElement>('[data-due]') ?? rows()[0];

// From the press until the answer is in place keys do nothing: a second press must not log a call to somebody else.
let working = false;
let next: string | undefined;

function focus(row: HTMLElement | undefined): void {
  row?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: 'nearest' });
}

function step(by: number): void {
  const all = rows();
  const at = all.findIndex((row) => row.contains(document.activeElement));
  if (by > 0 && at === all.length - 1) document.querySelector<HTMLElement>('#due [data-key=more]')?.focus();
  else focus(all[Math.max(0, at + by)]);
}

function act(key: string, row: HTMLElement): boolean {
  const details = row.querySelector('details');
  if (key === 'f' && details) {
    details.open = true;
    details.querySelector<HTMLElement>('[data-first]')?.focus();
    return true;
  }
  const target = row.querySelector<HTMLElement>({ o: '[data-open]', c: '[data-tel]' }[key] ?? `[data-key="${CSS.escape(key)}"]`);
  target?.click();
  return target !== null;
}

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && event.target instanceof Element) {
    const details = event.target.closest<HTMLDetailsElement>('.due-more[open]');
    if (!details || event.defaultPrevented) return;
    details.open = false;
    focus(details.closest<HTMLElement>('[data-due]') ?? undefined);
    return;
  }
  if (!isShortcut(event)) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (working && key.length === 1) return;
  if (key === 'j' || key === 'ArrowDown') step(1);
  else if (key === 'k' || key === 'ArrowUp') step(-1);
  else if (key === 'u') [...document.querySelectorAll<HTMLElement>('#toasts form button')].at(-1)?.click();
  else if (!/^[rnmfoc]$/.test(key)) return;
  else {
    const row = current();
    if (!row || !act(key, row)) return;
  }
  event.preventDefault();
});

// The row after the one that leaves, or the one before the last.
on('submit', '#due form', (form) => {
  working = true;
  const row = form.closest<HTMLElement>('[data-due]');
  const all = rows();
  const at = row ? all.indexOf(row) : -1;
  next = at < 0 ? undefined : (all[at + 1] ?? all[at - 1])?.id;
});

const isOurs = (event: Event): boolean => (event as CustomEvent).detail?.ctx?.target?.id === 'due';
document.addEventListener('htmx:finally:request', (event) => { if (isOurs(event)) working = false; });
document.addEventListener('htmx:after:swap', (event) => {
  const ctx = (event as CustomEvent).detail?.ctx;
  if (ctx?.response?.status === 422 || ctx?.sourceEvent?.type !== 'submit' || !document.getElementById('due')) return;
  working = false;
  if (next === undefined) return;
  // Forty calls leave forty messages: the last one is enough.
  for (const toast of [...document.querySelectorAll('#toasts > .notice')].slice(0, -1)) toast.remove();
  focus((document.getElementById(next) ?? rows()[0] ?? document.getElementById('due-empty')) as HTMLElement | undefined);
  next = undefined;
});
