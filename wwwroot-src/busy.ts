// A form that is under way says so and can't be sent again. Without htmx the next page ends it; with htmx the answer does.
import { on } from './page';

const busyForms = new WeakSet<HTMLFormElement>();
const isPost = (form: HTMLFormElement): boolean => form.method === 'post' || form.hasAttribute('hx-post');
const usesHtmx = (form: HTMLFormElement): boolean =>
  ['hx-get', 'hx-post', 'hx-put', 'hx-patch', 'hx-delete', 'hx-boost'].some((name) => form.hasAttribute(name));

function start(button: Element | null | undefined): void {
  if (!(button instanceof HTMLElement)) return;
  button.setAttribute('aria-busy', 'true');
  button.setAttribute('aria-disabled', 'true');
}

function end(root: ParentNode): void {
  const buttons = [...root.querySelectorAll('button[aria-busy], a[aria-busy], input[aria-busy]')];
  if (root instanceof Element && root.matches('[aria-busy]')) buttons.push(root);
  for (const button of buttons) {
    button.removeAttribute('aria-busy');
    button.removeAttribute('aria-disabled');
  }
}

function release(form: HTMLFormElement): void {
  busyForms.delete(form);
  end(form);
  // Buttons outside their form (form="…").
  for (const element of form.elements) end(element);
}

// Before htmx and before the browser: a second press does nothing.
on('submit', 'form', (element, event) => {
  const form = element as HTMLFormElement;
  if (form.method === 'dialog') return;
  if (busyForms.has(form)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  if (isPost(form)) busyForms.add(form);
  start((event as SubmitEvent).submitter);
}, true);

document.addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement;
  if (usesHtmx(form)) return;
  if (event.defaultPrevented) release(form);
  // A download answers without a new page, so nothing else would end it.
  else if (form.matches('[data-download], [target]')) setTimeout(() => release(form), 2000);
  // Somebody stopped the browser from loading the answer.
  else setTimeout(() => release(form), 30000);
});

on('click', '[aria-busy=true]', (element, event) => {
  if (!element.matches('button, a, input')) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

document.addEventListener('htmx:before:request', (event) => {
  const source = (event as CustomEvent).detail.ctx.sourceElement as Element;
  if (source.matches('button, a.btn')) start(source);
});

document.addEventListener('htmx:finally:request', (event) => {
  const { sourceElement, request } = (event as CustomEvent).detail.ctx;
  const form = request?.form ?? sourceElement;
  if (form instanceof HTMLFormElement) release(form);
  if (sourceElement instanceof Element) end(sourceElement);
});

// A submission that the browser stopped (a required field) or htmx dropped never starts; and a page may come back from the
// back-forward cache as it was left.
document.addEventListener('invalid', (event) => {
  const form = (event.target as HTMLInputElement).form;
  if (form) release(form);
}, true);
addEventListener('pageshow', (event) => {
  if (!event.persisted) return;
  for (const form of document.forms) release(form);
  end(document);
});
