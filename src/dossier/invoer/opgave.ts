/**
 * A running toewijzing as one line of a CSV: the facts that the messages behind it would have left, as far as a rule can ask for them. Pure.
 *
 * What was declared so far is one prestatie without a product code, so that it counts in sums (TR322, TR369) and can be taken for no declaratie
 * of its own (TR389). It has no answer, so that it keeps nobody from removing the toewijzing (TR385): a credit may have taken it back.
 */
import { z } from 'zod';
import { voldoetAanElfproef } from '../../standards/bsn.ts';
import { datum, verplichteDatum } from '../../standards/codelijsten/csv.ts';
import { na } from '../../standards/datum.ts';
import type { Feiten, Masker } from '../feiten.ts';

/** Product code of a prestatie that sums up what was declared before. */
export const OPGAVE = '';
/** What such a line is known by among the messages; no berichtsoort has this number. */
export const NUMMER_OPGAVE = 'csv';

const EUROCENT = 'moet leeg zijn of een bedrag in hele eurocenten';
const leeg = (tekst: string): string | null => (tekst === '' ? null : tekst);
const optioneel = (vorm: RegExp, melding: string) =>
  z
    .string()
    .regex(new RegExp(`^(?:${vorm.source})?$`), melding)
    .transform(leeg);
const getal = (melding: string) =>
  optioneel(/\d{1,8}/, melding).transform((tekst) => (tekst === null ? null : Number(tekst)));

export const KOLOMMEN = z.object({
  bsn: z
    .string()
    .regex(/^\d{9}$/, 'moet uit 9 cijfers bestaan')
    .refine((bsn) => bsn.length !== 9 || voldoetAanElfproef(bsn), 'voldoet niet aan de elfproef'),
  wederpartij: z
    .string()
    .regex(/^(?:\d{4}|\d{8})$/, 'moet een gemeentecode (4 cijfers) of een AGB-code (8 cijfers) zijn'),
  toewijzingnummer: z
    .string()
    .regex(/^\d{1,9}$/, 'moet een getal van hoogstens 9 cijfers zijn')
    .transform(Number),
  toewijzingsdatum: verplichteDatum,
  toewijzingstijd: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/, 'moet een tijd zijn (UU:MM:SS)'),
  ingangsdatum: verplichteDatum,
  einddatum: datum,
  categorie: z.string().regex(/^\d{2}$/, 'moet uit twee cijfers bestaan, ook als het eerste een 0 is'),
  code: optioneel(/\S{1,5}/, 'moet leeg zijn of 1 tot 5 tekens hebben, zonder spaties'),
  volume: getal('moet leeg zijn of een geheel getal'),
  eenheid: optioneel(/\d{2}/, 'moet leeg zijn of uit twee cijfers bestaan'),
  frequentie: optioneel(/[1246]/, 'moet leeg zijn of 1, 2, 4 of 6'),
  budget: getal(EUROCENT),
  begindatum: datum,
  gedeclareerdVolume: getal('moet leeg zijn of een geheel getal'),
  gedeclareerdEenheid: optioneel(/\d{2}/, 'moet leeg zijn of uit twee cijfers bestaan'),
  gedeclareerdBedrag: getal(EUROCENT),
});
export type Opgave = z.output<typeof KOLOMMEN>;

const BEZWAREN: readonly (readonly [tegen: (rij: Opgave, peildatum: string) => boolean, melding: string])[] = [
  [
    ({ ingangsdatum, einddatum }) => einddatum !== undefined && na(ingangsdatum, einddatum),
    'einddatum ligt voor ingangsdatum.',
  ],
  [({ toewijzingsdatum }, peildatum) => na(toewijzingsdatum, peildatum), 'toewijzingsdatum ligt na de peildatum.'],
  [
    ({ volume, eenheid, frequentie }) => new Set([volume === null, eenheid === null, frequentie === null]).size > 1,
    'volume, eenheid en frequentie moeten alle drie gevuld zijn, of alle drie leeg.',
  ],
  [({ volume, budget }) => volume !== null && budget !== null, 'volume en budget mogen niet allebei gevuld zijn.'],
  [
    ({ begindatum, ingangsdatum }) => begindatum !== undefined && na(ingangsdatum, begindatum),
    'begindatum ligt voor ingangsdatum.',
  ],
  [
    ({ gedeclareerdVolume: volume, gedeclareerdBedrag: bedrag }) => (volume === null) !== (bedrag === null),
    'gedeclareerdVolume en gedeclareerdBedrag moeten allebei gevuld zijn, of allebei leeg.',
  ],
  [
    ({ gedeclareerdVolume, gedeclareerdEenheid, eenheid }) =>
      gedeclareerdVolume !== null && gedeclareerdEenheid === null && eenheid === null,
    'gedeclareerdEenheid moet gevuld zijn: de toewijzing heeft geen eenheid.',
  ],
];

/** What the columns of a line say against each other. */
export const bezwarenTegen = (rij: Opgave, peildatum: string): readonly string[] =>
  BEZWAREN.filter(([tegen]) => tegen(rij, peildatum)).map(([, melding]) => melding);

export const identificatieVan = ({ toewijzingnummer, toewijzingsdatum, toewijzingstijd }: Opgave): string =>
  `${toewijzingnummer} ${toewijzingsdatum} ${toewijzingstijd}`;

/** The facts of a line. */
export function feitenVanOpgave(rij: Opgave, volgorde: number, masker: Masker): Feiten {
  const { toewijzingnummer: nummer, volume, eenheid, frequentie, categorie, code, begindatum } = rij;
  const herkomst = { volgorde, berichtId: null, dagtekening: rij.toewijzingsdatum };
  const persoon = masker.persoon(rij.bsn);
  const omvang = volume === null || eenheid === null || frequentie === null ? null : { volume, eenheid, frequentie };
  const { gedeclareerdVolume, gedeclareerdBedrag, gedeclareerdEenheid } = rij;
  const identificatie = identificatieVan(rij);
  return {
    bericht: { herkomst, nummer: NUMMER_OPGAVE, identificatie },
    toewijzingen: [
      {
        herkomst,
        persoon,
        nummer,
        toewijzingsdatum: rij.toewijzingsdatum,
        toewijzingstijd: rij.toewijzingstijd,
        ingangsdatum: rij.ingangsdatum,
        einddatum: rij.einddatum ?? null,
        categorie,
        code,
        omvang,
        budget: rij.budget,
        redenWijziging: null,
        kenmerk: null,
      },
    ],
    leveringen:
      begindatum === undefined
        ? []
        : [
            {
              herkomst,
              persoon,
              soort: 'start',
              verwijdert: false,
              toewijzing: nummer,
              categorie,
              code,
              begindatum,
              redenBeeindiging: null,
              einddatum: null,
            },
          ],
    verzoeken: [],
    antwoorden: [],
    declaraties: [],
    prestaties:
      gedeclareerdVolume === null || gedeclareerdBedrag === null
        ? []
        : [
            {
              herkomst,
              persoon,
              // No reference of a message has a line feed in it.
              kenmerk: masker.kenmerk(`opgave\n${identificatie}`),
              vorig: null,
              toewijzing: nummer,
              categorie,
              code: OPGAVE,
              begindatum: rij.ingangsdatum,
              einddatum: rij.ingangsdatum,
              volume: gedeclareerdVolume,
              eenheid: gedeclareerdEenheid ?? eenheid ?? '',
              tarief: null,
              bedrag: gedeclareerdBedrag,
              credit: false,
              stand: 'ingediend',
            },
          ],
  };
}
