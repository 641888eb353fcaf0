/**
 * Delivers the set for the NZa: who asked for it and why stands in the audit log before the first row leaves, and what was delivered after the last.
 * Of a person goes a pseudonym only; nothing else in a row is his alone by name.
 */
import { createHash, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { schrijfLogboek } from '../../logboek/logboek.ts';
import type { Database } from '../../opslag/database.ts';
import { getalcel, regel, tekstcel } from './csv.ts';
import { nzaPseudoniem } from './pseudoniem.ts';
import { leesNza, type Nzarij, type Periode } from './rijen.ts';

type Kolom = readonly [naam: string, cel: (rij: Nzarij, pseudoniem: (persoon: string) => string) => string];

const KOLOMMEN: readonly Kolom[] = [
  ['agbAanbieder', ({ agb }) => tekstcel(agb)],
  ['pseudoniem', ({ persoon }, pseudoniem) => tekstcel(pseudoniem(persoon))],
  ['gemeentecode', ({ gemeente }) => tekstcel(gemeente)],
  ['geboortejaar', ({ geboortejaar }) => getalcel(geboortejaar)],
  ['typeVerwijzer', ({ verwijzer }) => tekstcel(verwijzer)],
  ['productcategorie', ({ categorie }) => tekstcel(categorie)],
  ['productcode', ({ code }) => tekstcel(code)],
  ['toewijzingsdatum', ({ toewijzingsdatum }) => tekstcel(toewijzingsdatum)],
  ['beoogdeAanvang', ({ beoogd }) => tekstcel(beoogd)],
  ['daadwerkelijkeAanvang', ({ aanvang }) => tekstcel(aanvang)],
  ['einddatum', ({ einde }) => tekstcel(einde)],
  ['redenEinde', ({ reden }) => tekstcel(reden)],
  ['inRekeningGebrachtCent', ({ bedrag }) => getalcel(bedrag)],
  ['geleverdVolume', ({ volume }) => getalcel(volume)],
  ['eenheid', ({ eenheid }) => tekstcel(eenheid)],
];
export const NZA_KOLOMMEN = KOLOMMEN.map(([naam]) => naam);

/** One moment, and whole tables: the settings of our connections are for single rows. */
const BEGIN = `
set transaction isolation level repeatable read, read only; set local enable_seqscan = on; set local enable_hashjoin = on`;

export interface Nzavraag extends Periode {
  readonly actor: string;
  readonly reden: string;
  /** What was registered before it is past its term. */
  readonly termijn: Date;
}

export interface Geleverd {
  readonly rijen: number;
  readonly sha256: string;
}

/** @throws the error of the database or of the stream; then the log says that it was broken off */
export async function leverNza(
  database: Database,
  hmac: KeyObject,
  { actor, reden, termijn, ...periode }: Nzavraag,
  naar: Writable,
): Promise<Geleverd> {
  const noteer = (resultaat: string, details: Readonly<Record<string, string | number>> = {}): Promise<void> =>
    schrijfLogboek(database.pool, [
      {
        gebeurtenis: 'nza-set geleverd',
        actor,
        namens: null,
        resultaat,
        berichtId: null,
        details: { ...periode, reden, ...details },
      },
    ]);
  await noteer('begonnen');
  const pseudoniem = nzaPseudoniem(hmac);
  const afdruk = createHash('sha256');
  let rijen = 0;
  const schrijf = async (tekst: string): Promise<void> => {
    afdruk.update(tekst);
    if (!naar.write(tekst)) await once(naar, 'drain');
  };
  try {
    await schrijf(regel(NZA_KOLOMMEN));
    await database.transactie(async (client) => {
      for await (const deel of leesNza(client, periode, termijn)) {
        await schrijf(deel.map((rij) => regel(KOLOMMEN.map(([, cel]) => cel(rij, pseudoniem)))).join(''));
        rijen += deel.length;
      }
    }, BEGIN);
  } catch (fout) {
    await noteer('afgebroken', { rijen });
    throw fout;
  }
  const geleverd = { rijen, sha256: afdruk.digest('hex') };
  await noteer('geleverd', geleverd);
  return geleverd;
}
