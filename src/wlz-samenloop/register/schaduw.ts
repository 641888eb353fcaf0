/**
 * The shadow: where the rows of a delivery gather, in a temporary table that dies with its connection, until the register is changed to match in
 * one transaction. A reader sees the register before or after, never in between; a process that is killed leaves nothing behind.
 */
import type { PoolClient } from 'pg';
import type { Sleutels } from '../../opslag/sleutels.ts';
import { pseudoniem } from '../../opslag/versleuteling.ts';
import type { Leveringsoort, Rij } from './regels/types.ts';

/** Whole tables are compared here, which the settings of our connections rule out (opslag/database.ts). This connection is closed after. */
const INSTELLINGEN = `
set enable_seqscan = on; set enable_hashjoin = on; set enable_mergejoin = on; set work_mem = '64MB'; set temp_buffers = '32MB'`;
/** actie: I = indicatie, W = not in the register, A = rejected: what is known of it stays. */
const TABEL = `
create temporary table wlz_schaduw (
  regel integer not null, besluitnummer bigint not null, actie "char" not null,
  bsn_hmac bytea, ingangsdatum date, einddatum date, vervaldatum date
)`;
const ERBIJ = {
  name: 'wlz-schaduw',
  text: `
insert into wlz_schaduw (regel, besluitnummer, actie, bsn_hmac, ingangsdatum, einddatum, vervaldatum)
select regel, besluitnummer, actie, decode(bsn, 'hex'), ingangsdatum, einddatum, vervaldatum
from unnest($1::integer[], $2::bigint[], $3::"char"[], $4::text[], $5::date[], $6::date[], $7::date[])
  as n(regel, besluitnummer, actie, bsn, ingangsdatum, einddatum, vervaldatum)`,
};

/** The last row of a besluit counts; a rejected one only when there is no other. */
const WINNAAR = `
create temporary table wlz_winnaar on commit drop as
select distinct on (besluitnummer) besluitnummer, actie, bsn_hmac, ingangsdatum, einddatum, vervaldatum
from wlz_schaduw order by besluitnummer, actie = 'A', regel desc;
alter table wlz_winnaar add primary key (besluitnummer);
analyze wlz_winnaar;
create temporary table wlz_geraakt (hmac bytea not null) on commit drop`;
/** Whose indication a statement adds, changes or removes, for the audit log. It gives as many rows as that statement did. */
const enOnthoud = (wijziging: string): string =>
  `with geraakt as (${wijziging} returning bsn_hmac) insert into wlz_geraakt select bsn_hmac from geraakt`;
/** SQL: whose indication was touched, once the register was changed. */
export const GERAAKT = 'select hmac from wlz_geraakt';
/** Of a besluit that turns out to be somebody else's, also whose it was. */
const VAN_EEN_ANDER = `
insert into wlz_geraakt select i.bsn_hmac from wlz_indicatie i join wlz_winnaar w using (besluitnummer)
where w.actie = 'I' and w.bsn_hmac <> i.bsn_hmac`;
const DUBBEL = `
select coalesce(sum(aantal - 1), 0)::integer as dubbel, count(*) filter (where verschillend > 1)::integer as "dubbelMetVerschil"
from (
  select count(*) as aantal, count(distinct (actie, bsn_hmac, ingangsdatum, einddatum, vervaldatum)) as verschillend
  from wlz_schaduw where actie <> 'A' group by besluitnummer having count(*) > 1
) as d`;
const WEG: Readonly<Record<Leveringsoort, string>> = {
  VOLLEDIG: enOnthoud(`
delete from wlz_indicatie i
where not exists (select from wlz_winnaar w where w.besluitnummer = i.besluitnummer and w.actie in ('I', 'A'))`),
  MUTATIE: enOnthoud(`
delete from wlz_indicatie i
where exists (select from wlz_winnaar w where w.besluitnummer = i.besluitnummer and w.actie = 'W')`),
};
const ANDERS = `
with geraakt as (
update wlz_indicatie i
set bsn_hmac = w.bsn_hmac, ingangsdatum = w.ingangsdatum, einddatum = w.einddatum, vervaldatum = w.vervaldatum, levering_id = $1
from wlz_winnaar w
where w.besluitnummer = i.besluitnummer and w.actie = 'I'
  and (i.bsn_hmac, i.ingangsdatum, i.einddatum, i.vervaldatum)
    is distinct from (w.bsn_hmac, w.ingangsdatum, w.einddatum, w.vervaldatum)
returning i.bsn_hmac
) insert into wlz_geraakt select bsn_hmac from geraakt`;
const NIEUW = enOnthoud(`
insert into wlz_indicatie (besluitnummer, bsn_hmac, ingangsdatum, einddatum, vervaldatum, levering_id)
select besluitnummer, bsn_hmac, ingangsdatum, einddatum, vervaldatum, $1
from wlz_winnaar w
where actie = 'I' and not exists (select from wlz_indicatie i where i.besluitnummer = w.besluitnummer)`);

