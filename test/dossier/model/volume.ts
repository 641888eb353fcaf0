/**
 * How much may be declared, counted day by day on the calendar. Source: TR321, TR322; IV042, IV076, IV077, IV078, IV081.
 */
import { type Dag, dagenVan } from './kalender.ts';

export interface Toegewezen {
  readonly ingangsdatum: string;
  readonly einddatum: string | undefined;
  readonly categorie: string | undefined;
  readonly volume: number;
  readonly eenheid: string;
  readonly frequentie: string;
}

const MINUUT = '01';
const UUR = '04';
const STUKS_OUTPUT = '82';
const EURO = '83';

const verschillende = (dagen: readonly Dag[], wat: (dag: Dag) => string | number): number =>
  new Set(dagen.map(wat)).size;

/** IV077: weeks, broken ones too, by their week numbers. */
const weken = (dagen: readonly Dag[]): number => verschillende(dagen, ({ week }) => week);
const maanden = (dagen: readonly Dag[]): number => verschillende(dagen, ({ maand }) => maand);

/** IV076: the Sundays, and the broken last week together with the last Sunday. Without any Sunday the norm is silent: the week is given. */
function zondagen(dagen: readonly Dag[], { ingangsdatum, einddatum }: Toegewezen): number {
  const aantal = dagen.filter(({ zondag }) => zondag).length;
  if (einddatum === undefined) return aantal;
  const looptijd = dagenVan(ingangsdatum, einddatum);
  if (looptijd.at(-1)?.zondag) return aantal;
  const laatste = looptijd.findLast(({ zondag }) => zondag);
  const gebroken = laatste === undefined || dagen.some(({ datum }) => datum === laatste.datum);
  return aantal + (gebroken && dagen.length > 0 ? 1 : 0);
}

function weekvolumes(dagen: readonly Dag[], toegewezen: Toegewezen): number {
  if (toegewezen.eenheid === EURO) return zondagen(dagen, toegewezen);
  if (toegewezen.eenheid === STUKS_OUTPUT) return Math.max(weken(dagen), zondagen(dagen, toegewezen));
  return weken(dagen);
}

function ruimteIn(dagen: readonly Dag[], toegewezen: Toegewezen): number {
  const { volume, frequentie } = toegewezen;
  switch (frequentie) {
    case '1':
      return volume * dagen.length;
    case '2':
      return volume * weekvolumes(dagen, toegewezen);
    case '4':
      return volume * maanden(dagen);
    default:
      return volume;
  }
}

interface Periode {
  readonly begin: string;
  readonly einde: string;
}

/** TR321: what fits in one ProductPeriode, in the unit that was allocated. */
export function ruimteInPeriode(toegewezen: Toegewezen, { begin, einde }: Periode, domein: string): number {
  const binnen = dagenVan(begin, einde).filter(
    ({ datum }) =>
      datum >= toegewezen.ingangsdatum && (toegewezen.einddatum === undefined || datum <= toegewezen.einddatum),
  );
  const gewoon = ruimteIn(binnen, toegewezen);
  const huishouden = domein === 'iwmo' && toegewezen.categorie === '01' && toegewezen.frequentie === '2';
  return huishouden ? Math.max(gewoon, 6 * toegewezen.volume) : gewoon;
}

/** TR322: what fits in the whole allocation; undefined: it has no end, so no maximum. */
export function ruimteInTotaal(toegewezen: Toegewezen): number | undefined {
  if (toegewezen.frequentie === '6') return toegewezen.volume;
  if (toegewezen.einddatum === undefined) return undefined;
  return ruimteIn(dagenVan(toegewezen.ingangsdatum, toegewezen.einddatum), toegewezen);
}

/** How often the declared unit goes into the allocated one; undefined: the one does not fit the other (TR341). */
export function perEenheid(toegewezen: string, gedeclareerd: string): number | undefined {
  if (toegewezen === gedeclareerd) return 1;
  return toegewezen === UUR && gedeclareerd === MINUUT ? 60 : undefined;
}
