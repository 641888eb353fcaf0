/**
 * ciz-dat: the rows of the register as CSV with semicolons, or one JSON object per line. The preferred form: it holds nothing that must not be
 * kept. What is no entitlement CIZ leaves out itself.
 */
import { z } from 'zod';
import { beoordeelRij, type Rijregels, type RuweRij } from '../regels/rij.ts';
import type { Leveringsoort, Rij, Vormlezer } from '../regels/types.ts';
import { onleesbaar, Tekstlezer } from './onleesbaar.ts';

const VELDEN = ['bsn', 'besluitnummer', 'ingangsdatum', 'einddatum', 'vervaldatum'] as const;
/** A row has some 60 characters. */
const MAX_REGEL = 1000;

const leeg = z
  .string()
  .nullish()
  .transform((tekst) => tekst || undefined);
const OBJECT = z.strictObject({
  bsn: leeg,
  besluitnummer: z
    .union([z.string(), z.int().transform(String)])
    .nullish()
    .transform((nummer) => nummer || undefined),
  ingangsdatum: leeg,
  einddatum: leeg,
  vervaldatum: leeg,
  mutatie: leeg,
});

/** From one line to the values in it; undefined: not readable. */
type Regellezer = (regel: string) => RuweRij | undefined;

function leesObject(regel: string): RuweRij | undefined {
  try {
    return OBJECT.safeParse(JSON.parse(regel)).data;
  } catch {
    return undefined;
  }
}

const leesCsv =
  (kolommen: number): Regellezer =>
  (regel) => {
    const cellen = regel.split(';');
    if (cellen.length !== kolommen) return undefined;
    const [bsn, besluitnummer, ingangsdatum, einddatum, vervaldatum, mutatie] = cellen.map((cel) => cel || undefined);
    return { bsn, besluitnummer, ingangsdatum, einddatum, vervaldatum, mutatie };
  };

/** The header decides: an object means JSON Lines, and then it is a row itself. */
function kiesLezer(kop: string, metMutatie: boolean): { readonly lezer: Regellezer; readonly isRij: boolean } {
  if (kop.startsWith('{')) return { lezer: leesObject, isRij: true };
  const nodig = [...VELDEN, ...(metMutatie ? ['mutatie'] : [])];
  if (kop !== nodig.join(';'))
    throw onleesbaar(
      `De eerste regel van een ${metMutatie ? 'mutatie' : 'volledige levering'} is: ${nodig.join(';')}.`,
    );
  return { lezer: leesCsv(nodig.length), isRij: false };
}

export class CizDat implements Vormlezer {
  readonly #tekst = new Tekstlezer();
  readonly #regels: Rijregels;
  #rest = '';
  #lezer: Regellezer | undefined;
  #regel = 0;

  constructor(soort: Leveringsoort, alleenTestBsn: boolean) {
    this.#regels = { metMutatie: soort === 'MUTATIE', alleenTestBsn };
  }

  lees(stuk: Uint8Array): readonly Rij[] {
    const regels = (this.#rest + this.#tekst.lees(stuk)).split('\n');
    this.#rest = regels.pop() ?? '';
    if (this.#rest.length > MAX_REGEL) throw onleesbaar(`Regel ${this.#regel + regels.length + 1} is te lang.`);
    return regels.flatMap((regel) => this.#rij(regel));
  }

  einde(): readonly Rij[] {
    return this.#rij(this.#rest + this.#tekst.lees(new Uint8Array(0), true));
  }

  #rij(ruw: string): readonly Rij[] {
    const regel = ruw.endsWith('\r') ? ruw.slice(0, -1) : ruw;
    this.#regel += 1;
    if (regel === '') return [];
    if (!this.#lezer) {
      const { lezer, isRij } = kiesLezer(regel, this.#regels.metMutatie);
      this.#lezer = lezer;
      if (!isRij) return [];
    }
    const ruweRij = regel.length > MAX_REGEL ? undefined : this.#lezer(regel);
    // A mutatie in a full delivery: somebody took one for the other.
    const past = ruweRij && (this.#regels.metMutatie || ruweRij.mutatie === undefined);
    if (!past) return [{ soort: 'afgekeurd', regel: this.#regel, besluitnummer: null, reden: 'regelOnleesbaar' }];
    return [beoordeelRij(ruweRij, this.#regel, this.#regels)];
  }
}
