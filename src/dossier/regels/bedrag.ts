/**
 * Rules on tariff and amount of a prestatie against the contract (323), for a gemeente that imported its tariffs. Source: TR346 and TR418 of both
 * standards, with IV081. Without a list nothing is judged here; what the message alone shows of TR346 is among the rules within a message.
 */
import { plaats } from '../../standards/elders-rij.ts';
import type { Debetzicht } from '../declaraties.ts';
import type { Prestatie } from '../feiten.ts';
import { type Dossierregel, FOUT, GOED } from '../regel.ts';
import type { Tarieven } from '../te-schouwen.ts';
import { MINUUT, UUR } from '../volume.ts';

const MINUTEN_PER_UUR = 60;
/** Whole eurocents of an hourly tariff for so many minutes; half a cent goes up (IV081). */
const naarRato = (uurtarief: number, minuten: number): number =>
  Math.floor((uurtarief * minuten + MINUTEN_PER_UUR / 2) / MINUTEN_PER_UUR);

/** A tariff that was agreed, as a prestatie shows it, and the amount that belongs to it. */
interface Afspraak {
  readonly tarief: number;
  readonly bedrag: number;
}

/**
 * What was agreed for a prestatie. A tariff may change during its period, so that of the first day and that of the last are both right.
 * @returns undefined when the list does not know the product on one of these days
 */
function afspraken(
  { code, eenheid, volume, begindatum, einddatum }: Prestatie,
  tarieven: Tarieven,
): readonly Afspraak[] | undefined {
  const opDag = (dag: string): readonly Afspraak[] => [
    ...tarieven.tarievenOp(code, eenheid, dag).map((tarief) => ({ tarief, bedrag: tarief * volume })),
    ...(eenheid === MINUUT ? tarieven.tarievenOp(code, UUR, dag) : []).map((uurtarief) => ({
      tarief: naarRato(uurtarief, 1),
      bedrag: naarRato(uurtarief, volume),
    })),
  ];
  const perDag = [begindatum, einddatum].map(opDag);
  return perDag.some((dag) => dag.length === 0) ? undefined : perDag.flat();
}

/** Does the contract object? @param past is this what was agreed? */
const tegenContract =
  (past: (gevonden: readonly Afspraak[], prestatie: Prestatie) => boolean): Dossierregel<Debetzicht>['controleer'] =>
  ({ bericht: { tarieven }, prestatie }) => {
    if (!tarieven || prestatie.tarief === null) return GOED;
    const gevonden = afspraken(prestatie, tarieven);
    return gevonden === undefined || past(gevonden, prestatie) ? GOED : FOUT;
  };

export const BEDRAGREGELS: readonly Dossierregel<Debetzicht>[] = [
  {
    code: 'TR418',
    niveau: 3,
    retourcode: '0611',
    tekst:
      'Het tarief is wat in het contract voor die productcode is afgesproken. Alleen te controleren voor een gemeente die haar tarieven heeft ingevoerd.',
    melding: 'Verbeter ProductTarief: het is niet het tarief dat voor dit product is afgesproken.',
    element: 'ProductTarief',
    plaatsen: [plaats('323', 'Prestatie', 'ProductTarief')],
    controleer: tegenContract((gevonden, prestatie) => gevonden.some(({ tarief }) => tarief === prestatie.tarief)),
  },
  {
    code: 'TR346',
    niveau: 4,
    retourcode: '9346',
    tekst:
      'Heeft de gemeente haar tarieven ingevoerd, dan is bij minuten tegen een uurtarief ook bekend met welk uurtarief gerekend moet worden.',
    melding:
      'Verbeter het ingediende bedrag: het is het afgesproken uurtarief maal de minuten, gedeeld door 60 en afgerond op hele centen.',
    element: 'IngediendBedrag',
    plaatsen: [plaats('323', 'Prestatie', 'IngediendBedrag')],
    // In any other unit the amount follows from the tariff in the message. A tariff that nobody agreed is for TR418 to say.
    controleer: tegenContract((gevonden, prestatie) => {
      const eigen = gevonden.filter(({ tarief }) => tarief === prestatie.tarief);
      return (
        prestatie.eenheid !== MINUUT || eigen.length === 0 || eigen.some(({ bedrag }) => bedrag === prestatie.bedrag)
      );
    }),
  },
];
