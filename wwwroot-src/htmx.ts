// How htmx behaves here: tokens on what changes something, toasts from every answer, sign-in when the session has ended,
// errors as notices instead of half a page, and retries when the connection is lost.
import htmx from 'htmx.org';
import { keepDraft } from './drafts';
import { notify } from './notices';
import { local, on, signInPath } from './page';

interface Context {
  sourceElement: Element;
  sourceEvent: Event;
  target: Element;
  select: string | null;
  selectOOB: string | null;
  swap: string;
  push: string | null;
  status: string;
  text: string;
  request: { action: string; method: string; headers: Record<string, string>; signal: AbortSignal; submitter?: HTMLElement | null; form?: HTMLFormElement | null };
  response?: { status: number; raw: Response };
}

const listen = (name: string, listener: (ctx: Context, event: CustomEvent) => void): void =>
  document.addEventListener(name, (event) => {
    const { ctx } = (event as CustomEvent).detail as { ctx?: Context };
    if (ctx) listener(ctx, event as CustomEvent);
  });

listen('htmx:config:request', (ctx) => {
  if (ctx.request.method !== 'GET') {
    const token = document.querySelector<HTMLInputElement>('input[name=__RequestVerificationToken]')?.value;
    if (token) ctx.request.headers.RequestVerificationToken = token;
  }
  // Whatever part of the answer is taken, its toast comes along (a whole page brings its own).
  if (ctx.target !== document.body) ctx.selectOOB = [ctx.selectOOB, '#toasts:beforeend'].filter(Boolean).join(',');
});

listen('htmx:before:request', (ctx) => { if (ctx.target instanceof HTMLElement && ctx.target !== document.body) ctx.target.setAttribute('aria-busy', 'true'); });
listen('htmx:finally:request', (ctx) => { if (ctx.target instanceof HTMLElement) ctx.target.removeAttribute('aria-busy'); });

// The session has ended: sign in, and come back to this page with what was typed.
listen('htmx:before:response', (ctx, event) => {
  const { raw } = ctx.response!;
  const toSignIn = raw.redirected && new URL(raw.url).pathname.toLowerCase() === signInPath().toLowerCase();
  if (raw.status !== 401 && !toSignIn) return;
  event.preventDefault();
  keepDraft(true);
  const here = location.pathname.slice(local('').length) + location.search;
  location.assign(`${signInPath()}?returnUrl=${encodeURIComponent(local('') + here)}`);
});

listen('htmx:after:request', (ctx) => {
  connected();
  const { raw, status } = ctx.response!;
  if (status >= 400) return;
  // A change that ends on another page shows that page, whatever part was asked for.
  if (raw.redirected && ctx.request.method !== 'GET' && new URL(raw.url).pathname !== location.pathname) {
    Object.assign(ctx, { select: null, selectOOB: null, target: document.body, swap: 'outerSync show:top', push: 'true' });
  }
});

// With a script the focus stays where it was, and an alert is read out by itself: it has the focus where there is none.
listen('htmx:before:swap', (ctx, event) => {
  if (ctx.response?.status !== 422) return;
  for (const task of (event.detail as { tasks: { fragment: DocumentFragment }[] }).tasks)
    for (const alert of task.fragment.querySelectorAll('[role=alert][autofocus]')) alert.removeAttribute('autofocus');
});

// What was sent is done: the form is as on a fresh page. Morphing keeps what stands in its fields, and of a select the place of
// what was chosen, so that one more press would do the same again, or something else. Where the form is gone or folded away
// the focus is where it was opened.
const around = new WeakMap<Context, { details: HTMLDetailsElement | null; section: HTMLElement | null }>();
const isDone = ({ request, response, sourceElement }: Context): boolean => sourceElement instanceof HTMLFormElement && request.method !== 'GET' && (response?.status ?? 0) < 400;

// What somebody typed while the answer was under way is theirs, and stays.
const sent = new WeakMap<Context, string>();
const typed = (form: HTMLFormElement): string => JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value instanceof File ? value.name : value]));

listen('htmx:before:request', (ctx) => {
  const { form } = ctx.request;
  if (form instanceof HTMLFormElement) sent.set(ctx, typed(form));
});

listen('htmx:before:swap', (ctx) => {
  const { form } = ctx.request;
  if (form instanceof HTMLFormElement && sent.has(ctx) && sent.get(ctx) !== typed(form)) return;
  if (isDone(ctx)) around.set(ctx, { details: ctx.sourceElement.closest('details'), section: ctx.sourceElement.closest('section') });
});

