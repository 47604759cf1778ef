// Small things the other modules share.

const meta = (name: string): string => document.querySelector<HTMLMetaElement>(`meta[name=${name}]`)?.content ?? '';

/** The signed-in user's name; empty for a visitor. */
export const user = (): string => meta('user');

/** A local address below the application's path base. */
export const local = (path: string): string => meta('base') + path;

/** Whether this page came in answer to a form that the browser sent itself. */
export const isAnswerToPost = (): boolean => meta('posted') !== '';

export const signInPath = (): string => local('/account/sign-in');

/** Whether the page is one of the account's (sign-in): not a page to return to. */
export const onAccountPage = (): boolean => location.pathname.startsWith(local('/account/sign-in'));

/** Calls a listener for an event on an element that matches, now or later, or on something inside it. */
export function on<K extends keyof DocumentEventMap, E extends HTMLElement = HTMLElement>(
  type: K, selector: string, listener: (element: E, event: DocumentEventMap[K]) => void, capture = false): void {
  document.addEventListener(type, (event) => {
    const element = event.target instanceof Element ? event.target.closest<E>(selector) : null;
    if (element) listener(element, event);
  }, capture);
}

/** Session storage that is silently absent where a browser forbids it. */
export const session = {
  get: (key: string): string | null => { try { return sessionStorage.getItem(key); } catch { return null; } },
  set: (key: string, value: string): void => { try { sessionStorage.setItem(key, value); } catch { /* full or forbidden */ } },
  remove: (key: string): void => { try { sessionStorage.removeItem(key); } catch { /* forbidden */ } },
};
