/**
 * Whether the amounts of a declaratie and of its answer are right. Source: CS325, CS339, TR342, TR346 (with IV081) and TR358.
 *
 * Amounts and tariffs are whole eurocents of at most 8 digits, totals have at most 12: all sums of a message of 25 MB stay below 2^53.
 */
import { bronregel, constraint, op, type Regel, technischeRegel, type Uitslag } from '../regels.ts';
import type { Klasse } from '../structuren.ts';
import { EURO } from './declaratie.ts';

interface Bedrag {
  readonly Bedrag: string;
  readonly DebetCredit: string;
}
interface Totaal {
  readonly TotaalBedrag: string;
  readonly DebetCredit: string;
}
interface Clienten {
  readonly Client: readonly {
    readonly Prestaties: { readonly Prestatie: readonly { readonly IngediendBedrag: Bedrag }[] };
  }[];
}

/** CS325 */
const nulIsDebet = (bedrag: string, debetCredit: string): boolean => debetCredit === 'D' || Number(bedrag) !== 0;
const totaalNulIsDebet = ({ TotaalBedrag, DebetCredit }: Totaal): boolean => nulIsDebet(TotaalBedrag, DebetCredit);

const metTeken = (bedrag: string, debetCredit: string): number =>
  debetCredit === 'C' ? -Number(bedrag) : Number(bedrag);
const totaal = ({ TotaalBedrag, DebetCredit }: Totaal): number => metTeken(TotaalBedrag, DebetCredit);

/** The amounts of all prestaties added up, with a credit as a minus and with every amount as a plus. */
function som(clienten: Clienten | undefined): { readonly metTeken: number; readonly zonderTeken: number } {
  let debet = 0;
  let credit = 0;
  for (const { Prestaties } of clienten?.Client ?? []) {
    for (const { IngediendBedrag } of Prestaties.Prestatie) {
      if (IngediendBedrag.DebetCredit === 'C') credit += Number(IngediendBedrag.Bedrag);
      else debet += Number(IngediendBedrag.Bedrag);
    }
  }
  return { metTeken: debet - credit, zonderTeken: debet + credit };
}

const GOEDGEKEURD: ReadonlySet<string> = new Set(['0200', '8001']);
const NIET_BEOORDEELD = '0233';

/** TR342, at TotaalToegekendBedrag. */
function verschilVerklaard(antwoord: Klasse<'325', 'DeclaratieAntwoord'>): Uitslag {
  const { TotaalIngediendBedrag: ingediend, TotaalToegekendBedrag: toegekend, Clienten, RetourCodes } = antwoord;
  const codes: readonly string[] = RetourCodes.RetourCode;
  if (codes.some((code) => !GOEDGEKEURD.has(code) && code !== NIET_BEOORDEELD)) return totaal(toegekend) === 0;
  const afgewezen = som(Clienten);
  if (afgewezen.metTeken === totaal(ingediend) - totaal(toegekend)) return true;
  const zonderTeken = afgewezen.zonderTeken === Number(ingediend.TotaalBedrag) - Number(toegekend.TotaalBedrag);
  return zonderTeken || codes.includes(NIET_BEOORDEELD) ? 'twijfel' : false;
}

const MINUUT = '01';
const MINUTEN_PER_UUR = 60;
/** Whole numbers that round to n when divided by 60: from 60n - 30 up to and including 60n + 29. */
const AF = 30;
const OP = 29;

/**
 * Can an hourly tariff in whole eurocents, which the message does not show, give both this tariff per minute and this amount (IV081)?
 * Each leaves a range of tariffs; they must have one in common. The numbers stay below 2^33, so a quotient is never rounded to a whole one.
 */
function pastBijUurtarief(minuten: number, tarief: number, bedrag: number): boolean {
  if (minuten === 0) return bedrag === 0;
  const laagste = Math.max(0, tarief * MINUTEN_PER_UUR - AF, Math.ceil((bedrag * MINUTEN_PER_UUR - AF) / minuten));
  const hoogste = Math.min(tarief * MINUTEN_PER_UUR + OP, Math.floor((bedrag * MINUTEN_PER_UUR + OP) / minuten));
  return laagste <= hoogste;
}

/** Does IV081 allow this amount? */
function volumeMaalTarief(prestatie: Klasse<'323', 'Prestatie'>): boolean {
  const { GeleverdVolume, Eenheid, ProductTarief, IngediendBedrag } = prestatie;
  if (Eenheid === EURO || ProductTarief === undefined) return true;
  const volume = Number(GeleverdVolume);
  const tarief = Number(ProductTarief);
  const bedrag = Number(IngediendBedrag.Bedrag);
  // A product beyond 2^53 may be rounded, but not down to the 8 digits of an amount.
  if (volume * tarief === bedrag) return true;
  return Eenheid === MINUUT && pastBijUurtarief(volume, tarief, bedrag);
}

