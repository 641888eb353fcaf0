/** Handing in messages: choose files, see at once what is wrong and where, send what is right. */
import { signaalVan } from '../../../http/koppen.ts';
import type { Omgeving } from '../../../http/omgeving.ts';
import { isUuid } from '../../../identiteit.ts';
import { isFout } from '../../../standards/bevinding.ts';
import { type Html, html } from '../../html.ts';
import { bevindingenBijBericht } from '../../onderdelen/bevindingen.ts';
import {
  alinea,
  bestandsveld,
  code,
  formulier,
  inleiding,
  knop,
  knoppen,
  kop,
  melding,
  merk,
  uitklap,
  verwijzing,
} from '../../onderdelen.ts';
import { aantal } from '../../opmaak.ts';
import { type Pagina, pagina, type Sessie } from '../../pagina.ts';
import { metUpload } from '../../upload.ts';
import { soortVoluit, standmerk } from '../../woorden.ts';
import { oefenkaart } from './oefenen.ts';
import { type Uitslag, verwerkUpload } from './verwerk.ts';

const MAX_BESTANDEN = 30;
const PAD = '/portaal/aanleveren';

const veld = (fout: string | undefined): Html =>
  bestandsveld({
    naam: 'bestanden',
    label: 'Bestanden',
    verplicht: true,
    meer: true,
    soorten: '.xml,.zip,application/xml,text/xml,application/zip',
    uitleg: `XML-berichten, of ZIP-bestanden met ten hoogste ${MAX_BESTANDEN} berichten. Samen niet groter dan 25 MB.`,
    ...(fout !== undefined && { veldfouten: new Map([['bestanden', fout]]) }),
  });

const kies = (sessie: Sessie, fout?: string): Html =>
  formulier(
    { sessie, naar: PAD, bestanden: true, klasse: 'kp-aanleveren' },
    html`<input type="hidden" name="zending" value="${crypto.randomUUID()}">`,
    veld(fout),
    html`<div class="kp-voortgang" data-voortgang hidden><label for="voortgang">Bezig met versturen van uw bestanden</label><progress id="voortgang" max="100" value="0">0%</progress></div>`,
    knoppen(
      knop('Controleren en versturen', { naam: 'opdracht', waarde: 'versturen' }),
      knop('Alleen controleren', { soort: 'secondary', naam: 'opdracht', waarde: 'controleren' }),
    ),
  );

const uitleg = (): Html =>
  uitklap(
    'Wat gebeurt er met mijn bestanden?',
    html`<ol class="kp-lijst">
<li>Elk bericht wordt gecontroleerd: de vorm, en de regels van de standaard.</li>
<li>Klopt een bericht, dan wordt het verstuurd. U krijgt een bewijs dat het veilig is opgeslagen.</li>
<li>Klopt een bericht niet, dan wordt het <strong>niet</strong> verstuurd. U ziet per regel wat u moet aanpassen.</li>
</ol>
<p class="nl-paragraph">Van een bericht dat u alleen controleert, blijft niets bewaard.</p>`,
  );

function stand({ rapport, probleem, bewijs }: Uitslag): Html {
  if (bewijs) return standmerk(bewijs.status, null);
  if (probleem) return merk('Geweigerd', 'fout');
  return rapport?.geldig ? merk('Klopt', 'goed') : merk('Klopt niet', 'fout');
}

function uitkomst({ rapport, probleem, bewijs }: Uitslag): Html {
  if (probleem) return melding('error', probleem.title, probleem.detail ? alinea(probleem.detail) : undefined);
  if (bewijs) {
    const pad = `/portaal/berichten/${bewijs.berichtId}`;
    const [antwoord] = bewijs.antwoorden;
    const reactie = antwoord
      ? alinea(
          'Er is al een antwoord: ',
          verwijzing(`/portaal/berichten/${antwoord.berichtId}`, soortVoluit(antwoord.berichtsoort)),
          '.',
        )
      : null;
    const volg = alinea(verwijzing(pad, 'Volg dit bericht'));
    if (bewijs.status === 'afgekeurd')
      return melding(
        'error',
        'Ontvangen, maar afgekeurd bij de controle met eerdere berichten',
        html`${reactie}${volg}`,
      );
    const titel =
      bewijs.status === 'verwerkt'
        ? 'Verstuurd: het bericht ligt klaar voor de ontvanger'
        : 'Veilig opgeslagen; de controle loopt nog';
    return melding('ok', titel, html`${reactie}${volg}`);
  }
  if (rapport?.geldig) return melding('ok', 'Dit bericht klopt. Het is nog niet verstuurd.');
  const fouten = rapport?.bevindingen.filter(isFout).length ?? 0;
  return melding(
    'error',
    `Niet verstuurd: ${aantal(fouten, 'fout', 'fouten')} in dit bericht`,
    alinea('Pas aan wat hieronder staat en lever het bericht opnieuw aan.'),
  );
}