listen('htmx:after:swap', (ctx) => {
  const { form } = ctx.request;
  const { details, section } = around.get(ctx) ?? {};
  if (!form || !around.has(ctx)) return;
  if (form.isConnected) form.reset();
  const at = document.activeElement ?? document.body;
  if (details?.isConnected && !details.open && (at === document.body || details.contains(at))) {
    details.querySelector('summary')?.focus();
  } else if (section?.isConnected && at === document.body) {
    section.tabIndex = -1;
    section.focus({ preventScroll: true });
  }
});

// 422 is the page again with its messages. Any other error would swap nothing useful in: say what it says, and keep the page.
listen('htmx:before:swap', (ctx, event) => {
  const status = ctx.response?.status ?? 200;
  if (status < 400 || status === 422) return;
  event.preventDefault();
  const page = new DOMParser().parseFromString(ctx.text, 'text/html');
  const text = [page.querySelector('h1')?.textContent, page.querySelector('[data-error-text]')?.textContent].filter(Boolean).join('. ');
  const id = page.querySelector('[data-request-id]')?.textContent;
  replaceFailure(`${text || `That didn't work (${status}).`}${id ? ` Request ${id}` : ''}`);
});

// Lost connection. Reading is tried again by itself; a change only when the user says so, because it may have arrived.
let failure: HTMLElement | null = null;
let pending: Context | null = null;
let wait = 2000;
let timer: ReturnType<typeof setTimeout> | undefined;

function replaceFailure(text: string, retryContext?: () => void): void {
  failure?.remove();
  failure = notify(text, { failure: true, retry: retryContext });
}

function connected(): void {
  clearTimeout(timer);
  wait = 2000;
  if (!pending) return;
  pending = null;
  failure?.remove();
  failure = null;
}

function retry(): void {
  const ctx = pending;
  if (!ctx?.sourceElement.isConnected) return;
  clearTimeout(timer);
  if (ctx.request.method === 'GET') {
    void htmx.ajax('GET', ctx.request.action, {
      source: ctx.sourceElement, target: ctx.target, swap: ctx.swap, select: ctx.select ?? undefined, push: ctx.push ?? undefined,
    } as never);
  } else if (ctx.request.form) {
    ctx.request.form.requestSubmit(ctx.request.submitter);
  } else if (ctx.sourceElement instanceof HTMLElement) {
    ctx.sourceElement.click();
  }
}

listen('htmx:error', (ctx) => {
  if (ctx.response || ctx.status === 'swapped') return;
  pending = ctx;
  const reads = ctx.request.method === 'GET';
  const polls = /\bevery\b/.test(ctx.sourceElement.getAttribute('hx-trigger') ?? '');
  if (!failure?.isConnected || !reads) {
    replaceFailure(reads ? 'The connection is lost. Trying again…' : 'The connection is lost, so this may not have been saved. What you typed is still here.', retry);
  }
  if (!reads || polls) return;
  clearTimeout(timer);
  timer = setTimeout(retry, wait);
  wait = Math.min(wait * 2, 30000);
});

// What the browser sends itself would end on a page of its own, with what was typed gone: without a connection it isn't sent. Before
// everything else that hears of it, so that nothing takes it for under way.
let unsent = false;
const answered = new WeakSet<HTMLFormElement>();
on('submit', 'form', (element, event) => {
  const form = element as HTMLFormElement;
  if (navigator.onLine || answered.has(form) || form.method !== 'post' || form.hasAttribute('hx-post')) return;
  event.preventDefault();
  const { submitter } = event as SubmitEvent;
  // Where the app runs on the reader's own machine it answers without any network.
  fetch(local('/health/live'), { cache: 'no-store' }).then(
    () => {
      answered.add(form);
      form.requestSubmit(submitter);
      answered.delete(form);
    },
    () => {
      unsent = true;
      replaceFailure('The connection is lost, so this was not sent. What you typed is still here.', () => form.requestSubmit(submitter));
    },
  );
}, true);

addEventListener('online', () => { if (pending?.request.method === 'GET') retry(); });
addEventListener('offline', () => { if (!pending) replaceFailure('The connection is lost. What you typed is still here.'); });
addEventListener('online', () => {
  if (!pending) {
    failure?.remove();
    failure = null;
  }
  if (unsent) notify('The connection is back. What you typed is not sent yet.');
  unsent = false;
});

// The first wrong field takes the focus, on a fresh page and after a form was sent.
function focusFirstError(): void {
  document.querySelector<HTMLElement>('main [aria-invalid=true]')?.focus();
}
listen('htmx:after:swap', (ctx) => { if (ctx.response?.status === 422 && ctx.sourceEvent?.type === 'submit') focusFirstError(); });
focusFirstError();