/** TR346. A credit repeats its debet (IV091), and only a technical fault may refuse it (IV085). */
const bedragKlopt = (prestatie: Klasse<'323', 'Prestatie'>): Uitslag =>
  volumeMaalTarief(prestatie) || (prestatie.IngediendBedrag.DebetCredit === 'C' && 'twijfel');

export const BEDRAGREGELS: readonly Regel[] = [
  constraint('CS325', {
    tekst: 'Een bedrag van nul is debet.',
    melding: 'Vul DebetCredit met D (debet): het bedrag is nul.',
    toepassingen: [
      op('323', 'Declaratie', 'TotaalIngediendBedrag.DebetCredit', ({ TotaalIngediendBedrag }) =>
        totaalNulIsDebet(TotaalIngediendBedrag),
      ),
      op('325', 'DeclaratieAntwoord', 'TotaalIngediendBedrag.DebetCredit', ({ TotaalIngediendBedrag }) =>
        totaalNulIsDebet(TotaalIngediendBedrag),
      ),
      op('325', 'DeclaratieAntwoord', 'TotaalToegekendBedrag.DebetCredit', ({ TotaalToegekendBedrag }) =>
        totaalNulIsDebet(TotaalToegekendBedrag),
      ),
      op(['323', '325'], 'Prestatie', 'IngediendBedrag.DebetCredit', ({ IngediendBedrag }) =>
        nulIsDebet(IngediendBedrag.Bedrag, IngediendBedrag.DebetCredit),
      ),
    ],
  }),
  constraint('CS339', {
    tekst: 'Is de eenheid euro (83), dan zijn volume en bedrag gelijk.',
    melding: 'Maak GeleverdVolume en het ingediende bedrag gelijk, beide in eurocenten.',
    toepassingen: [
      op(
        '323',
        'Prestatie',
        'IngediendBedrag',
        ({ Eenheid, GeleverdVolume, IngediendBedrag }) =>
          Eenheid !== EURO || Number(GeleverdVolume) === Number(IngediendBedrag.Bedrag),
      ),
    ],
  }),
  technischeRegel('TR342', {
    tekst:
      'Wat niet is toegekend, is precies het bedrag van de afgewezen prestaties in het antwoord. Van een declaratie die als geheel is afgewezen, is niets toegekend.',
    melding:
      'Vul TotaalToegekendBedrag met het ingediende totaal min de afgewezen prestaties in dit bericht, of met 0 als de hele declaratie is afgewezen.',
    twijfel:
      'Klopt de som alleen als creditbedragen gewoon meetellen, dan is het een waarschuwing: de standaard zegt niet of zij worden afgetrokken. Evenzo als de declaratie niet is beoordeeld (0233), want dan is niet gezegd wat er is toegekend.',
    toepassingen: [op('325', 'DeclaratieAntwoord', 'TotaalToegekendBedrag', verschilVerklaard)],
  }),
  bronregel('TR346', '9346', {
    tekst:
      'Behalve bij euro (83) is het bedrag het volume maal het tarief. Is een uurtarief afgesproken en wordt in minuten gedeclareerd, dan is het bedrag het uurtarief maal de minuten, gedeeld door 60 en afgerond op hele centen.',
    melding:
      'Verbeter het ingediende bedrag: het is niet GeleverdVolume maal ProductTarief, en bij minuten past er ook geen uurtarief bij.',
    twijfel:
      'Bij een creditprestatie is het een waarschuwing: zij herhaalt haar debetprestatie, en de gemeente mag haar alleen om technische redenen afkeuren.',
    toepassingen: [op('323', 'Prestatie', 'IngediendBedrag', bedragKlopt)],
  }),
  technischeRegel('TR358', {
    tekst: 'Het totaal van een declaratie is de som van alle prestaties, met debet als plus en credit als min.',
    melding:
      'Vul TotaalIngediendBedrag met de debetprestaties min de creditprestaties, met C als de uitkomst onder nul is.',
    toepassingen: [
      op(
        '323',
        'Declaratie',
        'TotaalIngediendBedrag',
        ({ TotaalIngediendBedrag, Clienten }) => totaal(TotaalIngediendBedrag) === som(Clienten).metTeken,
      ),
    ],
  }),
];
