/**
 * Indicatieregister: the objects WlzIndicatie of its releases 1 and 2, as a bare list or as the answer to a GraphQL query. Release 2 added
 * vervaldatum. Everything else in an object is passed over.
 */
import { z } from 'zod';
import { rechtVan } from '../regels/recht.ts';
import { beoordeelRij, type Rijregels, type RuweRij } from '../regels/rij.ts';
import type { Rij, Vormlezer } from '../regels/types.ts';
import { JsonLijst } from './json-lijst.ts';
import { Tekstlezer } from './onleesbaar.ts';

const code = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .transform((waarde) => waarde || undefined);
/** A GraphQL Date; the register also writes it as a moment at midnight. */
const datum = z
  .string()
  .nullish()
  .transform((tekst) => tekst?.replace(/T00:00:00(?:\.0+)?Z?$/, '') || undefined);
const INDICATIE = z.object({
  bsn: z
    .string()
    .nullish()
    .transform((tekst) => tekst || undefined),
  besluitnummer: code,
  soortWlzindicatie: code,
  ingangsdatum: datum,
  einddatum: datum,
  vervaldatum: datum,
  geindiceerdZorgzwaartepakket: z
    .array(z.object({ zzpCode: code, financiering: code }))
    .nullable()
    .optional(),
});

/** A query that did not ask for the packages leaves us blind to partnerverblijf; one that asked and got none does not. */
function leesIndicatie(tekst: string): RuweRij | undefined {
  let json: unknown;
  try {
    json = JSON.parse(tekst);
  } catch {
    return undefined;
  }
  const { data } = INDICATIE.safeParse(json);
  if (!data) return undefined;
  const { geindiceerdZorgzwaartepakket: pakketten, soortWlzindicatie, ...rij } = data;
  const recht =
    pakketten === undefined ? ('ontbreekt' as const) : rechtVan((pakketten ?? []).map(alsPakket), soortWlzindicatie);
  return { ...rij, recht };
}
const alsPakket = ({ zzpCode, financiering }: { zzpCode?: string | undefined; financiering?: string | undefined }) => ({
  zzpCode,
  financiering,
});

export class Indicatieregister implements Vormlezer {
  readonly #tekst = new Tekstlezer();
  readonly #lijst = new JsonLijst();
  readonly #regels: Rijregels;
  #nummer = 0;

  constructor(alleenTestBsn: boolean) {
    this.#regels = { metMutatie: false, alleenTestBsn };
  }

  lees(stuk: Uint8Array): readonly Rij[] {
    return this.#lijst.lees(this.#tekst.lees(stuk)).map((element) => this.#rij(element));
  }

  einde(): readonly Rij[] {
    const laatste = this.#lijst.lees(this.#tekst.lees(new Uint8Array(0), true)).map((element) => this.#rij(element));
    this.#lijst.einde();
    return laatste;
  }

  #rij(element: string): Rij {
    this.#nummer += 1;
    const ruw = leesIndicatie(element);
    if (!ruw) return { soort: 'afgekeurd', regel: this.#nummer, besluitnummer: null, reden: 'regelOnleesbaar' };
    return beoordeelRij(ruw, this.#nummer, this.#regels);
  }
}
