// The menu button on a narrow screen. Without JavaScript the menu simply stays open.
document.documentElement.classList.remove('no-js');
const menu = document.getElementById('side-menu');
const button = document.getElementById('side-button');
if (menu && button) {
  const show = (open) => {
    menu.toggleAttribute('data-closed', !open);
    button.setAttribute('aria-expanded', String(open));
  };
  show(false);
  button.addEventListener('click', () => show(menu.hasAttribute('data-closed')));
  menu.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      show(false);
      button.focus();
    }
  });
}
