// A select marked data-autosubmit sends its form when changed; its button serves without JavaScript.
document.addEventListener('change', (event) => {
  const field = event.target.closest('[data-autosubmit]');
  if (field) field.form.requestSubmit();
});
