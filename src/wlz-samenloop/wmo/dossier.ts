/**
 * The messages as a Wmo side, of gemeenten that chose so: the one port through which toewijzingen and stopberichten come in. The turn of a
 * lane gives every message that went on, in its own transaction; what they say together is the view wmo_dossier. Nobody else reads messages
 * for this, and of a gemeente that did not choose so nothing is read at all.
 */
import type { Database, Verbinding } from '../../opslag/database.ts';
import type { Sleutels } from '../../opslag/sleutels.ts';
import type { Berichtsoort } from '../../standards/catalogus.ts';
import type { Inhoud } from '../../xml/structuur.ts';
import { bewaarBsn } from './bsn.ts';
import { dossierfeiten, raaktWmo } from './regels/feiten.ts';

/** A message that went on, as the lane knows it. */
export interface Doorgegeven {
  readonly id: string;
  readonly soort: Berichtsoort;
  /** Who really sent it, and to whom. */
  readonly afzender: string;
  readonly ontvanger: string;
  /** Order of receipt in its lane. */
  readonly baanNummer: number;
  /** undefined: its content was not read. */
  readonly inhoud: Inhoud | undefined;
  /** It is a retour that rejects its heenbericht. */
  readonly keurtAf: boolean;
}

/** Which gemeenten chose so is read at most this often: a choice takes effect within seconds. */
const VERS_MS = 2000;

const isGemeente = (code: string): boolean => code.length === 4;

const BOEK = {
  name: 'wmo-dossier-boek',
  text: `
with n as (
  select * from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[], $9::date[], $10::date[],
    $11::text[], $12::boolean[], $13::text[], $14::text[], $15::bytea[], $16::text[], $17::bytea[])
    as n(bericht_id, nr, gemeente, aanbieder, toewijzingnummer, soort, volgorde, moment, vanaf, tot, reden, verwijderd, productcategorie,
      productcode, bsn_hmac, sleutel_id, cijfertekst)
), erbij as (
  insert into wmo_dossierfeit (bericht_id, nr, gemeente, aanbieder, toewijzingnummer, soort, volgorde, moment, vanaf, tot, reden, verwijderd,
    productcategorie, productcode, bsn_hmac, sleutel_id, cijfertekst)
  select n.* from n where gemeente in (select code from wmo_dossiergemeente)
  on conflict do nothing
  returning bsn_hmac
), eraf as (
  -- What its receiver rejects counts as not sent.
  delete from wmo_dossierfeit f using bericht b where b.id = any ($18::uuid[]) and f.bericht_id = b.heenbericht_id returning f.bsn_hmac
)
insert into wlz_te_vergelijken (bsn_hmac) select bsn_hmac from erbij union select bsn_hmac from eraf`,
};

export class Dossierbron {
  readonly #database: Database;
  #gemeenten: ReadonlySet<string> = new Set();
  #gelezenOp = Number.NEGATIVE_INFINITY;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Reads again who chose so, if that is some time ago. Called at the begin of a turn, outside its transaction. */
  async ververs(): Promise<void> {
    if (performance.now() - this.#gelezenOp < VERS_MS) return;
    const { rows } = await this.#database.pool.query<{ code: string }>('select code from wmo_dossiergemeente');
    this.#gemeenten = new Set(rows.map(({ code }) => code));
    this.#gelezenOp = performance.now();
  }

  /** Must the content of this message be read for the Wmo side? */
  leest(soort: Berichtsoort, afzender: string, ontvanger: string): boolean {
    return raaktWmo(soort) && this.#gemeenten.has(isGemeente(afzender) ? afzender : ontvanger);
  }

  /** Notes what messages that went on say. @param verbinding the transaction of the turn, after the verdicts were written */
  async boek(verbinding: Verbinding, sleutels: Sleutels, berichten: readonly Doorgegeven[]): Promise<void> {
    const gelezen = berichten.filter(({ soort, afzender, ontvanger }) => this.leest(soort, afzender, ontvanger));
    const feiten = gelezen.flatMap(({ id, soort, afzender, ontvanger, baanNummer, inhoud }) => {
      const [gemeente, aanbieder] = isGemeente(afzender) ? [afzender, ontvanger] : [ontvanger, afzender];
      return (inhoud ? dossierfeiten(soort, inhoud) : []).map((feit, nr) => {
        return { ...feit, id, nr, gemeente, aanbieder, baanNummer, ...bewaarBsn(sleutels, feit.bsn) };
      });
    });
    const terug = gelezen.filter(({ keurtAf }) => keurtAf).map(({ id }) => id);
    if (feiten.length + terug.length === 0) return;
    const kolom = <K extends keyof (typeof feiten)[number]>(naam: K) => feiten.map((feit) => feit[naam]);
    await verbinding.query({
      ...BOEK,
      values: [
        kolom('id'),
        kolom('nr'),
        kolom('gemeente'),
        kolom('aanbieder'),
        kolom('toewijzingnummer'),
        kolom('soort'),
        kolom('baanNummer'),
        kolom('moment'),
        kolom('vanaf'),
        kolom('tot'),
        kolom('reden'),
        kolom('verwijderd'),
        kolom('productcategorie'),
        kolom('productcode'),
        kolom('hmac'),
        kolom('sleutelId'),
        kolom('cijfertekst'),
        terug,
      ],
    });
  }
}
