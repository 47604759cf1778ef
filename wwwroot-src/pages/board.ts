// The board: cards are dragged with mouse, pen or finger, or lifted with the keyboard. The server decides every move; what it
// refuses goes back to where it was, and says why.
import { notify } from '../notices';
import { local, on, signInPath } from '../page';

interface Lifted { card: HTMLElement; from: HTMLElement; before: Element | null; by: 'pointer' | 'key' }

let lifted: Lifted | null = null;
let sending = false;
// What was refused last: true until the next move.
let refusal: HTMLElement | null = null;

const board = (): HTMLElement | null => document.querySelector<HTMLElement>('[data-board]');
const columns = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-board] [data-stage]')];
const columnOf = (element: Element): HTMLElement | null => element.closest<HTMLElement>('[data-stage]');
const cardsOf = (column: Element): HTMLElement => column.querySelector<HTMLElement>('[data-cards]')!;
const name = (card: HTMLElement): string => card.dataset.name ?? '';

function say(text: string): void {
  const live = document.getElementById('board-live');
  if (live) live.textContent = text;
}

function lift(card: HTMLElement, by: Lifted['by']): void {
  refusal?.remove();
  lifted = { card, from: columnOf(card)!, before: card.nextElementSibling, by };
  card.classList.add('board-lifted');
  for (const column of columns()) {
    column.classList.toggle('board-refuses', column !== lifted.from && !(column.dataset.from ?? '').split(' ').includes(lifted.from.dataset.stage!));
  }
}

function mark(target: Element | null): void {
  for (const column of columns()) column.classList.toggle('board-target', column === target);
}

function settle(): void {
  lifted?.card.classList.remove('board-lifted');
  mark(null);
  for (const column of columns()) column.classList.remove('board-refuses');
}

const focusGrip = (card: Element): void => card.querySelector<HTMLElement>('[data-grip]')?.focus();

// The board may have been scrolled on the way.
const reveal = (card: Element): void => card.scrollIntoView({ block: 'nearest', inline: 'nearest' });

/** Puts a card back to where it was lifted. */
function back({ card, from, before, by }: Lifted): void {
  const cards = cardsOf(from);
  cards.insertBefore(card, before?.parentElement === cards ? before : cards.firstElementChild);
  if (by === 'key') focusGrip(card);
  reveal(card);
}

function cancel(): void {
  if (!lifted) return;
  const was = lifted;
  settle();
  lifted = null;
  back(was);
  say(`${name(was.card)} stays in ${was.from.dataset.stage}.`);
}

/** Why a lead is closed; null when somebody thinks better of it. */
function askReason(card: HTMLElement): Promise<string | null> {
  const dialog = document.getElementById('close-lead') as HTMLDialogElement;
  const reason = dialog.querySelector('textarea')!;
  dialog.querySelector('[data-close-name]')!.textContent = name(card);
  reason.value = '';
  dialog.returnValue = '';
  dialog.showModal();
  reason.focus();
  return new Promise((resolve) => dialog.addEventListener('close', () => resolve(dialog.returnValue === 'close' ? reason.value : null), { once: true }));
}

async function drop(column: HTMLElement): Promise<void> {
  const was = lifted!;
  const to = column.dataset.stage!;
  settle();
  lifted = null;
  if (column === was.from) {
    back(was);
    say(`${name(was.card)} stays in ${to}.`);
    return;
  }
  sending = true;
  try {
    cardsOf(column).prepend(was.card);
    const reason = to === 'Closed' && (column.dataset.from ?? '').split(' ').includes(was.from.dataset.stage!) ? await askReason(was.card) : '';
    if (reason === null) {
      back(was);
      say(`${name(was.card)} stays in ${was.from.dataset.stage}.`);
      return;
    }
    if (was.by === 'key') focusGrip(was.card);
    was.card.setAttribute('aria-busy', 'true');
    await send(was, to, reason);
  } finally {
    was.card.removeAttribute('aria-busy');
    sending = false;
  }
}

