// A button with data-copy puts the text of the element it names on the clipboard, and says so. The
// button is hidden until then: without a script the text can still be selected.
const offer = (root) => {
  for (const button of root.querySelectorAll('[data-copy]')) button.hidden = !navigator.clipboard;
};
offer(document);
document.addEventListener('htmx:afterSettle', () => offer(document));
document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).textContent.trim());
  button.querySelector('[data-copied]').textContent = button.dataset.done;
});
