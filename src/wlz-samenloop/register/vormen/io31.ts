/**
 * IO31 of iWlz 2.2, "informatie over de geïndiceerde Wlz-zorg": one file may hold any number of clients, each with one besluit. Of a client
 * only the BSN is read, of the besluit its number and dates, and the packages to judge it. It has no vervaldatum.
 */
import { type Blad, RijenFout, Rijenlezer } from '../../../xml/rijenlezer.ts';
import { rechtVan } from '../regels/recht.ts';
import { beoordeelRij, type Rijregels } from '../regels/rij.ts';
import type { Rij, Vormlezer } from '../regels/types.ts';
import { onleesbaar } from './onleesbaar.ts';

const CLIENT = 'Bericht/Clienten/Client';
const INDICATIE = `${CLIENT}/Indicatie`;
const PAKKET = `${INDICATIE}/GeindiceerdeZorgzwaartepakketten/GeindiceerdZorgzwaartepakket`;
const BSN = `${CLIENT}/Bsn`;
const BESLUITNUMMER = `${INDICATIE}/Besluitnummer`;
const SOORT = `${INDICATIE}/Soort`;
const INGANGSDATUM = `${INDICATIE}/Ingangsdatum`;
const EINDDATUM = `${INDICATIE}/Einddatum`;
const ZZP = `${PAKKET}/ZzpCode`;
const FINANCIERING = `${PAKKET}/Financiering`;

const PLAN = {
  namespace: 'http://www.istandaarden.nl/iwlz/2_2/io31/schema',
  rij: CLIENT,
  eis: {
    'Bericht/Header/BerichtCode': '388',
    'Bericht/Header/BerichtVersie': '5',
    'Bericht/Header/BerichtSubversie': '2',
  },
  bladen: new Set([BSN, BESLUITNUMMER, SOORT, INGANGSDATUM, EINDDATUM, ZZP, FINANCIERING]),
} as const;

function beoordeelClient(bladen: readonly Blad[], nummer: number, regels: Rijregels): Rij {
  const waarden = new Map<string, string>();
  const pakketten = new Map<number, Map<string, string>>();
  for (const { pad, tekst, ouder } of bladen) {
    const plaats = pad === ZZP || pad === FINANCIERING ? (pakketten.get(ouder) ?? new Map<string, string>()) : waarden;
    // Two of what there may be one of: which one counts cannot be told.
    if (plaats.has(pad)) return { soort: 'afgekeurd', regel: nummer, besluitnummer: null, reden: 'regelOnleesbaar' };
    plaats.set(pad, tekst);
    if (plaats !== waarden) pakketten.set(ouder, plaats);
  }
  const waarde = (pad: string): string | undefined => waarden.get(pad) || undefined;
  const recht = rechtVan(
    [...pakketten.values()].map((pakket) => ({ zzpCode: pakket.get(ZZP), financiering: pakket.get(FINANCIERING) })),
    waarde(SOORT),
  );
  const rij = {
    bsn: waarde(BSN),
    besluitnummer: waarde(BESLUITNUMMER),
    ingangsdatum: waarde(INGANGSDATUM),
    einddatum: waarde(EINDDATUM),
    vervaldatum: undefined,
    recht,
  };
  return beoordeelRij(rij, nummer, regels);
}

export class Io31 implements Vormlezer {
  readonly #lezer = new Rijenlezer(PLAN);
  readonly #regels: Rijregels;
  #nummer = 0;

  constructor(alleenTestBsn: boolean) {
    this.#regels = { metMutatie: false, alleenTestBsn };
  }

  lees(stuk: Uint8Array): readonly Rij[] {
    return this.#rijen(() => this.#lezer.lees(stuk));
  }

  einde(): readonly Rij[] {
    return this.#rijen(() => this.#lezer.einde());
  }

  #rijen(lees: () => readonly (readonly Blad[])[]): readonly Rij[] {
    try {
      return lees().map((bladen) => {
        this.#nummer += 1;
        return beoordeelClient(bladen, this.#nummer, this.#regels);
      });
    } catch (fout) {
      throw fout instanceof RijenFout ? onleesbaar(fout.message) : fout;
    }
  }
}
