// Choosing all messages of the page at once, and seeing how many are chosen.
const formulier = document.querySelector('form.kp-postbus');
const vakken = [...(formulier?.querySelectorAll('input[name="bericht"]') ?? [])];
const regel = formulier?.querySelector('[data-gekozen]');

if (vakken.length > 0 && regel) {
  const alles = document.createElement('button');
  alles.type = 'button';
  alles.className = 'nl-button nl-button--subtle';
  const tel = document.createElement('span');
  tel.setAttribute('role', 'status');
  const toon = () => {
    const gekozen = vakken.filter(({ checked }) => checked).length;
    tel.textContent = gekozen === 0 ? 'Nog niets gekozen.' : `${gekozen} van ${vakken.length} gekozen.`;
    alles.textContent = gekozen === vakken.length ? 'Kies niets' : 'Kies alles op deze pagina';
  };
  alles.addEventListener('click', () => {
    const wordt = vakken.some(({ checked }) => !checked);
    for (const vak of vakken) vak.checked = wordt;
    toon();
  });
  formulier.addEventListener('change', toon);
  // A download leaves this page where it is: the form can be sent again, to confirm.
  formulier.addEventListener('submit', () => setTimeout(() => delete formulier.dataset.onderweg, 1000));
  regel.append(' ', tel, ' ', alles);
  toon();
}
