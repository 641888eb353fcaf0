// Small improvements on every page. Everything works without them.

// What was just done, or went wrong, gets the focus, so that it is read first.
document.querySelector('[data-focus]')?.focus();

// A form is sent once: a second click while the first is under way is ignored.
for (const formulier of document.querySelectorAll('form[method="post"]')) {
  formulier.addEventListener('submit', (gebeurtenis) => {
    if (formulier.dataset.onderweg) gebeurtenis.preventDefault();
    formulier.dataset.onderweg = 'ja';
  });
}
// The browser can show this page again from its memory when one goes back.
window.addEventListener('pageshow', () => {
  for (const formulier of document.querySelectorAll('form[data-onderweg]')) delete formulier.dataset.onderweg;
});
