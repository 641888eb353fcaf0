/** All there is to tell of one message to one caller: its steps, what belongs with it, and what is expected next. */
import type { Kalender } from '../koppeling/kalender.ts';
import { openTermijnenVan } from '../koppeling/openstaand.ts';
import { type VerwachteStap, verwachteStap } from '../koppeling/stap.ts';
import { zoekVerzoekparen } from '../koppeling/verzoekparen.ts';
import { berichtsoortVanCode } from '../standards/catalogus.ts';
import { magZien } from '../toegang/bevoegdheid.ts';
import type { Client } from '../toegang/clients.ts';
import type { BerichtStand } from '../verwerking/stand.ts';
import { leesStappen, type Stap } from '../verwerking/stappen.ts';
import { type Paar, zoekPaar } from '../verwerking/volgen.ts';
import type { Omgeving } from './omgeving.ts';

export interface Gevolgd {
  readonly stappen: readonly Stap[];
  readonly paar: Paar;
  /** null: nothing more is expected of anybody. */
  readonly verwacht: VerwachteStap | null;
}

/** @param stand of a message that this client may see (zicht.ts) */
export async function volg(
  { database }: Pick<Omgeving, 'database'>,
  client: Client,
  stand: BerichtStand,
  kalender: Kalender,
): Promise<Gevolgd> {
  const [stappen, verzoekparen, openTermijnen] = await Promise.all([
    leesStappen(database, stand),
    zoekVerzoekparen(database.pool, stand.berichtId),
    openTermijnenVan(database.pool, stand.berichtId),
  ]);
  const ids = verzoekparen.map(({ berichtId }) => berichtId);
  const paar = await zoekPaar(database, stand, ids, (ander) => client.beheerder || magZien(client, ander));
  const soort = berichtsoortVanCode(stand.berichtsoort) ?? null;
  return { stappen, paar, verwacht: verwachteStap({ ...stand, soort, openTermijnen }, kalender) };
}
