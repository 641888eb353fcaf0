/** The pages about deliveries of residents: the form with what came before, and the report of one delivery. */
import type { Levering } from '../../../wlz-samenloop/wmo/levering.ts';
import { AFWIJZINGEN, type Afwijzing } from '../../../wlz-samenloop/wmo/regels/types.ts';
import { type Html, html } from '../../html.ts';
import {
  alinea,
  bestandsveld,
  code,
  formulier,
  foutenoverzicht,
  gegevens,
  inleiding,
  kerncijfers,
  keuzes,
  knop,
  knoppen,
  knopVerwijzing,
  kop,
  leeg,
  melding,
  merk,
  type Toon,
  tabel,
  uitklap,
  verwijzing,
} from '../../onderdelen.ts';
import { aantal, getal, tijd } from '../../opmaak.ts';
import type { Scherm, Sessie, Veldfouten } from '../../pagina.ts';
import { type Gemeente, gemeentekeuze, WLZ } from './gemeenten.ts';

export const INWONERS = { naam: 'Inwoners aanleveren', pad: '/portaal/wlz/inwoners' } as const;

const TOESTANDEN: Readonly<Record<Levering['toestand'], readonly [string, Toon, string]>> = {
  laden: ['wordt ingelezen', 'info', 'Het bestand wordt nog ingelezen.'],
  actueel: ['geldt nu', 'goed', 'Met deze levering vergelijkt het knooppunt.'],
  vervangen: ['vervangen', 'neutraal', 'Er is daarna een nieuwe levering gekomen.'],
  geweigerd: ['niet overgenomen', 'fout', 'De levering ervóór bleef gelden.'],
};
const stand = (toestand: Levering['toestand']): Html => merk(TOESTANDEN[toestand][0], TOESTANDEN[toestand][1]);
const naamVan = (gemeenten: readonly Gemeente[], gezocht: string): string =>
  gemeenten.find(({ code: eigen }) => eigen === gezocht)?.naam ?? gezocht;

const vormuitleg = (): Html =>
  uitklap(
    'Hoe ziet het bestand eruit?',
    alinea('Een CSV-bestand heeft op de eerste regel de namen van de kolommen. Alleen ', code('bsn'), ' is verplicht.'),
    tabel({
      titel: 'Kolommen van het bestand',
      titelVerborgen: true,
      kolommen: [
        { kop: 'Kolom', cel: ([naam]) => code(naam), rijkop: true },
        { kop: 'Wat erin staat', cel: ([, uitleg]) => uitleg },
      ],
      rijen: [
        ['bsn', 'Burgerservicenummer van de inwoner.'],
        ['voorzieningId', 'Uw eigen nummer van de voorziening, hoogstens 40 tekens.'],
        ['status', 'AANGEVRAAGD of LOPEND. Leeg betekent LOPEND.'],
        ['ingangsdatum', 'Eerste dag, als JJJJ-MM-DD.'],
        ['einddatum', 'Laatste dag. Leeg: geen einde.'],
        ['productcategorie', 'Categorie van de Wmo, 01 tot en met 18. Daarmee geeft het signaal een passend advies.'],
        ['productcode', 'Code van het product, hoogstens 5 tekens.'],
        ['agbAanbieder', 'AGB-code van de aanbieder, 8 cijfers.'],
        ['domein', 'Leeg of wmo. Jeugdhulp hoort hier niet.'],
      ] as const,
    }),
    html`<pre class="kp-voorbeeld" tabindex="0" aria-label="Voorbeeld van een CSV-bestand">bsn;voorzieningId;status;ingangsdatum;einddatum;productcategorie
999900006;WMO-2026-001;LOPEND;2026-01-01;;01</pre>`,
    alinea(
      'Een JSON-bestand is een lijst van objecten met dezelfde namen. Beide zijn tekst in UTF-8, hoogstens 25 MB.',
    ),
  );

function eerdere(leveringen: readonly Levering[], gemeenten: readonly Gemeente[]): Html {
  if (leveringen.length === 0)
    return leeg(
      'Er is nog niets aangeleverd',
      'Zolang er geen inwoners bekend zijn, komen er geen signalen. Lever hierboven uw eerste bestand aan.',
    );
  return tabel({
    titel: 'Eerdere leveringen',
    titelVerborgen: true,
    kolommen: [
      {
        kop: 'Aangeleverd',
        rijkop: true,
        cel: ({ leveringId, begonnenOp }) => verwijzing(`${INWONERS.pad}/${leveringId}`, tijd(begonnenOp)),
      },
      ...(gemeenten.length > 1
        ? [{ kop: 'Gemeente', cel: ({ gemeente }: Levering) => naamVan(gemeenten, gemeente) }]
        : []),
      { kop: 'Stand', cel: ({ toestand }) => stand(toestand) },
      { kop: 'Overgenomen', getal: true, cel: ({ aangenomen }) => getal(aangenomen) },
      { kop: 'Niet overgenomen', getal: true, cel: ({ afgewezen }) => getal(afgewezen) },
    ],
    rijen: leveringen,
  });
}

