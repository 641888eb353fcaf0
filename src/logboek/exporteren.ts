/** Export of the log: in order, page by page, each page acknowledged before the next; what was broken off goes on where it was. */
import type { Database } from '../opslag/database.ts';
import { type Herkomst, leesHerkomst } from './herkomst.ts';
import { bereikVan, leesPagina } from './lezen.ts';
import { type Logrecord, recordsVan } from './record.ts';

/** Lines per page, and records per delivery: a line can be about thousands of persons. */
const PER_PAGINA = 200;
const PER_ZENDING = 500;

export interface Periode {
  readonly vanaf: Date;
  /** Not included. */
  readonly tot: Date;
}

/** Where an export goes. */
export interface Bestemming {
  /** @returns the number of the last line that an earlier export of this period delivered; 0: begin */
  begin(periode: Periode): Promise<number>;
  /** Returns when they are safely there. */
  lever(records: readonly Logrecord[]): Promise<void>;
  /** Everything up to and including this line was delivered. */
  onthoud(nr: number): Promise<void>;
  /** All of it was delivered. */
  klaar(): Promise<void>;
}

export interface Geexporteerd {
  readonly regels: number;
  readonly records: number;
}

/**
 * Delivers the records of a period.
 * @param herkomst as configured, for lines from before it was written down
 * @throws what the destination throws; what was remembered by then stands
 */
export async function exporteer(
  { pool }: Database,
  herkomst: Herkomst,
  periode: Periode,
  bestemming: Bestemming,
): Promise<Geexporteerd> {
  const herkomstOp = await leesHerkomst(pool, herkomst);
  const bereik = await bereikVan(pool, periode.vanaf, periode.tot);
  let na = Math.max(bereik.na, await bestemming.begin(periode));
  const geteld = { regels: 0, records: 0 };
  for (;;) {
    const pagina = await leesPagina(pool, { na, tot: bereik.tot }, periode, PER_PAGINA);
    let zending: Logrecord[] = [];
    for (const regel of pagina) {
      for (const record of recordsVan(regel, herkomstOp(regel.tijdstip))) {
        zending.push(record);
        geteld.records += 1;
        if (zending.length < PER_ZENDING) continue;
        await bestemming.lever(zending);
        zending = [];
      }
    }
    if (zending.length > 0) await bestemming.lever(zending);
    geteld.regels += pagina.length;
    const laatste = pagina.at(-1);
    if (laatste) {
      na = laatste.nr;
      await bestemming.onthoud(na);
    }
    if (pagina.length < PER_PAGINA) break;
  }
  await bestemming.klaar();
  return geteld;
}