/** Rows per statement. Making their HMACs holds up the event loop, so not too many. */
const STAPEL = 2000;

export interface Wijziging {
  readonly toegevoegd: number;
  readonly gewijzigd: number;
  readonly verwijderd: number;
  /** Indications in the register after. */
  readonly aantal: number;
}

export interface Dubbel {
  readonly dubbel: number;
  readonly dubbelMetVerschil: number;
}

/** Every value was checked before (digits, dates, hex), so nothing in it needs quoting. */
const reeks = (waarden: readonly (string | number | null)[]): string =>
  `{${waarden.map((waarde) => waarde ?? 'NULL').join(',')}}`;

export class Schaduw {
  readonly #client: PoolClient;
  readonly #sleutels: Sleutels;
  #stapel: Rij[] = [];

  constructor(client: PoolClient, sleutels: Sleutels) {
    this.#client = client;
    this.#sleutels = sleutels;
  }

  async begin(): Promise<void> {
    await this.#client.query(`${INSTELLINGEN}; ${TABEL}`);
  }

  async voegToe(rijen: readonly Rij[]): Promise<void> {
    // A row whose besluit cannot be read says nothing about any besluit.
    for (const rij of rijen) if (rij.besluitnummer !== null) this.#stapel.push(rij);
    while (this.#stapel.length >= STAPEL) await this.#schrijf(this.#stapel.splice(0, STAPEL));
  }

  async sluit(): Promise<void> {
    if (this.#stapel.length > 0) await this.#schrijf(this.#stapel.splice(0));
    await this.#client.query('analyze wlz_schaduw');
  }

  /** Changes the register to what was gathered. Inside a transaction. */
  async wissel(soort: Leveringsoort, leveringId: string): Promise<Wijziging & Dubbel> {
    await this.#client.query(WINNAAR);
    const { rows } = await this.#client.query<Dubbel>(DUBBEL);
    const verwijderd = await this.#client.query(WEG[soort]);
    await this.#client.query(VAN_EEN_ANDER);
    const gewijzigd = await this.#client.query(ANDERS, [leveringId]);
    const toegevoegd = await this.#client.query(NIEUW, [leveringId]);
    const over = await this.#client.query<{ aantal: number }>('select count(*)::integer as aantal from wlz_indicatie');
    return {
      toegevoegd: toegevoegd.rowCount ?? 0,
      gewijzigd: gewijzigd.rowCount ?? 0,
      verwijderd: verwijderd.rowCount ?? 0,
      aantal: over.rows[0]?.aantal ?? 0,
      dubbel: rows[0]?.dubbel ?? 0,
      dubbelMetVerschil: rows[0]?.dubbelMetVerschil ?? 0,
    };
  }

  async #schrijf(rijen: readonly Rij[]): Promise<void> {
    const kolom = (van: (rij: Rij) => string | number | null): string => reeks(rijen.map(van));
    const actie = { indicatie: 'I', weg: 'W', afgekeurd: 'A' } as const;
    await this.#client.query({
      ...ERBIJ,
      values: [
        kolom(({ regel }) => regel),
        kolom(({ besluitnummer }) => besluitnummer),
        kolom(({ soort }) => actie[soort]),
        kolom((rij) => (rij.soort === 'indicatie' ? pseudoniem(this.#sleutels, rij.bsn).toString('hex') : null)),
        kolom((rij) => (rij.soort === 'indicatie' ? rij.ingangsdatum : null)),
        kolom((rij) => (rij.soort === 'indicatie' ? rij.einddatum : null)),
        kolom((rij) => (rij.soort === 'indicatie' ? rij.vervaldatum : null)),
      ],
    });
  }
}
