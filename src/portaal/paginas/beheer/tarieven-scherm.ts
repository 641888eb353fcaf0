/** How the tariffs of a gemeente look: the form, what is wrong with a list, and what holds now. */
import type { Tarieflijst, Tariefregel } from '../../../dossier/invoer/ingevoerd.ts';
import type { Kaart } from '../../../routering/kaart.ts';
import type { Controleniveau } from '../../../standards/bevinding.ts';
import type { Domein } from '../../../standards/catalogus.ts';
import type { Csvfout } from '../../../standards/codelijsten/csv.ts';
import { type Html, html } from '../../html.ts';
import type { Ingevuld } from '../../onderdelen/formulier.ts';
import {
  alinea,
  bestandsveld,
  formulier,
  inleiding,
  knop,
  knoppen,
  kop,
  leeg,
  melding,
  tabel,
  uitklap,
} from '../../onderdelen.ts';
import { aantal, bedrag, getal } from '../../opmaak.ts';
import type { Paginaverzoek, Scherm } from '../../pagina.ts';
import { csvuitleg } from './csvuitleg.ts';
import { controleverwijzing, domeinkeuze, inMegabytes, kruimelsVan, padVan, ZONDER_DOMEIN } from './eigen.ts';
import { DOMEINTITEL } from './instellingwoorden.ts';
import { dagenTekst } from './organisaties.ts';
import { fouten, redenveld } from './wijziging.ts';

/** From this controleniveau on tariffs are looked at. */
const MET_TARIEVEN = 4;
/** More faults than these help nobody at once. */
const MAX_FOUTEN = 200;
export const tarievenpad = (gemeente: string): string => `${padVan(gemeente)}/tarieven`;

export interface Tarievenstand {
  readonly kaart: Kaart;
  readonly lijsten: readonly {
    readonly domein: Domein;
    readonly lijst: Tarieflijst;
    readonly controleniveau: Controleniveau;
  }[];
  readonly maxBytes: number;
  readonly terug: Ingevuld;
  /** What is wrong with the list that was just sent. */
  readonly afgewezen: readonly Csvfout[];
}

const regelsVan = (titel: string, rijen: readonly Tariefregel[]): Html =>
  tabel<Tariefregel>({
    titel,
    titelVerborgen: true,
    rijen,
    kolommen: [
      { kop: 'Productcode', rijkop: true, cel: ({ productcode }) => productcode },
      { kop: 'Eenheid', cel: ({ eenheid }) => eenheid },
      {
        kop: 'Tarief per eenheid',
        getal: true,
        cel: ({ tarief }) => html`<span class="kp-heel">${bedrag(tarief)}</span>`,
      },
      { kop: 'Voor', cel: ({ aanbieder }) => aanbieder ?? 'alle aanbieders' },
      { kop: 'Geldt', cel: ({ vanaf, tot }) => dagenTekst({ vanaf, tot }) },
    ],
  });

function nu(
  { code: gemeente }: Kaart,
  { domein, lijst: { aantal: hoeveel, regels }, controleniveau }: Tarievenstand['lijsten'][number],
): Html {
  const naam = DOMEINTITEL[domein];
  if (hoeveel === 0)
    return html`${kop(3, naam)}${leeg('Er zijn geen tarieven', 'Het knooppunt kijkt bij een declaratie nu niet of het tarief klopt.')}`;
  return html`${kop(3, naam)}
${alinea(`De lijst heeft ${aantal(hoeveel, 'regel', 'regels')}.${hoeveel > regels.length ? ` Hier staan de eerste ${getal(regels.length)}.` : ''}`)}
${
  controleniveau >= MET_TARIEVEN
    ? null
    : alinea(
        `De lijst telt nog niet mee: daarvoor is controleniveau ${MET_TARIEVEN} nodig. `,
        controleverwijzing(gemeente, domein),
        '.',
      )
}
${regelsVan(`Tarieven voor ${naam}`, regels)}`;
}

