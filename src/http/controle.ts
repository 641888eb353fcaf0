/** Checks a message without sending it, and writes down that it was read. Nothing of the message is kept. */
import { betrokkenenIn } from '../aanlevering/betrokkenen.ts';
import { schrijfLogboek } from '../logboek/logboek.ts';
import type { Rapport } from '../standards/rapport.ts';
import type { Client } from '../toegang/clients.ts';
import type { Omgeving } from './omgeving.ts';

/** @param bytes anything. @throws KnooppuntFout tijdelijkNietBeschikbaar when too many checks are waiting */
export async function controleerVoor(
  { database, sleutels, controleur }: Pick<Omgeving, 'database' | 'sleutels' | 'controleur'>,
  client: Client,
  bytes: Buffer,
): Promise<Rapport> {
  const rapport = await controleur.rapporteer(bytes);
  const betrokkenen = await betrokkenenIn(sleutels, bytes);
  await schrijfLogboek(database.pool, [
    {
      gebeurtenis: 'bericht gecontroleerd',
      actor: client.id,
      namens: null,
      resultaat: rapport.geldig ? 'geldig' : 'niet geldig',
      berichtId: null,
      betrokkenen,
      details: { berichtsoort: rapport.berichtsoort ?? 'onbekend', bevindingen: rapport.bevindingen.length },
    },
  ]);
  return rapport;
}
