/** An attack: one request of somebody who means harm, and the refusal that it must get. */
import type { StufFoutSoort } from '#src/envelop/stuf-fout.ts';
import type { WeigeringSoort } from '#src/fouten.ts';
import type { RauwVerzoek } from '../hulp/rauw.ts';

/** Stands in what an attacker sends; it may come back nowhere. */
export const MERK = 'kw44d';
export const BSN = '999954301';

export const GEMEENTE = '0363';
export const AANBIEDER = '98000001';
export const DERDE = '0344';

export interface Aanval {
  readonly naam: string;
  /** Made when it is its turn: some are large. */
  readonly verzoek: () => RauwVerzoek;
  /** Of the registry of REST, or of StUF; several where the door may choose. */
  readonly weigering: WeigeringSoort | { readonly stuf: StufFoutSoort };
}

export interface Aanvalsgroep {
  readonly naam: string;
  readonly aanvallen: readonly Aanval[];
}

export const als = (code: string): { readonly Authorization: string } => ({ Authorization: `Bearer demo-${code}` });

/** A GET by the gemeente, unless said otherwise. */
export const haal = (pad: string, wie = GEMEENTE): RauwVerzoek => ({ methode: 'GET', pad, koppen: als(wie) });
export const stuurJson = (methode: string, pad: string, lijf: string, wie = GEMEENTE): RauwVerzoek => ({
  methode,
  pad,
  lijf,
  koppen: { ...als(wie), 'Content-Type': 'application/json' },
});
export const lever = (lijf: RauwVerzoek['lijf'], koppen = {}, wie = GEMEENTE): RauwVerzoek => ({
  pad: '/v1/berichten',
  koppen: { ...als(wie), 'Content-Type': 'application/xml', ...koppen },
  ...(lijf !== undefined && { lijf }),
});
