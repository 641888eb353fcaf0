/** The forms that a delivery can have, and who reads which. */
import { KnooppuntFout } from '../../../fouten.ts';
import type { Leveringsoort, Vorm, Vormlezer } from '../regels/types.ts';
import { CizDat } from './ciz-dat.ts';
import { Indicatieregister } from './indicatieregister.ts';
import { Io31 } from './io31.ts';

export interface Lezeropties {
  readonly soort: Leveringsoort;
  readonly alleenTestBsn: boolean;
}

const LEZERS: Readonly<Record<Vorm, (opties: Lezeropties) => Vormlezer>> = {
  'ciz-dat': ({ soort, alleenTestBsn }) => new CizDat(soort, alleenTestBsn),
  io31: ({ alleenTestBsn }) => new Io31(alleenTestBsn),
  indicatieregister: ({ alleenTestBsn }) => new Indicatieregister(alleenTestBsn),
};

/** @throws KnooppuntFout wlzManifestOngeldig: of these forms ciz-dat alone can say that a besluit is gone */
export function maakVormlezer(vorm: Vorm, opties: Lezeropties): Vormlezer {
  if (opties.soort === 'MUTATIE' && vorm !== 'ciz-dat')
    throw new KnooppuntFout('wlzManifestOngeldig', 'Een mutatie kan alleen in de vorm ciz-dat.');
  return LEZERS[vorm](opties);
}
