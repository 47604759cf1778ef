import { on } from './page';

/** Shows a notice: a success politely among the toasts, a failure at once and until closed. Returns the notice. */
export function notify(text: string, options: { failure?: boolean; retry?: () => void } = {}): HTMLElement | null {
  const region = document.getElementById(options.failure ? 'failures' : 'toasts');
  const template = document.getElementById('notice-template') as HTMLTemplateElement | null;
  if (!region || !template) return null;

  const notice = template.content.firstElementChild!.cloneNode(true) as HTMLElement;
  notice.querySelector('[data-text]')!.textContent = text;
  notice.classList.toggle('notice-failure', options.failure === true);
  if (!options.failure) {
    notice.querySelector('svg')?.remove();
    notice.dataset.toast = '';
  }
  const retry = notice.querySelector<HTMLButtonElement>('[data-retry]')!;
  if (options.retry) {
    retry.hidden = false;
    retry.addEventListener('click', options.retry);
  }
  region.append(notice);
  return notice;
}

on('click', '[data-dismiss]', (button) => button.closest('.notice')?.remove());

// A toast leaves by itself, but not while someone points at it, stands in it, or could still undo.
setInterval(() => {
  for (const toast of document.querySelectorAll<HTMLElement>('[data-toast]')) {
    if (toast.matches(':hover, :focus-within') || document.hidden) continue;
    const age = Number(toast.dataset.age ?? 0) + 1;
    toast.dataset.age = String(age);
    if (age >= (toast.querySelector('form') ? 20 : 6)) toast.remove();
  }
}, 1000);
