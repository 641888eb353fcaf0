/**
 * Rules across messages on a prestatie and its toewijzing (323), which the gemeente judges. Source: TR307, TR308, TR338 to TR341, TR384, TR387 and
 * TR388 of both standards, with IV081 and IV089. What the volume has to fit in is in volume.ts.
 */
import { dagenInMaand, delen, na, vergelijk } from '../../standards/datum.ts';
import { plaats } from '../../standards/elders-rij.ts';
import { EURO } from '../../standards/gedeeld/declaratie.ts';
import { VERWIJDERD } from '../../standards/gedeeld/toewijzing.ts';
import type { Debetzicht } from '../declaraties.ts';
import type { Prestatie, Toewijzing } from '../feiten.ts';
import { botst, type Dossierregel, GOED, type Uitspraak } from '../regel.ts';
import { isVanDeze, isVerwijderd, spreektTegen } from '../toewijzingen.ts';
import { inDelen, STUKS_OUTPUT } from '../volume.ts';

type Past = (prestatie: Prestatie, toewijzing: Toewijzing) => boolean | 'twijfel';
type Gegevens = Pick<Dossierregel<Debetzicht>, 'tekst' | 'melding' | 'element'> & { readonly twijfel?: string };

/** A rule that compares the prestatie with the version that counts of its toewijzing. */
const vergelijkt = (code: string, retourcode: string, past: Past, gegevens: Gegevens): Dossierregel<Debetzicht> => ({
  code,
  niveau: 3,
  retourcode,
  ...gegevens,
  plaatsen: [plaats('323', 'Prestatie', gegevens.element)],
  controleer({ bericht, prestatie, toewijzing }) {
    const uitslag = toewijzing === undefined || past(prestatie, toewijzing);
    if (uitslag === true || toewijzing === undefined) return GOED;
    const tegen = spreektTegen(toewijzing, bericht);
    return uitslag === 'twijfel' && tegen.oordeel === 'fout' ? botst('twijfel', [toewijzing]) : tegen;
  },
});

/** Removed, the prestatie has nothing to be compared with. An old kind of removal (01) is not named by the rule. */
function nietVerwijderd({ bericht, genoemd }: Debetzicht): Uitspraak {
  if (genoemd.van !== 'deze') return GOED;
  const { versie } = genoemd;
  if (versie.redenWijziging === VERWIJDERD) return spreektTegen(versie, bericht);
  return isVerwijderd(versie) ? botst('twijfel', [versie]) : GOED;
}

function inZelfdeMaand(a: string, b: string): boolean {
  const [jaar, maand] = delen(a);
  const [anderJaar, andereMaand] = delen(b);
  return jaar === anderJaar && maand === andereMaand;
}

const isEersteDag = (datum: string): boolean => delen(datum)[2] === 1;
function isLaatsteDag(datum: string): boolean {
  const [jaar, maand, dag] = delen(datum);
  return dag === dagenInMaand(jaar, maand);
}

const begintGoed = ({ begindatum }: Prestatie, { ingangsdatum }: Toewijzing): boolean =>
  inZelfdeMaand(begindatum, ingangsdatum) ? vergelijk(begindatum, ingangsdatum) === 0 : isEersteDag(begindatum);
const eindigtGoed = ({ einddatum }: Prestatie, toewijzing: Toewijzing): boolean =>
  toewijzing.einddatum !== null && inZelfdeMaand(einddatum, toewijzing.einddatum)
    ? vergelijk(einddatum, toewijzing.einddatum) === 0
    : isLaatsteDag(einddatum);

const TOTAAL = '6';
const OUTPUT: ReadonlySet<string> = new Set([EURO, STUKS_OUTPUT]);
/**
 * Paid for an outcome, from an amount that was allocated for the whole: then gemeente and aanbieder may have agreed on other moments to
 * declare (OP264, IV089).
 */
const isTraject = ({ eenheid }: Prestatie, { omvang, budget }: Toewijzing): boolean =>
  budget !== null ? OUTPUT.has(eenheid) : omvang?.eenheid === EURO && omvang.frequentie === TOTAAL;

/** May only be doubted of a traject. */
const behalveTraject =
  (past: (prestatie: Prestatie, toewijzing: Toewijzing) => boolean): Past =>
  (prestatie, toewijzing) =>
    past(prestatie, toewijzing) || (isTraject(prestatie, toewijzing) ? 'twijfel' : false);
