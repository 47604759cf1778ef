const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select'));

/** Whether shortcuts of a single key are switched on. */
export function enabled(): boolean {
  try { return localStorage.getItem('single-keys') !== 'off'; } catch { return true; }
}

/** Whether this key press may be taken as a shortcut of a single key: nobody is typing, no window is open, not switched off. */
export function isShortcut(event: KeyboardEvent): boolean {
  return !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat
    && !typing(event.target) && !document.querySelector('dialog:modal') && enabled();
}
