// What a filter leaves open stays out of the address, with htmx and without: both ask the form for its data. Where no script
// runs the address is longer and means the same; a redirect would only make everybody wait once more.
document.addEventListener('formdata', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== 'get' || !form.classList.contains('filters')) return;
  const data = event.formData;
  for (const name of new Set(data.keys())) if (data.getAll(name).every((value) => value === '')) data.delete(name);
});
