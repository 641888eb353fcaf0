/**
 * The lane into which is imported. All that goes into one lane is one transaction under its lock, so that a turn sees all of it or nothing. What
 * changed is also kept by itself: it stands in for the files, which are not kept, when the dossier is rebuilt.
 */
import { schrijfLogboek } from '../../logboek/logboek.ts';
import type { Database, Verbinding } from '../../opslag/database.ts';
import type { Domein } from '../../standards/catalogus.ts';
import { delen } from '../../standards/datum.ts';
import { BAAN_SLOT } from '../../verwerking/baanwerk.ts';
import type { Dossier, Wijzigingen } from '../dossier.ts';
import { pakWijzigingenIn } from '../opslag/inpakken.ts';
import { schrijfDossiers } from '../opslag/schrijf.ts';
import { OPGAVE } from './opgave.ts';

export interface Baannaam {
  readonly gemeente: string;
  readonly aanbieder: string;
  readonly domein: Domein;
}

/**
 * The place in the lane of what is imported: negative, so before all that passed the switch; in order of its day, and on one day in order of
 * import. Large enough for both, and small enough to be exact in a number.
 */
const PER_DAG = 2 ** 32;
const DAGEN = 2 ** 20;
/** Before the year 1 nothing happened. */
const EERSTE_DAG = -730_000;
const DAG_MS = 24 * 3600 * 1000;

/** @param nr of the sequence that never gives a number twice */
export function plekVan(dagtekening: string, nr: number): number {
  const [jaar, maand, dag] = delen(dagtekening);
  const moment = new Date(0).setUTCFullYear(jaar, maand - 1, dag);
  const dagnummer = Math.min(Math.max(Math.floor(moment / DAG_MS) - EERSTE_DAG, 0), DAGEN - 1);
  return (dagnummer - DAGEN) * PER_DAG + (nr % PER_DAG);
}

/** A message, or a line of a CSV, that the dossier has already. */
export interface Bekend {
  readonly nummer: string;
  readonly identificatie: string;
  /** Where it stands; null: it went through the switch. */
  readonly volgorde: number | null;
}
export interface Zoekvraag {
  /** 301, 305, ... */
  readonly nummer: string;
  readonly identificatie: string;
}

export class Invoerbaan {
  readonly verbinding: Verbinding;
  readonly id: number;
  readonly #personen = new Set<string>();

  private constructor(verbinding: Verbinding, id: number) {
    this.verbinding = verbinding;
    this.id = id;
  }

  /** Does work in a lane, all of it or nothing; the lane is made when it is new. */
  static async met<T>(
    database: Database,
    { gemeente, aanbieder, domein }: Baannaam,
    { actor, namens }: { readonly actor: string; readonly namens: string },
    werk: (baan: Invoerbaan) => Promise<T>,
  ): Promise<T> {
    // By itself, and before: intake must not wait for us with the first message of the lane.
    await database.pool.query(
      'insert into baan (gemeente, aanbieder, domein) values ($1, $2, $3) on conflict do nothing',
      [gemeente, aanbieder, domein],
    );
    const { rows } = await database.pool.query<{ id: number }>(
      'select id from baan where gemeente = $1 and aanbieder = $2 and domein = $3',
      [gemeente, aanbieder, domein],
    );
    const id = rows[0]?.id ?? 0;
    return database.transactie(
      async (verbinding) => {
        const baan = new Invoerbaan(verbinding, id);
        const uitkomst = await werk(baan);
        await baan.#verantwoord(actor, namens);
        return uitkomst;
      },
      `select pg_advisory_xact_lock(${BAAN_SLOT}, ${Math.trunc(id)})`,
    );
  }

  /** Places for messages of these days. */
  async plekken(dagtekeningen: readonly string[]): Promise<readonly number[]> {
    const { rows } = await this.verbinding.query<{ nr: number }>({
      name: 'invoer-plekken',
      text: `select nextval('dossier_invoer_plek')::float8 as nr from generate_series(1, $1::int)`,
      values: [dagtekeningen.length],
    });
    return dagtekeningen.map((dag, nr) => plekVan(dag, rows[nr]?.nr ?? 0));
  }

  /** Which of these the dossier has, or the switch carried; what it refused counts as not sent. */
  async bekende(vragen: readonly Zoekvraag[]): Promise<readonly Bekend[]> {
    const { rows } = await this.verbinding.query<Bekend>({
      name: 'invoer-bekend',
      text: `
with s as (select * from unnest($2::text[], $3::text[]) as s(nummer, identificatie))
select s.nummer, s.identificatie, case when d.bericht_id is null then d.volgorde::float8 end as volgorde
from s join dossier_bericht d on d.baan_id = $1 and d.identificatie = s.identificatie and d.nummer = s.nummer
union all
select s.nummer, s.identificatie, null
from s cross join (select gemeente, aanbieder from baan where id = $1) p
join bericht b on b.identificatie = s.identificatie and b.afzender in (p.gemeente, p.aanbieder)
where b.baan_id = $1 and right(b.berichtsoort, 3) = s.nummer and b.toestand <> 'afgekeurd'`,
      values: [this.id, vragen.map(({ nummer }) => nummer), vragen.map(({ identificatie }) => identificatie)],
    });
    return rows;
  }

  /** Was it said of any toewijzing how much had been declared on it, without the declaraties? */
  async heeftOpgave(): Promise<boolean> {
    const { rows } = await this.verbinding.query<{ ja: boolean }>({
      name: 'invoer-opgave',
      text: 'select exists (select from dossier_prestatie where baan_id = $1 and volgorde < 0 and code = $2) as ja',
      values: [this.id, OPGAVE],
    });
    return rows[0]?.ja ?? false;
  }

  /** Writes down what changed, and keeps it. */
  async schrijf(dossier: Dossier): Promise<void> {
    const { wijzigingen } = dossier;
    const { nieuw, vergeten, besloten } = wijzigingen;
    if (nieuw.length + vergeten.length + besloten.length === 0) return;
    this.#noteerPersonen(wijzigingen);
    await schrijfDossiers(this.verbinding, new Map([[this.id, dossier]]));
    await this.verbinding.query({
      name: 'invoer-deel',
      text: 'insert into dossier_invoer_deel (baan_id, wijzigingen) values ($1, $2)',
      values: [this.id, pakWijzigingenIn(wijzigingen)],
    });
  }

  #noteerPersonen({ nieuw }: Wijzigingen): void {
    for (const { toewijzingen, leveringen, verzoeken, prestaties } of nieuw)
      for (const lijst of [toewijzingen, leveringen, verzoeken, prestaties])
        for (const { persoon } of lijst) this.#personen.add(persoon);
  }

  async #verantwoord(actor: string, namens: string): Promise<void> {
    if (this.#personen.size === 0) return;
    await schrijfLogboek(this.verbinding, [
      {
        gebeurtenis: 'dossier ingevoerd',
        actor,
        namens,
        resultaat: 'ingevoerd',
        berichtId: null,
        betrokkenen: [...this.#personen].map((persoon) => Buffer.from(persoon, 'hex')),
        details: { baan: this.id },
      },
    ]);
  }
}
