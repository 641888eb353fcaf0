/** What happens by the clock, and when each of it last went well: what an operator must know when nothing seems to be wrong. */
import type { Database, Verbinding } from '../opslag/database.ts';

export interface Taaksoort {
  /** For people: what it does, in Dutch. */
  readonly wat: string;
  /** Longer ago than this is wrong. */
  readonly hoogstensSeconden: number;
}

const UUR = 3600;

export const TAKEN = {
  vegen: { wat: 'Vergeten banen terugzetten op de lijst', hoogstensSeconden: 60 },
  bezorgen: { wat: 'Kijken welke berichten over StUF bezorgd kunnen worden', hoogstensSeconden: 60 },
  'logboek-keten': { wat: 'Het logboek vastleggen in zijn keten', hoogstensSeconden: UUR / 4 },
  ketendata: { wat: 'Cijfers van de ketendata bijwerken', hoogstensSeconden: UUR },
  bewaren: { wat: 'Bewaartermijnen toepassen', hoogstensSeconden: 2 * UUR },
  'wlz-vergelijking': { wat: 'Wmo en Wlz vergelijken', hoogstensSeconden: 26 * UUR },
  reservekopie: { wat: 'Een reservekopie maken (buiten het knooppunt)', hoogstensSeconden: 26 * UUR },
} as const satisfies Record<string, Taaksoort>;
export type Taak = keyof typeof TAKEN;
export const TAAKNAMEN = Object.keys(TAKEN) as readonly Taak[];

export interface Taakstand {
  readonly taak: Taak;
  /** null: never. */
  readonly geluktOp: Date | null;
  readonly misluktOp: Date | null;
}

const NOTEER = {
  name: 'taak-noteer',
  text: `insert into taakstand (taak, gelukt_op, mislukt_op) values ($1, case when $2::boolean then now() end, case when not $2::boolean then now() end)
    on conflict (taak) do update set gelukt_op = coalesce(excluded.gelukt_op, taakstand.gelukt_op),
      mislukt_op = coalesce(excluded.mislukt_op, taakstand.mislukt_op)`,
};

/** Notes that a task went well, or did not. */
export async function noteerTaak(verbinding: Verbinding, taak: Taak, gelukt = true): Promise<void> {
  await verbinding.query({ ...NOTEER, values: [taak, gelukt] });
}

/** Of every task that was ever done here, or tried. */
export async function leesTaken(verbinding: Verbinding): Promise<readonly Taakstand[]> {
  const { rows } = await verbinding.query<Taakstand>({
    name: 'taak-lees',
    text: 'select taak, gelukt_op as "geluktOp", mislukt_op as "misluktOp" from taakstand order by taak',
  });
  // A row of another version says nothing here.
  return rows.filter(({ taak }) => Object.hasOwn(TAKEN, taak));
}

/** Is it too long ago that this went well? */
export const isTeLaat = ({ taak, geluktOp }: Taakstand, nu: Date): boolean =>
  geluktOp === null || nu.getTime() - geluktOp.getTime() > TAKEN[taak].hoogstensSeconden * 1000;

/** The same again within this time is not written. */
const STIL_MS = 10_000;

/** Notes rounds as they come, also many a minute. Never throws: a note that is missing shows as a task that is late. */
export class Taakboek {
  readonly #database: Database;
  readonly #geschreven = new Map<Taak, { readonly gelukt: boolean; readonly op: number }>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** For whoever does a task: hears how each round went. */
  voor(taak: Taak): (gelukt: boolean) => void {
    return (gelukt) => {
      const nu = performance.now();
      const vorige = this.#geschreven.get(taak);
      if (vorige && vorige.gelukt === gelukt && nu - vorige.op < STIL_MS) return;
      this.#geschreven.set(taak, { gelukt, op: nu });
      void noteerTaak(this.#database.pool, taak, gelukt).catch(() => this.#geschreven.delete(taak));
    };
  }
}
