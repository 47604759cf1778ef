// <button data-copy="text">: copies and says so on the button itself.
import { notify } from './notices';
import { on } from './page';

on('click', '[data-copy]', async (button) => {
  try {
    await navigator.clipboard.writeText(button.dataset.copy ?? '');
  } catch {
    notify(`Copying isn't allowed here. The text is: ${button.dataset.copy ?? ''}`, { failure: true });
    return;
  }
  if (button.dataset.copied !== undefined) return;
  button.dataset.copied = '';
  notify('Copied');
  setTimeout(() => delete button.dataset.copied, 1500);
});
