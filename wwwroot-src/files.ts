// <input type="file" data-max-bytes="…">: says at once that a file is too large, not after minutes of sending it.
import { on } from './page';

on<'change', HTMLInputElement>('change', 'input[type=file][data-max-bytes]', (input) => {
  const most = Number(input.dataset.maxBytes);
  const size = input.files?.[0]?.size ?? 0;
  const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1048576)} MB`;
  input.setCustomValidity(size > most ? `The file has ${megabytes(size)}. At most ${megabytes(most)} are taken; split it.` : '');
  if (size > most) input.reportValidity();
});
