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

// By field, the values of all who have one.
const fields = (review: HTMLElement): HTMLInputElement[][] => {
  const choices = [...review.querySelectorAll<HTMLInputElement>('input[data-rank]')];
  return [...new Set(choices.map((choice) => choice.name))].map((name) => choices.filter((choice) => choice.name === name));
};

const take = (choice: HTMLInputElement, field: HTMLInputElement[]): void => {
  for (const other of field) delete other.dataset.taken;
  choice.dataset.taken = 'true';
  choice.checked = true;
};

const first = (choices: HTMLInputElement[]): HTMLInputElement | undefined =>
  [...choices].sort((one, other) => Number(one.dataset.rank) - Number(other.dataset.rank))[0];

// Which values would show, and who would be primary, depends on who is ticked: only theirs can be taken.
const follow = (): void => {
  const review = root();
  const people = [...review?.querySelectorAll<HTMLInputElement>('[data-person]') ?? []];
  if (!review || people.length === 0) return;
  const ticked = people.filter((person) => person.checked).map((person) => person.value);
  for (const field of fields(review)) {
    for (const choice of field) choice.disabled = !ticked.includes(choice.dataset.of ?? '');
    const left = field.filter((choice) => !choice.disabled);
    const shows = left.find((choice) => choice.dataset.taken) ?? first(left);
    for (const choice of field) choice.checked = choice === shows;
  }
  for (const button of review.querySelectorAll<HTMLButtonElement>('[data-take]')) button.disabled = !ticked.includes(button.dataset.take ?? '');
  for (const sentence of review.querySelectorAll<HTMLElement>('[data-primary]')) sentence.hidden = sentence.dataset.primary !== (ticked[0] ?? people[0]?.value);
};

// What was taken before an answer that refused it is still taken.
const begin = (review: HTMLElement): void => {
  for (const field of fields(review)) {
    const checked = field.find((choice) => choice.checked);
    const people = new Set([...review.querySelectorAll<HTMLInputElement>('[data-person]:checked')].map((person) => person.value));
    if (checked && checked !== first(people.size ? field.filter((choice) => people.has(choice.dataset.of ?? '')) : field)) take(checked, field);
  }
  follow();
};

on('change', '[data-person]', follow);
on<'change', HTMLInputElement>('change', 'input[data-rank]', (choice) => {
  const field = fields(root()!).find((choices) => choices.includes(choice));
  if (field) take(choice, field);
});
on('click', '[data-take]', (button) => {
  for (const field of fields(root()!)) {
    const choice = field.find((one) => one.dataset.of === button.dataset.take);
    if (choice) take(choice, field);
  }
});

const isOurs = (event: Event): boolean => (event as CustomEvent).detail?.ctx?.target?.id === 'review';
document.addEventListener('htmx:before:request', (event) => { if (isOurs(event)) working = true; });
document.addEventListener('htmx:finally:request', (event) => { if (isOurs(event)) working = false; });
on('submit', '#review form', () => { working = true; });

document.addEventListener('htmx:after:swap', () => {
  const review = root();
  if (!review || review.dataset.shown) return;
  review.dataset.shown = 'true';
  begin(review);
  // Two hundred decisions leave two hundred messages: the last one is enough.
  for (const toast of [...document.querySelectorAll('#toasts > .notice')].slice(0, -1)) toast.remove();
  const live = document.getElementById('review-live');
  if (live) live.textContent = review.querySelector('[data-progress]')?.textContent ?? '';
  const title = document.getElementById('group-title');
  title?.focus({ preventScroll: true });
  if (review.getBoundingClientRect().top < 0) review.scrollIntoView();
});
if (root()) {
  root()!.dataset.shown = 'true';
  begin(root()!);
}
