/** From the values of a row, whatever form they came in, to what the row comes down to. Pure. */
import { isBsn, isTestBsn } from '../../../standards/bsn.ts';
import { dagenInMaand } from '../../../standards/datum.ts';
import type { Recht } from './recht.ts';
import type { Afkeurreden, Rij } from './types.ts';

/** A row as it was delivered. A value that is absent or empty is undefined. */
export interface RuweRij {
  readonly bsn: string | undefined;
  readonly besluitnummer: string | undefined;
  readonly ingangsdatum: string | undefined;
  readonly einddatum: string | undefined;
  readonly vervaldatum: string | undefined;
  /** T(oegevoegd), W(ijziging), V(ervallen): only in a ciz-dat mutation. */
  readonly mutatie?: string | undefined;
  /** Only in forms that have it; 'ontbreekt': it should be there and is not. */
  readonly recht?: Recht | 'ontbreekt';
}

export interface Rijregels {
  /** Rows have a mutatie. */
  readonly metMutatie: boolean;
  /** The demo takes no other BSNs than those of the chain test. */
  readonly alleenTestBsn: boolean;
}

const BESLUITNUMMER = /^0*([1-9][0-9]{0,17})$/;
const DATUM = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
const MUTATIES: ReadonlySet<string> = new Set(['T', 'W', 'V']);
/** How systems that must fill an end date write that there is none. */
const EEUWIG = '9999-12-31';

function isDatum(tekst: string): boolean {
  const [, jaar, maand, dag] = (DATUM.exec(tekst) ?? []).map(Number);
  if (jaar === undefined || maand === undefined || dag === undefined) return false;
  return jaar >= 1 && maand >= 1 && maand <= 12 && dag >= 1 && dag <= dagenInMaand(jaar, maand);
}
const eindeVan = (tekst: string | undefined): string | null => (tekst === undefined || tekst === EEUWIG ? null : tekst);

/** The first thing that is wrong with the values of a row that would be in the register. */
function bezwaar(
  { bsn, ingangsdatum, einddatum, vervaldatum, recht }: RuweRij,
  { alleenTestBsn }: Rijregels,
): Afkeurreden | undefined {
  if (bsn === undefined || !isBsn(bsn)) return 'bsnOngeldig';
  if (alleenTestBsn && !isTestBsn(bsn)) return 'bsnNietToegestaan';
  if (ingangsdatum === undefined || !isDatum(ingangsdatum)) return 'ingangsdatumOngeldig';
  if (einddatum !== undefined && !isDatum(einddatum)) return 'einddatumOngeldig';
  if (vervaldatum !== undefined && !isDatum(vervaldatum)) return 'vervaldatumOngeldig';
  // A vervaldatum before ingangsdatum is no mistake: CIZ withdrew the besluit before it began.
  if (einddatum !== undefined && einddatum < ingangsdatum) return 'eindeVoorBegin';
  return recht === 'ontbreekt' ? 'zorgzwaartepakketOntbreekt' : undefined;
}

/** @param regel place in the file, from 1 */
export function beoordeelRij(ruw: RuweRij, regel: number, regels: Rijregels): Rij {
  const besluitnummer = BESLUITNUMMER.exec(ruw.besluitnummer ?? '')?.[1] ?? null;
  const keurAf = (reden: Afkeurreden): Rij => ({ soort: 'afgekeurd', regel, besluitnummer, reden });
  if (besluitnummer === null) return keurAf('besluitnummerOngeldig');
  if (regels.metMutatie && !MUTATIES.has(ruw.mutatie ?? '')) return keurAf('mutatieOngeldig');
  if (regels.metMutatie && ruw.mutatie === 'V') return { soort: 'weg', regel, besluitnummer, reden: null };
  const reden = bezwaar(ruw, regels);
  if (reden) return keurAf(reden);
  const recht = ruw.recht === 'ontbreekt' ? undefined : ruw.recht;
  if (recht?.geenRecht) return { soort: 'weg', regel, besluitnummer, reden: recht.geenRecht };
  return {
    soort: 'indicatie',
    regel,
    bsn: ruw.bsn ?? '',
    besluitnummer,
    ingangsdatum: ruw.ingangsdatum ?? '',
    einddatum: eindeVan(ruw.einddatum),
    vervaldatum: eindeVan(ruw.vervaldatum),
    opmerkingen: recht?.opmerkingen ?? [],
  };
}