const resultaat = (uitslag: Uitslag): Html => html`
<section class="kp-kaart kp-breed">
  <h2 class="nl-heading nl-heading--level-2">${uitslag.naam} ${stand(uitslag)}</h2>
  ${uitslag.rapport?.berichtsoort ? alinea(soortVoluit(uitslag.rapport.berichtsoort), ' ', code(`release ${uitslag.rapport.release}`)) : null}
  ${uitkomst(uitslag)}
  ${uitslag.rapport && uitslag.rapport.bevindingen.length > 0 ? bevindingenBijBericht(uitslag.tekst, uitslag.rapport.bevindingen) : null}
</section>`;

function samenvatting(uitslagen: readonly Uitslag[], verstuurd: boolean): Html {
  const goed = uitslagen.filter(
    ({ rapport, probleem, bewijs }) =>
      !probleem && (verstuurd ? bewijs !== undefined && bewijs.status !== 'afgekeurd' : rapport?.geldig),
  ).length;
  const fout = uitslagen.length - goed;
  const woord = verstuurd ? 'verstuurd' : 'in orde';
  if (fout === 0) return melding('ok', `${aantal(goed, 'bericht', 'berichten')} ${woord}`, undefined, true);
  return melding(
    goed === 0 ? 'error' : 'warning',
    `${aantal(goed, 'bericht', 'berichten')} ${woord}, ${aantal(fout, 'bericht', 'berichten')} niet`,
    undefined,
    true,
  );
}

/** What the form below the outcome is for. */
function vervolg(uitslagen: readonly Uitslag[], verstuurd: boolean): string {
  if (!verstuurd) return 'Versturen, of opnieuw controleren';
  return uitslagen.some(({ bewijs }) => bewijs === undefined) ? 'Verbeterd bestand aanleveren' : 'Nog meer aanleveren';
}

export const aanleverPaginas = (omgeving: Omgeving): readonly Pagina[] => [
  pagina({
    methode: 'get',
    pad: '/aanleveren',
    id: 'aanleveren',
    toegang: 'berichten',
    voer: async ({ gebruiker, sessie }) => ({
      titel: 'Berichten aanleveren',
      scripts: ['aanleveren.js'],
      inhoud: html`
${inleiding('Kies de berichten die u wilt versturen. U ziet meteen of ze kloppen.')}
${kies(sessie)}
${uitleg()}
${omgeving.config.demo ? oefenkaart(gebruiker) : null}`,
    }),
  }),
  pagina({
    methode: 'post',
    pad: '/aanleveren',
    id: 'leverAan',
    toegang: 'berichten',
    eigenLijf: true,
    async voer({ gebruiker, sessie, eisCsrf, req, res }) {
      const grenzen = { maxBestanden: MAX_BESTANDEN, maxBytes: omgeving.config.maxBerichtBytes };
      const weg = signaalVan(res);
      return metUpload(omgeving, gebruiker.client.id, req, grenzen, eisCsrf, async ({ velden, bestanden }) => {
        const kop1 = { titel: 'Berichten aanleveren', scripts: ['aanleveren.js'], breed: true };
        if (bestanden.length === 0)
          return {
            ...kop1,
            status: 400,
            inhoud: html`${melding('error', 'Kies eerst een of meer bestanden', undefined, true)}${kies(sessie, 'Kies een bestand.')}${uitleg()}`,
          };
        const verstuurd = velden.opdracht !== 'controleren';
        const zending = isUuid(velden.zending ?? '') ? velden.zending : crypto.randomUUID();
        const uitslagen = await verwerkUpload(omgeving, gebruiker, bestanden, verstuurd ? zending : undefined, weg);
        return {
          ...kop1,
          titel: verstuurd ? 'Resultaat van uw aanlevering' : 'Resultaat van de controle',
          kruimels: [{ naam: 'Aanleveren', pad: PAD }],
          inhoud: html`
<div class="kp-breed" data-uitslag>${samenvatting(uitslagen, verstuurd)}${uitslagen.map(resultaat)}</div>
${kop(2, vervolg(uitslagen, verstuurd))}
${kies(sessie)}`,
        };
      });
    },
  }),
];