const TRAJECT =
  'Een waarschuwing als voor een resultaat wordt betaald uit een budget of een totaal in euro’s: dan kunnen gemeente en aanbieder andere declaratiemomenten hebben afgesproken.';

export const TOEWIJZINGVERBANDEN: readonly Dossierregel<Debetzicht>[] = [
  {
    code: 'TR338',
    niveau: 3,
    retourcode: '9338',
    tekst: 'Een prestatie noemt het nummer van een toewijzing die er is.',
    melding: 'Verbeter ToewijzingNummer: deze cliënt heeft geen toewijzing met dat nummer.',
    element: 'ToewijzingNummer',
    plaatsen: [plaats('323', 'Prestatie', 'ToewijzingNummer')],
    controleer: ({ bericht, prestatie, genoemd, clientBekend }) =>
      clientBekend ? isVanDeze(genoemd, bericht, prestatie.begindatum) : GOED,
  },
  {
    code: 'TR384',
    niveau: 3,
    retourcode: '9384',
    tekst: 'Op een toewijzing die verwijderd is (RedenWijziging 13), wordt niet gedeclareerd.',
    melding: 'Declareer niet op deze toewijzing: zij is verwijderd.',
    twijfel:
      'Een waarschuwing bij een toewijzing die met de vervallen reden 01 is verwijderd: de regel noemt alleen reden 13.',
    element: 'ToewijzingNummer',
    plaatsen: [plaats('323', 'Prestatie', 'ToewijzingNummer')],
    controleer: nietVerwijderd,
  },
  vergelijkt('TR307', '9307', (prestatie, { ingangsdatum }) => !na(ingangsdatum, prestatie.begindatum), {
    tekst: 'Een prestatie begint niet voor de ingangsdatum van haar toewijzing.',
    melding: 'Laat ProductPeriode niet beginnen vóór de toewijzing ingaat.',
    element: 'ProductPeriode.Begindatum',
  }),
  vergelijkt('TR308', '9308', (prestatie, { einddatum }) => einddatum === null || !na(prestatie.einddatum, einddatum), {
    tekst: 'Een prestatie eindigt niet na de einddatum van haar toewijzing, als die er een heeft.',
    melding: 'Laat ProductPeriode niet eindigen na de einddatum van de toewijzing.',
    element: 'ProductPeriode.Einddatum',
  }),
  vergelijkt('TR339', '9339', (prestatie, { categorie }) => categorie === null || categorie === prestatie.categorie, {
    tekst: 'Noemt de toewijzing een productcategorie, dan heeft de prestatie dezelfde.',
    melding: 'Neem ProductCategorie over van de toewijzing.',
    element: 'ProductCategorie',
  }),
  vergelijkt('TR340', '9340', (prestatie, { code }) => code === null || code === prestatie.code, {
    tekst: 'Noemt de toewijzing een productcode, dan heeft de prestatie dezelfde.',
    melding: 'Neem ProductCode over van de toewijzing.',
    element: 'ProductCode',
  }),
  vergelijkt(
    'TR341',
    '9341',
    ({ volume, eenheid }, { omvang }) => omvang === null || inDelen(volume, eenheid, omvang.eenheid) !== null,
    {
      tekst: 'Een prestatie telt in de eenheid van haar toewijzing; wat in uren is toegewezen, mag ook in minuten.',
      melding: 'Declareer in de eenheid van de toewijzing, of in minuten als die uren heeft.',
      element: 'Eenheid',
    },
  ),
  vergelijkt('TR387', '9387', behalveTraject(begintGoed), {
    tekst:
      'Een prestatie begint op de eerste van de maand, of op de ingangsdatum als haar toewijzing later in die maand begint.',
    melding:
      'Laat ProductPeriode beginnen op de eerste dag van de maand, of op de ingangsdatum van de toewijzing als die later in die maand ligt.',
    twijfel: TRAJECT,
    element: 'ProductPeriode.Begindatum',
  }),
  vergelijkt('TR388', '9388', behalveTraject(eindigtGoed), {
    tekst:
      'Een prestatie eindigt op de laatste van de maand, of op de einddatum als haar toewijzing eerder in die maand eindigt.',
    melding:
      'Laat ProductPeriode eindigen op de laatste dag van de maand, of op de einddatum van de toewijzing als die eerder in die maand ligt.',
    twijfel: TRAJECT,
    element: 'ProductPeriode.Einddatum',
  }),
];