const afgewezenDeel = (afgewezen: readonly Csvfout[]): Html | null =>
  afgewezen.length === 0
    ? null
    : html`
${melding(
  'error',
  'De lijst is niet overgenomen',
  alinea(
    `Er ${afgewezen.length === 1 ? 'is één fout' : `zijn ${getal(afgewezen.length)} fouten`} gevonden. De oude lijst geldt nog. Herstel de regels en kies het bestand opnieuw.`,
  ),
  true,
)}
${tabel<Csvfout>({
  titel: 'Regels die niet goed zijn',
  rijen: afgewezen.slice(0, MAX_FOUTEN),
  kolommen: [
    { kop: 'Regel', rijkop: true, cel: ({ regel }) => getal(regel) },
    { kop: 'Wat er mis is', cel: ({ melding: tekst }) => tekst },
  ],
})}
${afgewezen.length > MAX_FOUTEN ? alinea(`De eerste ${MAX_FOUTEN} staan hier; er zijn er ${getal(afgewezen.length - MAX_FOUTEN)} meer.`) : null}`;

const vormuitleg = (): Html =>
  uitklap(
    'Hoe ziet het bestand eruit?',
    alinea(
      'Een CSV-bestand met op de eerste regel de namen van de kolommen, als tekst in UTF-8. In Excel kiest u bij opslaan ‘CSV UTF-8’.',
    ),
    csvuitleg(
      [
        ['productcode', 'Code van het product, hoogstens 5 tekens.'],
        ['eenheid', 'Eenheid, 2 cijfers. Ook als het eerste een 0 is.'],
        ['tarief', 'Bedrag per eenheid in hele eurocenten: 6250 is € 62,50.'],
        ['aanbieder', 'AGB-code als het tarief met één aanbieder is afgesproken. Leeg: het geldt voor iedereen.'],
        ['vanaf', 'Eerste dag, als JJJJ-MM-DD.'],
        ['tot', 'Laatste dag. Leeg: geen einde.'],
      ],
      `productcode;eenheid;tarief;aanbieder;vanaf;tot
02A05;04;6250;;2026-01-01;2026-12-31
02A05;04;6400;98000001;2026-01-01;2026-12-31`,
    ),
    alinea(
      'Een tarief met één aanbieder gaat voor het tarief voor iedereen. Twee regels voor hetzelfde product, dezelfde eenheid en dezelfde aanbieder mogen niet op dezelfde dag gelden.',
    ),
  );

export function tarievenscherm(verzoek: Pick<Paginaverzoek, 'gebruiker' | 'sessie'>, stand: Tarievenstand): Scherm {
  const { kaart, lijsten, maxBytes, terug, afgewezen } = stand;
  const mis = (terug.veldfouten?.size ?? 0) + afgewezen.length > 0;
  return {
    titel: 'Tarieven',
    status: mis ? 400 : 200,
    kruimels: kruimelsVan(kaart, verzoek),
    inhoud: html`
${fouten(terug)}
${afgewezenDeel(afgewezen)}
${inleiding('Voer in welke tarieven u met aanbieders hebt afgesproken. Bij controleniveau 4 vergelijkt het knooppunt elke declaratie daarmee.')}
${
  lijsten.length === 0
    ? leeg(...ZONDER_DOMEIN)
    : html`
${melding('info', 'Een nieuwe lijst vervangt de hele oude lijst', alinea('Staat er één fout in, dan verandert er niets. De nieuwe lijst geldt vanaf het eerstvolgende bericht. Declaraties die al zijn verwerkt, veranderen niet.'))}
${formulier(
  { sessie: verzoek.sessie, naar: tarievenpad(kaart.code), bestanden: true },
  domeinkeuze(
    lijsten.map(({ domein }) => domein),
    terug,
  ),
  bestandsveld({
    naam: 'bestand',
    label: 'Bestand',
    uitleg: `CSV, hoogstens ${inMegabytes(maxBytes)}.`,
    soorten: '.csv,.txt,text/csv',
    verplicht: true,
    ...terug,
  }),
  redenveld(terug),
  knoppen(knop('Lijst vervangen')),
)}
${vormuitleg()}
${kop(2, 'Wat nu geldt')}
${lijsten.map((een) => nu(kaart, een))}`
}`,
  };
}
