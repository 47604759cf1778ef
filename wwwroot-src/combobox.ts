// A search box with suggestions (WAI-ARIA combobox with a listbox). htmx fetches the list; the form works without it.
//   <form data-combobox> <input role="combobox" aria-controls="LIST" hx-get="…"> <div id="LIST" role="listbox" hidden>
import { on } from './page';

const listOf = (input: Element): HTMLElement | null => document.getElementById(input.getAttribute('aria-controls') ?? '');
const optionsOf = (list: Element): HTMLElement[] => [...list.querySelectorAll<HTMLElement>('[role=option]')];

function close(input: Element): void {
  const list = listOf(input);
  if (list) list.hidden = true;
  input.setAttribute('aria-expanded', 'false');
  input.removeAttribute('aria-activedescendant');
}

// Sent as typed, or closed: what is still being fetched for the list comes too late.
const sent = new WeakSet<Element>();

function open(input: HTMLInputElement): void {
  const list = listOf(input);
  const any = list !== null && list.childElementCount > 0 && input.value.trim() !== '' && document.activeElement === input && !sent.has(input);
  if (!any) return close(input);
  list.hidden = false;
  input.setAttribute('aria-expanded', 'true');
  choose(input, null);
}

function choose(input: Element, option: HTMLElement | null): void {
  const list = listOf(input);
  for (const other of list ? optionsOf(list) : []) other.setAttribute('aria-selected', String(other === option));
  if (option) {
    input.setAttribute('aria-activedescendant', option.id);
    option.scrollIntoView({ block: 'nearest' });
  } else {
    input.removeAttribute('aria-activedescendant');
  }
}

document.addEventListener('htmx:after:swap', (event) => {
  const input = (event as CustomEvent).detail.ctx?.sourceElement;
  if (input instanceof HTMLInputElement && input.matches('[role=combobox]')) open(input);
});

on('keydown', '[role=combobox]', (element, event) => {
  const input = element as HTMLInputElement;
  const list = listOf(input);
  if (!list) return;
  const options = optionsOf(list);
  const at = options.findIndex((option) => option.id === input.getAttribute('aria-activedescendant'));
  switch (event.key) {
    case 'ArrowDown':
    case 'ArrowUp': {
      event.preventDefault();
      if (list.hidden) { sent.delete(input); open(input); if (list.hidden) return; }
      // One place before the first stands for "nothing chosen": the text as typed.
      const count = options.length + 1;
      const next = (at + 1 + (event.key === 'ArrowDown' ? 1 : -1) + count) % count;
      choose(input, options[next - 1] ?? null);
      break;
    }
    case 'Enter':
      if (!list.hidden && options[at]) {
        event.preventDefault();
        options[at].click();
      }
      break;
    case 'Escape':
      if (!list.hidden) {
        event.preventDefault();
        close(input);
      }
      sent.add(input);
      break;
    case 'Tab':
      close(input);
      break;
  }
});

on('submit', 'form', (form) => {
  for (const input of form.querySelectorAll('[role=combobox]')) {
    sent.add(input);
    close(input);
  }
});
on('input', '[role=combobox]', (input) => { sent.delete(input); if ((input as HTMLInputElement).value.trim() === '') close(input); });
on('focusin', '[role=combobox]', (input) => open(input as HTMLInputElement));
document.addEventListener('pointerdown', (event) => {
  for (const input of document.querySelectorAll('[role=combobox][aria-expanded=true]'))
    if (!input.closest('[data-combobox]')?.contains(event.target as Node)) close(input);
});
