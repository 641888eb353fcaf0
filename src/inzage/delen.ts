/** The parts of an inzage: one query each, by the HMAC of the BSN, $1. What is only there to find or to encrypt is not in the answer. */

export interface Vraag {
  readonly naam: string;
  readonly uitleg: string;
  readonly sql: string;
}

export const VRAGEN: readonly Vraag[] = [
  {
    naam: 'berichten',
    uitleg:
      'Berichten waarin deze persoon voorkomt, of die op zo’n bericht antwoorden: de gegevens op de envelop, niet de inhoud',
    sql: `
select b.id as "berichtId", b.berichtsoort, b.domein, b.release, b.oorsprong, b.afzender, b.ontvanger, b.indiener, b.referentienummer,
  b.kruisreferentie, b.identificatie, b.dagtekening, b.omvang, b.toestand, b.ontvangen_op as "ontvangenOp", b.verwerkt_op as "verwerktOp",
  p.postbus, p.bezorging, p.opgehaald_op as "opgehaaldOp", p.bevestigd_op as "bevestigdOp",
  exists (select from inhoud i where i.bericht_id = b.id) as "inhoudBewaard",
  v.niveau as "gecontroleerdTotNiveau", coalesce(jsonb_array_length(v.bevindingen), 0) as bevindingen,
  exists (select from openstaand o where o.bericht_id = b.id) as "antwoordVerwacht"
from betrokkene k join bericht b on b.id = k.bericht_id left join postbus_item p on p.bericht_id = b.id left join bevinding v on v.bericht_id = b.id
where k.hmac = $1 order by b.ontvangen_op, b.id`,
  },
  {
    naam: 'wlzIndicaties',
    uitleg: 'Indicatiebesluiten voor de Wlz, zoals het CIZ ze aanleverde: dat ze er zijn, en hun data',
    sql: `
select i.besluitnummer::text as besluitnummer, i.ingangsdatum::text as ingangsdatum, i.einddatum::text as einddatum,
  i.vervaldatum::text as vervaldatum, l.volgnummer::text as "uitLevering", l.peilmoment
from wlz_indicatie i left join wlz_levering l on l.id = i.levering_id where i.bsn_hmac = $1 order by i.besluitnummer`,
  },
  {
    naam: 'wlzSignalen',
    uitleg:
      'Signalen aan een gemeente over samenloop van Wmo en Wlz, met de stappen erin; aantekeningen van medewerkers zijn versleuteld',
    sql: `
select s.id as "signaalId", s.gemeente, s.type, s.terugwerkend, s.overlap_vanaf::text as "overlapVanaf", s.overlap_tot::text as "overlapTot",
  s.indicatie_vanaf::text as "indicatieVanaf", s.indicatie_tot::text as "indicatieTot", s.status, s.productcategorie, s.productcode, s.agb,
  s.register_peilmoment as "registerPeilmoment", s.workflow, s.uitkomst, s.berichten, s.verteld_op::text as "verteldOp",
  s.aangemaakt_op as "aangemaaktOp", s.gewijzigd_op as "gewijzigdOp", (
    select coalesce(jsonb_agg(jsonb_build_object('tijdstip', t.tijdstip, 'stap', t.stap, 'workflow', t.workflow, 'uitkomst', t.uitkomst,
      'door', t.door, 'aantekening', t.cijfertekst is not null) order by t.nr), '[]')
    from wlz_signaalstap t where t.signaal_id = s.id) as stappen
from wlz_signaal s where s.bsn_hmac = $1 order by s.aangemaakt_op, s.id`,
  },
  {
    naam: 'wmoVoorzieningen',
    uitleg: 'Wmo-voorzieningen die een gemeente aanleverde voor de vergelijking met de Wlz',
    sql: `
select l.gemeente, l.toestand as levering, l.begonnen_op as "aangeleverdOp", v.voorziening_id as "voorzieningId", v.status,
  v.vanaf::text as vanaf, v.vanaf_bekend as "vanafBekend", v.tot::text as tot, v.productcategorie, v.productcode, v.agb
from wmo_voorziening v join wmo_levering l on l.nr = v.levering_nr where v.bsn_hmac = $1 order by l.nr, v.voorziening_id`,
  },
  {
    naam: 'wmoDossierfeiten',
    uitleg:
      'Wat berichten over een toewijzing zeiden, voor gemeenten die hun berichten laten meetellen in die vergelijking',
    sql: `
select bericht_id as "berichtId", gemeente, aanbieder, toewijzingnummer, soort, moment, vanaf::text as vanaf, tot::text as tot, reden, verwijderd,
  productcategorie, productcode
from wmo_dossierfeit where bsn_hmac = $1 order by gemeente, aanbieder, toewijzingnummer, volgorde, nr`,
  },
  {
    naam: 'nzaFeiten',
    uitleg:
      'Wat voor de NZa is bijgehouden naast het dossier (Regeling Jeugdwet art. 8f); het gaat daarheen onder een pseudoniem',
    sql: `
select b.gemeente, b.aanbieder, n.geboortejaar, n.verwijzer as "typeVerwijzer", n.geregistreerd_op as "geregistreerdOp"
from (
  select baan_id, volgorde, nr from dossier_verzoek where persoon = $1
  union
  select baan_id, volgorde, 0 from dossier_toewijzing where persoon = $1
) van join nza_feit n using (baan_id, volgorde, nr) join baan b on b.id = n.baan_id order by n.geregistreerd_op, n.baan_id, n.volgorde, n.nr`,
  },
];

/** Tables of the dossier, where an installation has them: whichever of them know a person, with the columns that are no hash. */
export const DOSSIERTABELLEN = `
select table_name as tabel, array_agg(column_name::text order by ordinal_position) filter (where data_type <> 'bytea') as kolommen
from information_schema.columns where table_schema = current_schema() and table_name like 'dossier\\_%'
group by table_name
having bool_or(column_name = 'persoon' and data_type = 'bytea') and bool_or(column_name = 'baan_id') order by table_name`;

/** @param tabel, kolommen from the catalogue of the database */
export function dossiervraag(tabel: string, kolommen: readonly string[]): string {
  const naam = (woord: string): string => `"${woord.replaceAll('"', '""')}"`;
  const eigen = kolommen.filter((kolom) => kolom !== 'baan_id').map((kolom) => `d.${naam(kolom)}`);
  return `select b.gemeente, b.aanbieder, b.domein, ${eigen.join(', ')} from ${naam(tabel)} d left join baan b on b.id = d.baan_id
    where d.persoon = $1 order by d.baan_id`;
}
