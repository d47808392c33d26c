// Escape hides the method text that has focus (WCAG 1.4.13: dismissible).
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && document.activeElement?.matches('.method-button')) {
    document.activeElement.blur();
  }
});
