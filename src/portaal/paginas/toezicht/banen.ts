/** The lanes with work: which waits longest, and what is wrong with those in storing. For the operator. */
import { z } from 'zod';
import { type Baanregel, bladerBanen, TEL_PER_BAAN_TOT } from '../../../bewaking/banen.ts';
import { cursorVan, leesCursor } from '../../../bewaking/cursor.ts';
import type { Omgeving } from '../../../http/omgeving.ts';
import { leesNamen } from '../../../routering/namen.ts';
import { type Html, html } from '../../html.ts';
import {
  bladeren,
  code,
  inleiding,
  keuzelijst,
  knop,
  leeg,
  merk,
  tabbladen,
  tabel,
  uitklap,
  verwijzing,
  zoekformulier,
} from '../../onderdelen.ts';
import { tijd } from '../../opmaak.ts';
import { type Pagina, pagina } from '../../pagina.ts';
import { DOMEINNAAM, naamVanSoort, organisatie } from '../../woorden.ts';
import { BANEN, BEHEER, BLADEN, sinds, totEn } from './woorden.ts';

const PER_PAGINA = 50;
const Vraag = z.object({
  toon: z.enum(['alle', 'storing']).catch('alle'),
  na: z.string().max(60).catch(''),
});
type Vraag = z.infer<typeof Vraag>;

const adres = ({ toon, na }: Vraag): string => {
  const vraag = new URLSearchParams({ ...(toon !== 'alle' && { toon }), ...(na !== '' && { na }) });
  return vraag.size === 0 ? BANEN.pad : `${BANEN.pad}?${vraag}`;
};

function stand({ storing, bezig }: Baanregel, nu: Date): Html {
  if (!storing) return bezig ? merk('Bezig', 'goed') : merk('Wacht op een beurt', 'info');
  const weer =
    storing.volgendePoging > nu ? html`Weer om ${tijd(storing.volgendePoging)}` : 'Wordt nu opnieuw geprobeerd';
  return html`${merk('In storing', 'fout')}<br><span class="kp-zacht">Al ${sinds(storing.sinds, nu)}, ${storing.pogingen}e poging.
${code(storing.oorzaak)} ${weer}</span>`;
}

const lijst = (rijen: readonly Baanregel[], namen: ReadonlyMap<string, string>, nu: Date): Html =>
  tabel({
    titel: 'Banen met berichten die wachten, die het langst wacht eerst',
    titelVerborgen: true,
    rijen,
    kolommen: [
      {
        kop: 'Baan',
        rijkop: true,
        cel: (rij) =>
          html`${organisatie(rij.gemeente, namen)}<br>${organisatie(rij.aanbieder, namen)}<br><span class="kp-zacht">${DOMEINNAAM[rij.domein] ?? rij.domein}, baan ${rij.baanId}</span>`,
      },
      { kop: 'Wachtend', getal: true, cel: ({ wachtend }) => totEn(wachtend, TEL_PER_BAAN_TOT) },
      {
        kop: 'Wacht al',
        cel: ({ oudste }) => html`${sinds(oudste, nu)}<br><span class="kp-zacht">${tijd(oudste)}</span>`,
      },
      {
        kop: 'Eerste bericht',
        cel: ({ eerste }) =>
          html`${eerste.berichtsoort} van ${eerste.afzender}<br><span class="kp-zacht">${naamVanSoort(eerste.berichtsoort)}</span>`,
      },
      { kop: 'Stand', cel: (rij) => stand(rij, nu) },
    ],
  });

export const banenPagina = ({ database }: Omgeving): Pagina =>
  pagina({
    methode: 'get',
    pad: '/beheer/banen',
    id: 'beheerBanen',
    toegang: 'beheerder',
    vraagSchema: Vraag,
    async voer({ vraag }) {
      const nu = new Date();
      const storing = vraag.toon === 'storing';
      const banen = await bladerBanen(database, { aantal: PER_PAGINA, storing, na: leesCursor(vraag.na) });
      const namen = await leesNamen(
        database.pool,
        banen.flatMap(({ gemeente, aanbieder }) => [gemeente, aanbieder]),
      );
      const laatste = banen.length === PER_PAGINA ? banen.at(-1) : undefined;
      return {
        titel: BANEN.naam,
        breed: true,
        kruimels: [BEHEER],
        inhoud: html`
${tabbladen('Toezicht', BANEN.pad, BLADEN)}
${inleiding('Alles tussen één gemeente en één aanbieder in één domein gaat door één baan, in volgorde van ontvangst. Hier staan de banen waarin berichten wachten.')}
${zoekformulier(
  BANEN.pad,
  keuzelijst({
    naam: 'toon',
    label: 'Toon',
    verplicht: true,
    waarde: vraag.toon,
    keuzes: [
      { waarde: 'alle', tekst: 'Alle banen met berichten die wachten' },
      { waarde: 'storing', tekst: 'Alleen banen in storing' },
    ],
  }),
  knop('Tonen', { soort: 'secondary' }),
)}
${
  banen.length > 0
    ? lijst(banen, namen, nu)
    : storing
      ? leeg('Geen baan is in storing', 'Alle beurten lukken.', verwijzing(BANEN.pad, 'Alle banen tonen'))
      : leeg('Er wacht niets', 'Alle berichten die zijn aangenomen, zijn verwerkt.')
}
${bladeren(vraag.na === '' ? null : adres({ ...vraag, na: '' }), laatste ? adres({ ...vraag, na: cursorVan(laatste) }) : null)}
${uitklap(
  'Wat moet ik doen als een baan in storing is?',
  html`<ol class="kp-lijst">
<li>De andere banen gaan door. De berichten in deze baan blijven in volgorde wachten; er raakt niets kwijt.</li>
<li>Bij de stand staat de soort fout. Dezelfde fout staat met de plek in het log van de verwerker.</li>
<li>Is een sleutel weg? Zet haar terug. Is het een fout in het knooppunt? Meld haar, met de regels uit het log.</li>
<li>Daarna gaat de baan vanzelf verder, uiterlijk na vijf minuten.</li>
</ol>`,
)}`,
      };
    },
  });
