/** When which berichtsoort of which release may be sent. Read only: a mistake here stops the chain, so it is changed at the command line or by the API. */
import type { Omgeving } from '../../../http/omgeving.ts';
import { leesVensters, type Vensters } from '../../../routering/vensters.ts';
import { berichtsoortVanCode } from '../../../standards/catalogus.ts';
import { type Html, html } from '../../html.ts';
import { alinea, code, inleiding, kop, merk, tabel } from '../../onderdelen.ts';
import { tijdstip } from '../../opmaak.ts';
import { type Pagina, pagina } from '../../pagina.ts';
import { DOMEINTITEL } from './instellingwoorden.ts';
import { BEHEER } from './wijziging.ts';

const RICHTING = {
  'gemeente-aanbieder': 'gemeente naar aanbieder',
  'aanbieder-gemeente': 'aanbieder naar gemeente',
} as const;

const periode = ({ vanaf, tot }: Vensters['vensters'][number]): string =>
  `${tijdstip(vanaf)} tot ${tot ? tijdstip(tot) : 'nader bericht'}`;

function stand({ vensters }: Vensters, nu: Date): Html {
  const open = vensters.some(({ vanaf, tot }) => vanaf <= nu && (tot === null || tot > nu));
  if (open) return merk('open', 'goed');
  return vensters.some(({ vanaf }) => vanaf > nu) ? merk('gaat nog open', 'info') : merk('dicht', 'fout');
}

export const vensterpagina = ({ database }: Pick<Omgeving, 'database'>): Pagina =>
  pagina({
    methode: 'get',
    pad: '/beheer/vensters',
    id: 'beheer-vensters',
    toegang: 'beheerder',
    async voer() {
      const nu = new Date();
      const rijen = await leesVensters(database.pool);
      const perDomein = Map.groupBy(rijen, ({ berichtsoort }) => berichtsoortVanCode(berichtsoort)?.domein ?? 'iwmo');
      return {
        titel: 'Vensters',
        kruimels: [BEHEER],
        breed: true,
        inhoud: html`
${inleiding('Een venster zegt vanaf en tot wanneer een berichtsoort van een release verstuurd mag worden. Zonder open venster wordt elk bericht van die soort geweigerd.')}
${alinea('U kunt vensters hier bekijken. Wijzigen gaat met de opdracht ', code('knooppunt venster zet'), ' of met de API. Wilt u berichten tijdelijk tegenhouden? Gebruik dan een bevriezing.')}
${[...perDomein].map(
  ([domein, vensters]) => html`${kop(2, DOMEINTITEL[domein])}
${tabel<Vensters>({
  titel: `Vensters voor ${DOMEINTITEL[domein]}`,
  titelVerborgen: true,
  rijen: vensters,
  kolommen: [
    { kop: 'Berichtsoort', rijkop: true, cel: ({ berichtsoort }) => berichtsoort },
    { kop: 'Naam', cel: ({ berichtsoort }) => berichtsoortVanCode(berichtsoort)?.naam ?? '' },
    { kop: 'Release', cel: ({ release }) => release },
    { kop: 'Richting', cel: ({ richting }) => RICHTING[richting] },
    { kop: 'Stand', cel: (rij) => stand(rij, nu) },
    {
      kop: 'Vensters',
      cel: ({ vensters: open }) => (open.length === 0 ? 'geen' : open.map((een) => html`<div>${periode(een)}</div>`)),
    },
  ],
})}`,
)}`,
      };
    },
  });
