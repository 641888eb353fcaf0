/**
 * The last state of a lane that was found right: what a rebuild stands on when the messages before it are gone. In parts, so that a large
 * lane is never whole in memory, and a part that did not change is not written again.
 */
import type { Verbinding } from '../../opslag/database.ts';
import { pakIn, pakUit } from '../opslag/inpakken.ts';
import { GEEN_RIJEN, perTabel, type Rijen, TABELLEN } from '../opslag/rijen.ts';

export interface Momentopname {
  readonly totNummer: number;
  readonly eersteDagtekening: string | null;
  readonly blindTot: string | null;
}

/** Facts of the places van up to and including tot. */
export interface Deel {
  readonly van: number;
  readonly tot: number;
  readonly rijen: Rijen;
}

/** A part holds about so many rows; it ends with a message. */
const RIJEN_PER_DEEL = 2000;
const aantal = (rijen: Rijen): number => TABELLEN.reduce((som, tabel) => som + rijen[tabel].length, 0);

export async function leesMomentopname(verbinding: Verbinding, baanId: number): Promise<Momentopname | undefined> {
  const { rows } = await verbinding.query<Momentopname>({
    name: 'momentopname-lees',
    text: `select tot_nummer::float8 as "totNummer", eerste_dagtekening as "eersteDagtekening", blind_tot as "blindTot"
           from dossier_momentopname where baan_id = $1`,
    values: [baanId],
  });
  return rows[0];
}

/** The parts in order, one at a time. */
export async function* leesDelen(verbinding: Verbinding, baanId: number): AsyncGenerator<Deel> {
  for (let na = -1; ; ) {
    const { rows } = await verbinding.query<{ van: number; tot: number; rijen: Buffer }>({
      name: 'momentopname-deel',
      text: `select van::float8 as van, tot::float8 as tot, rijen from dossier_momentopname_deel
             where baan_id = $1 and van > $2 order by van limit 1`,
      values: [baanId, na],
    });
    const [deel] = rows;
    if (!deel) return;
    yield { van: deel.van, tot: deel.tot, rijen: pakUit<Rijen>(deel.rijen) };
    na = deel.van;
  }
}

/** Writes a new state over the old one, in the order of the lane. */
export class Momentopnameschrijver {
  readonly #verbinding: Verbinding;
  readonly #baanId: number;
  /** Read, or made, and not yet in a part: what follows may go with it. */
  #open: Deel | undefined;

  constructor(verbinding: Verbinding, baanId: number) {
    this.#verbinding = verbinding;
    this.#baanId = baanId;
  }

  /** @param gelijk it stands there already just so */
  async neem(deel: Deel, gelijk: boolean): Promise<void> {
    const { van, tot, rijen } = deel;
    if (gelijk && !this.#open && aantal(rijen) >= RIJEN_PER_DEEL) return;
    const open = this.#open;
    this.#open = {
      van: open?.van ?? van,
      tot,
      rijen: perTabel((tabel) => [...(open?.rijen ?? GEEN_RIJEN)[tabel], ...rijen[tabel]]),
    };
    if (aantal(this.#open.rijen) >= RIJEN_PER_DEEL) await this.#schrijf();
  }

  async #schrijf(): Promise<void> {
    const deel = this.#open;
    if (!deel) return;
    this.#open = undefined;
    await this.#verbinding.query({
      name: 'momentopname-deel-weg',
      text: 'delete from dossier_momentopname_deel where baan_id = $1 and van between $2 and $3',
      values: [this.#baanId, deel.van, deel.tot],
    });
    await this.#verbinding.query({
      name: 'momentopname-deel-zet',
      text: 'insert into dossier_momentopname_deel (baan_id, van, tot, rijen) values ($1, $2, $3, $4)',
      values: [this.#baanId, deel.van, deel.tot, pakIn(deel.rijen)],
    });
  }

  async einde({ totNummer, eersteDagtekening, blindTot }: Momentopname): Promise<void> {
    await this.#schrijf();
    await this.#verbinding.query({
      name: 'momentopname-zet',
      text: `insert into dossier_momentopname (baan_id, tot_nummer, eerste_dagtekening, blind_tot) values ($1, $2, $3, $4)
             on conflict (baan_id) do update set tot_nummer = excluded.tot_nummer, eerste_dagtekening = excluded.eerste_dagtekening,
               blind_tot = excluded.blind_tot, gemaakt_op = now()`,
      values: [this.#baanId, totNummer, eersteDagtekening, blindTot],
    });
  }
}
