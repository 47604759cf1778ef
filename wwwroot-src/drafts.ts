// When a session has ended, what was typed survives the sign-in. A form that is sent leaves a copy in this tab; if the next
// page is the sign-in page the copy is kept and put back on return. If no page of ours came, because the connection was lost, who
// goes back finds it at the form. Otherwise it is dropped. Never passwords or files.
import { notify } from './notices';
import { onAccountPage, on, session, user } from './page';

interface Draft { url: string; user: string; kept: boolean; lost?: boolean; forms: [string, string][][] }

const key = 'draft';
const fields = 'input[name]:not([type=password], [type=hidden], [type=file], [type=search], [type=submit], [autocomplete=one-time-code]), textarea[name], select[name]';

/** The address a form stands at: a failed post may come back with the handler's name. */
function address(url: string = location.href): string {
  const at = new URL(url, location.href);
  at.searchParams.delete('handler');
  return at.pathname + at.search;
}

const formsOfPage = (): HTMLFormElement[] => [...document.querySelectorAll<HTMLFormElement>('main form')];
const fieldsOf = (form: HTMLFormElement) => [...form.elements].filter((e) => e.matches(fields)) as (HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement)[];
const valueOf = (field: Element): string =>
  field instanceof HTMLInputElement && /checkbox|radio/.test(field.type) ? String(field.checked)
    : field instanceof HTMLSelectElement ? [...field.options].map((option) => (option.selected ? '1' : '0')).join('')
      : (field as HTMLInputElement).value;

/** Remembers what stands in the forms of this page. */
export function keepDraft(kept: boolean): void {
  if (onAccountPage()) return;
  const forms = formsOfPage().map((form) => fieldsOf(form).map((field): [string, string] => [field.name, valueOf(field)]));
  session.set(key, JSON.stringify({ url: address(), user: user(), kept, forms } satisfies Draft));
}

function restore(): void {
  const stored = session.get(key);
  if (!stored) return;
  const draft = JSON.parse(stored) as Draft;
  if (onAccountPage()) {
    session.set(key, JSON.stringify({ ...draft, kept: true }));
    return;
  }
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (!draft.kept) {
    // A page that came in answer would have dropped it. The browser's own may stand in the form's place: then back is the page before.
    if (navigation?.type !== 'back_forward') return session.remove(key);
    Object.assign(draft, { kept: true, lost: true } satisfies Partial<Draft>);
    session.set(key, JSON.stringify(draft));
  }
  if (draft.url !== address()) return;
  session.remove(key);
  if (draft.user !== user()) return;

  let changed = false;
  formsOfPage().forEach((form, f) => fieldsOf(form).forEach((field, i) => {
    const [name, value] = draft.forms[f]?.[i] ?? [];
    if (name !== field.name || value === undefined || value === valueOf(field)) return;
    changed = true;
    if (field instanceof HTMLInputElement && /checkbox|radio/.test(field.type)) field.checked = value === 'true';
    else if (field instanceof HTMLSelectElement) [...field.options].forEach((option, o) => { option.selected = value[o] === '1'; });
    else field.value = value;
  }));
  if (changed) notify(draft.lost ? 'What you had typed is back. It may not have been saved.' : 'You are signed in again. What you had typed is back, but not saved yet.');
}

// Only what the browser sends itself: htmx stays on the page, and tells us when the session has ended. Of a download no page comes
// that would drop the copy.
const isDownload = (submitter: HTMLElement | null) => submitter?.hasAttribute('data-download') ?? false;
on('submit', 'main form', (form, event) => {
  if ((form as HTMLFormElement).method === 'post' && !form.hasAttribute('hx-post') && !event.defaultPrevented && !isDownload((event as SubmitEvent).submitter)) keepDraft(false);
});
on('submit', '[data-sign-out]', () => session.remove(key));
restore();
