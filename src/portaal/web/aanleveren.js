// Dropping files on the page, and seeing how far an upload is. Without this script the form does the same, without a bar.

const vind = () => document.querySelector('form.kp-aanleveren');

/** The files of the last upload, so that what was only checked can be sent without choosing it again. */
let bewaard = [];

function zetBestanden(veld, bestanden) {
  const lijst = new DataTransfer();
  for (const bestand of bestanden) lijst.items.add(bestand);
  veld.files = lijst.files;
}

function toonVoortgang(formulier, deel) {
  const vak = formulier.querySelector('[data-voortgang]');
  const balk = vak?.querySelector('progress');
  if (!balk) return;
  vak.hidden = false;
  if (deel === undefined) balk.removeAttribute('value');
  else balk.value = Math.round(deel * 100);
}

function vervang(tekst) {
  const nieuw = new DOMParser().parseFromString(tekst, 'text/html');
  const inhoud = nieuw.querySelector('#inhoud');
  if (!inhoud) return location.reload();
  document.title = nieuw.title;
  document.querySelector('#inhoud').replaceWith(inhoud);
  const formulier = vind();
  const veld = formulier?.querySelector('input[type="file"]');
  if (veld && bewaard.length > 0) zetBestanden(veld, bewaard);
  bereidVoor();
  (document.querySelector('[data-focus]') ?? inhoud).focus();
}

function verstuur(formulier, knop) {
  // The fields before the files: the token is judged before a file is read.
  const lijf = new FormData();
  for (const naam of ['_csrf', 'zending']) lijf.append(naam, formulier.elements[naam].value);
  lijf.append('opdracht', knop?.value ?? 'versturen');
  const veld = formulier.querySelector('input[type="file"]');
  bewaard = lijf.get('opdracht') === 'controleren' ? [...veld.files] : [];
  for (const bestand of veld.files) lijf.append('bestanden', bestand);
  const verzoek = new XMLHttpRequest();
  verzoek.open('POST', formulier.action);
  verzoek.upload.addEventListener('progress', ({ loaded, total }) =>
    toonVoortgang(formulier, total > 0 ? loaded / total : undefined),
  );
  verzoek.upload.addEventListener('load', () => toonVoortgang(formulier, undefined));
  verzoek.addEventListener('load', () => vervang(verzoek.responseText));
  // The form itself says what the browser says when there is no connection.
  verzoek.addEventListener('error', () => formulier.submit());
  toonVoortgang(formulier, 0);
  for (const een of formulier.querySelectorAll('button')) een.disabled = true;
  verzoek.send(lijf);
}

function bereidVoor() {
  const formulier = vind();
  const veld = formulier?.querySelector('input[type="file"]');
  if (!veld) return;
  formulier.addEventListener('submit', (gebeurtenis) => {
    gebeurtenis.preventDefault();
    if (veld.files.length > 0) verstuur(formulier, gebeurtenis.submitter);
    else formulier.submit();
  });
  for (const soort of ['dragover', 'dragleave', 'drop'])
    veld.addEventListener(soort, (gebeurtenis) => {
      veld.classList.toggle('kp-bestand--boven', soort === 'dragover');
      if (soort !== 'drop') return;
      gebeurtenis.preventDefault();
      zetBestanden(veld, gebeurtenis.dataTransfer.files);
    });
}

bereidVoor();