async function send(was: Lifted, to: string, reason: string): Promise<void> {
  const { card } = was;
  let answer: Response;
  try {
    answer = await fetch(board()!.dataset.drop!, {
      method: 'POST',
      headers: { RequestVerificationToken: document.querySelector<HTMLInputElement>('input[name=__RequestVerificationToken]')?.value ?? '' },
      body: new URLSearchParams({ id: card.dataset.card!, to, version: card.dataset.version!, reason }),
    });
  } catch {
    back(was);
    refusal = notify(`The connection is lost, so ${name(card)} was not moved.`, { failure: true });
    return;
  }
  if (answer.status === 401 || (answer.redirected && new URL(answer.url).pathname.toLowerCase() === signInPath().toLowerCase())) {
    location.assign(`${signInPath()}?returnUrl=${encodeURIComponent(local('') + location.pathname.slice(local('').length) + location.search)}`);
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const refused = page.querySelector('[data-refused]')?.textContent;
  if (answer.ok || answer.status === 409) {
    show(was, page);
    for (const toast of page.querySelectorAll('#toasts > *')) document.getElementById('toasts')?.append(document.importNode(toast, true));
    if (!refused) say(`${name(card)} moved to ${to}.`);
  } else {
    back(was);
  }
  if (refused || !answer.ok) {
    const text = refused ?? (page.querySelector('[data-error-text]')?.textContent || `It could not be moved (${answer.status}).`);
    say(answer.status === 409 ? `${name(card)}: ${text}` : `${name(card)} stays. ${text}`);
    refusal = notify(`${name(card)}: ${text}`, { failure: true });
  }
}

/** Takes over the card as the server has it now, and the heads of the columns. */
function show(was: Lifted, page: Document): void {
  const fresh = page.querySelector<HTMLElement>('[data-card]');
  if (fresh) {
    const card = document.importNode(fresh, true);
    const column = document.getElementById(`column-${card.dataset.in}`);
    was.card.remove();
    if (column) cardsOf(column).prepend(card);
    if (was.by === 'key') focusGrip(card);
    reveal(card);
  } else {
    was.card.remove();
  }
  for (const head of page.querySelectorAll('[data-head]')) document.getElementById(head.id)?.replaceWith(document.importNode(head, true));
}

// ---- Mouse, pen, finger: a mouse takes a card anywhere, a finger by its handle, so that one can scroll by the rest.
const farEnough = 6;

document.addEventListener('pointerdown', (down) => {
  if (lifted || sending || down.button !== 0 || !(down.target instanceof Element)) return;
  const card = down.target.closest<HTMLElement>('.board-movable');
  const grip = down.target.closest('[data-grip]');
  if (!card || (!grip && (down.pointerType !== 'mouse' || down.target.closest('details, button, input, select')))) return;
  const start = { x: down.clientX, y: down.clientY };
  let ghost: HTMLElement | null = null;
  let target: HTMLElement | null = null;

  const move = (event: PointerEvent): void => {
    if (event.pointerId !== down.pointerId) return;
    if (!ghost) {
      if (Math.hypot(event.clientX - start.x, event.clientY - start.y) < farEnough) return;
      const box = card.getBoundingClientRect();
      lift(card, 'pointer');
      ghost = card.cloneNode(true) as HTMLElement;
      ghost.removeAttribute('id');
      ghost.inert = true;
      ghost.className = 'board-card board-ghost';
      ghost.style.width = `${box.width}px`;
      ghost.style.left = `${box.left}px`;
      ghost.style.top = `${box.top}px`;
      document.body.append(ghost);
      document.documentElement.classList.add('board-dragging');
    }
    event.preventDefault();
    ghost.style.translate = `${event.clientX - start.x}px ${event.clientY - start.y}px`;
    target = document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>('[data-stage]') ?? null;
    mark(target);
    const around = board()!.getBoundingClientRect();
    if (event.clientX > around.right - 48) board()!.scrollLeft += 16;
    else if (event.clientX < around.left + 48) board()!.scrollLeft -= 16;
  };

  const end = (event: Event): void => {
    if (event instanceof PointerEvent && event.pointerId !== down.pointerId) return;
    if (event instanceof KeyboardEvent && event.key !== 'Escape') return;
    removeEventListener('pointermove', move);
    for (const type of ['pointerup', 'pointercancel', 'keydown', 'blur']) removeEventListener(type, end);
    document.documentElement.classList.remove('board-dragging');
    if (!ghost) return;
    ghost.remove();
    // The click that follows must not open the lead.
    const stop = (click: Event): void => { click.preventDefault(); click.stopPropagation(); };
    addEventListener('click', stop, { capture: true, once: true });
    setTimeout(() => removeEventListener('click', stop, true), 50);
    if (event.type === 'pointerup' && target) void drop(target);
    else cancel();
  };

  addEventListener('pointermove', move, { passive: false });
  for (const type of ['pointerup', 'pointercancel', 'keydown', 'blur']) addEventListener(type, end);
});

// The browser's own dragging of links and pictures would take over.
on('dragstart', '.board-movable', (_, event) => event.preventDefault());

// ---- Keyboard.
on('keydown', '[data-grip]', (grip, event) => {
  const card = grip.closest<HTMLElement>('.board-movable')!;
  if (sending) return;
  if (!lifted) {
    if (event.key !== ' ' && event.key !== 'Enter') return;
    event.preventDefault();
    lift(card, 'key');
    mark(lifted!.from);
    say(`${name(card)} lifted, in ${lifted!.from.dataset.stage}. Arrow keys move it, Enter drops, Escape cancels.`);
    return;
  }
  if (lifted.card !== card || lifted.by !== 'key') return;
  const all = columns();
  const at = all.indexOf(columnOf(card)!);
  const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (next !== undefined) {
    event.preventDefault();
    const column = all[Math.max(0, Math.min(next, all.length - 1))]!;
    if (column === lifted.from) {
      const { from, before } = lifted;
      cardsOf(from).insertBefore(card, before?.parentElement === cardsOf(from) ? before : null);
    } else {
      cardsOf(column).prepend(card);
    }
    mark(column);
    focusGrip(card);
    card.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    say(`${column.dataset.stage}${column.classList.contains('board-refuses') ? ', not allowed from here' : ''}.`);
  } else if (event.key === ' ' || event.key === 'Enter') {
    event.preventDefault();
    void drop(columnOf(card)!);
  } else if (event.key === 'Escape') {
    event.preventDefault();
    cancel();
  } else if (event.key === 'Tab') {
    cancel();
  }
});

// A key that lifts a button also clicks it when it is released.
on('click', '[data-grip]', (_, event) => event.preventDefault());