export interface Uploadstand {
  readonly gemeenten: readonly Gemeente[];
  readonly leveringen: readonly Levering[];
  readonly veldfouten: Veldfouten;
  readonly ingevuld: Readonly<Record<string, string>>;
}

export function uploadscherm(sessie: Sessie, { gemeenten, leveringen, veldfouten, ingevuld }: Uploadstand): Scherm {
  const terug = { veldfouten, ingevuld };
  return {
    titel: INWONERS.naam,
    status: veldfouten.size > 0 ? 400 : 200,
    kruimels: [WLZ],
    inhoud: html`
${foutenoverzicht(veldfouten)}
${inleiding('Lever een bestand aan met alle inwoners die Wmo-hulp hebben of hebben aangevraagd. Het knooppunt vergelijkt het elke dag met het Wlz-register.')}
${melding('info', 'Elke levering is volledig', alinea('Wat in het nieuwe bestand niet meer staat, telt niet meer mee. Het nieuwe bestand geldt pas als het helemaal is ingelezen.'))}
${formulier(
  { sessie, naar: INWONERS.pad, bestanden: true },
  gemeentekeuze(gemeenten, terug),
  bestandsveld({
    naam: 'bestand',
    label: 'Bestand',
    uitleg: 'CSV of JSON, hoogstens 25 MB.',
    soorten: '.csv,.txt,.json,.ndjson,.jsonl,text/csv,application/json',
    verplicht: true,
    ...terug,
  }),
  uitklap(
    'Zijn er geen inwoners met Wmo-hulp meer?',
    keuzes({
      soort: 'checkbox',
      naam: 'leeg',
      label: 'Is het bestand met opzet leeg?',
      gekozen: ingevuld.leeg === 'ja' ? ['ja'] : [],
      keuzes: [
        {
          waarde: 'ja',
          tekst: 'Ja, er zijn geen inwoners met Wmo-hulp meer',
          uitleg:
            'Kruis dit alleen aan als er echt geen enkele voorziening in het bestand staat. Alle signalen vervallen dan.',
        },
      ],
    }),
  ),
  knoppen(knop('Bestand aanleveren')),
)}
${vormuitleg()}
${kop(2, 'Eerdere leveringen')}
${eerdere(leveringen, gemeenten)}`,
  };
}

function regels({ afwijzingen, afgewezen }: Levering): Html | null {
  if (afgewezen === 0) return leeg('Alle regels zijn overgenomen', 'U hoeft niets te herstellen.');
  return html`
${alinea('Herstel deze regels in uw eigen systeem en lever het hele bestand daarna opnieuw aan. Om de privacy staan de gegevens zelf hier niet.')}
${tabel({
  titel: 'Regels die niet zijn overgenomen',
  titelVerborgen: true,
  kolommen: [
    { kop: 'Regel', rijkop: true, cel: ({ regel }) => getal(regel) },
    { kop: 'Wat er mis is', cel: ({ melding: tekst }) => tekst },
  ],
  rijen: afwijzingen,
})}
${afgewezen > afwijzingen.length ? alinea(`De eerste ${afwijzingen.length} regels staan hier; er zijn er ${getal(afgewezen - afwijzingen.length)} meer.`) : null}`;
}

export function leveringscherm(levering: Levering, gemeenten: readonly Gemeente[]): Scherm {
  const { toestand, begonnenOp, geeindigdOp, aangenomen, afgewezen, redenen, gemeente } = levering;
  const soorten = Object.entries(redenen) as [Afwijzing, number][];
  return {
    titel: 'Levering van inwoners',
    kruimels: [WLZ, INWONERS],
    inhoud: html`
${kerncijfers([
  { titel: 'Overgenomen', cijfer: getal(aangenomen), uitleg: 'regels', toon: aangenomen > 0 ? 'goed' : 'neutraal' },
  { titel: 'Niet overgenomen', cijfer: getal(afgewezen), uitleg: 'regels', toon: afgewezen > 0 ? 'fout' : 'neutraal' },
])}
${gegevens([
  ['Stand', html`${stand(toestand)} ${TOESTANDEN[toestand][2]}`],
  ['Gemeente', gemeenten.length > 1 ? naamVan(gemeenten, gemeente) : null],
  ['Aangeleverd', tijd(begonnenOp)],
  ['Klaar', geeindigdOp ? tijd(geeindigdOp) : null],
])}
${
  soorten.length > 1
    ? html`${kop(2, 'Waarom regels niet zijn overgenomen')}<ul class="kp-lijst">${soorten
        .toSorted(([, a], [, b]) => b - a)
        .map(([soort, keren]) => html`<li>${aantal(keren, 'regel', 'regels')}: ${AFWIJZINGEN[soort]}</li>`)}</ul>`
    : null
}
${kop(2, 'Regel voor regel')}
${regels(levering)}
${knoppen(knopVerwijzing(INWONERS.pad, 'Nog een bestand aanleveren', { soort: 'secondary' }), knopVerwijzing('/portaal/wlz/signalen', 'Naar de signalen', { soort: 'secondary' }))}`,
  };
}
