// Menus are popovers and dialogs are <dialog>: the browser opens, closes and keeps them on top. Here only what it doesn't do.
import { on } from './page';

// Puts a menu under the button that opened it (.menu-user has its place in the style sheet).
document.addEventListener('beforetoggle', (event) => {
  const menu = event.target as HTMLElement;
  if ((event as ToggleEvent).newState !== 'open' || !menu.matches('.menu:not(.menu-user)')) return;
  const button = document.querySelector<HTMLElement>(`[popovertarget="${CSS.escape(menu.id)}"]`);
  if (!button) return;
  const place = (): void => {
    const at = button.getBoundingClientRect();
    const below = at.bottom + 4 + menu.offsetHeight <= innerHeight;
    menu.style.top = `${Math.max(4, below ? at.bottom + 4 : at.top - 4 - menu.offsetHeight)}px`;
    menu.style.left = `${Math.max(4, Math.min(at.right - menu.offsetWidth, innerWidth - menu.offsetWidth - 4))}px`;
  };
  requestAnimationFrame(place);
  addEventListener('scroll', () => menu.hidePopover(), { once: true, passive: true });
}, true);

// Arrow keys walk through an open menu.
on('keydown', '[popover].menu', (menu, event) => {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (!step || (event.target as Element).matches('input')) return;
  const items = [...menu.querySelectorAll<HTMLElement>('a[href], button')].filter((item) => item.offsetParent !== null || item.getClientRects().length > 0);
  const next = items[(items.indexOf(document.activeElement as HTMLElement) + step + items.length) % items.length];
  next?.focus();
  event.preventDefault();
});

// A panel that floats is <details data-panel>: Escape and a click beside it close it, as they close a menu.
on('keydown', 'details[data-panel][open]', (panel, event) => {
  if (event.key !== 'Escape') return;
  (panel as HTMLDetailsElement).open = false;
  panel.querySelector('summary')?.focus();
});
document.addEventListener('click', (event) => {
  for (const panel of document.querySelectorAll<HTMLDetailsElement>('details[data-panel][open]'))
    if (!panel.contains(event.target as Node)) panel.open = false;
});

on('click', '[data-dialog]', (button) => openDialog(button.dataset.dialog ?? ''));
on('click', 'dialog', (dialog, event) => {
  // The click on the backdrop goes to the dialog itself.
  if (event.target === dialog && (dialog as HTMLDialogElement).matches('.dialog')) (dialog as HTMLDialogElement).close();
});
on('click', '[data-close]', (button) => button.closest('dialog')?.close());

/** Opens a <dialog> of the page as a modal window. */
export function openDialog(id: string): void {
  const dialog = document.getElementById(id);
  document.querySelector<HTMLElement>('.menu:popover-open')?.hidePopover();
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}
