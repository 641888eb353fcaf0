/** Changes one organisation: what is left out stays as it is. */
import { KnooppuntFout } from '../fouten.ts';
import type { Database } from '../opslag/database.ts';
import { type Kaart, legeKaart, soortVanCode } from './kaart.ts';
import { bewaarKaarten } from './kaartenbak.ts';
import type { Opdrachtgever } from './wijziging.ts';

/** What of a card is to change; what is left out stays as it is. */
export interface Kaartwijziging {
  readonly naam?: string | undefined;
  readonly geldigVanaf?: string | null | undefined;
  readonly geldigTot?: string | null | undefined;
  readonly opvolger?: string | null | undefined;
  readonly deelname?: { readonly [D in keyof Kaart['deelname']]?: Kaart['deelname'][D] | undefined } | undefined;
  readonly stuf?:
    | { readonly [V in keyof NonNullable<Kaart['stuf']>]?: NonNullable<Kaart['stuf']>[V] | undefined }
    | null
    | undefined;
}

/** Of a new endpoint, what its operator did not say. */
const NIEUW_ENDPOINT = { gestopt: false, budgetPerMinuut: 60 } as const;

const gekozen = <T extends object>(keuze: T | undefined): { [V in keyof T]?: Exclude<T[V], undefined> } =>
  Object.fromEntries(Object.entries(keuze ?? {}).filter(([, waarde]) => waarde !== undefined)) as never;

function voegSamen(kaart: Kaart, { deelname, stuf, ...rest }: Kaartwijziging): Kaart {
  const endpoint = stuf && { ...NIEUW_ENDPOINT, url: '', ...kaart.stuf, ...gekozen(stuf) };
  return {
    ...kaart,
    ...gekozen(rest),
    deelname: { ...kaart.deelname, ...gekozen(deelname) },
    ...(stuf !== undefined && { stuf: endpoint ?? null }),
  };
}

/**
 * Changes one organisation, or adds it.
 * @returns the card as it is now
 * @throws KnooppuntFout invoerOngeldig that says which field cannot be
 */
export async function wijzigKaart(
  database: Database,
  opdracht: Opdrachtgever,
  code: string,
  wijziging: Kaartwijziging,
): Promise<Kaart> {
  const soort = soortVanCode(code);
  if (!soort) throw new KnooppuntFout('invoerOngeldig', 'De code heeft niet de juiste vorm.');
  let nieuw: Kaart | undefined;
  await bewaarKaarten(database, opdracht, (bestaand) => {
    const oud = bestaand.get(code);
    if (!oud && wijziging.naam === undefined)
      throw new KnooppuntFout('invoerOngeldig', 'Een nieuwe organisatie heeft een naam nodig.');
    nieuw = voegSamen(oud ?? legeKaart(code, soort, ''), wijziging);
    return [nieuw];
  });
  if (!nieuw) throw new Error('no card was kept');
  return nieuw;
}
