/** A small world of messages in which many have something in common, and the plain answer to every search in it. */
import { createHash } from 'node:crypto';
import type { Database } from '#src/opslag/database.ts';
import type { Bezorging, Toestand } from '#src/toestanden.ts';
import type { Zicht, Zoekvraag } from '#src/verwerking/zoekvraag.ts';
import { type Toeval, uuid } from './toeval.ts';

export interface Wereldbericht {
  readonly id: string;
  /** Microseconds since 1970. */
  readonly moment: number;
  readonly gemeente: string;
  readonly aanbieder: string;
  readonly domein: string;
  readonly afzender: string;
  readonly ontvanger: string;
  readonly soort: string;
  readonly referentienummer: string;
  readonly identificatie: string | null;
  readonly toestand: Toestand;
  readonly bezorging: Bezorging | null;
  readonly personen: readonly string[];
}

export const GEMEENTEN = ['0001', '0002', '0003'];
export const AANBIEDERS = ['00000001', '00000002', '00000003'];
export const PERSONEN = ['een', 'twee', 'drie', 'vier'];
export const DOMEINEN = ['iwmo', 'ijw'];
export const SOORTEN = ['WMO301', 'WMO302', 'JW305', 'Fo01'];
export const IDENTIFICATIES = ['A', 'B', 'C'];
export const STANDEN: readonly Toestand[] = ['ontvangen', 'verwerkt', 'verwerkt', 'verwerkt', 'afgekeurd'];
export const BEZORGINGEN: readonly Bezorging[] = ['te_bezorgen', 'opgehaald', 'bevestigd', 'bevestigd', 'onbestelbaar'];
const BEGIN = Date.UTC(2026, 0, 1) * 1000;
const MICRO_PER_UUR = 3_600_000_000;

export const hmacVan = (persoon: string): Buffer => createHash('sha256').update(persoon).digest();

/** From a few moments that many share to two years ago. */
const moment = (toeval: Toeval): number => {
  const uren = toeval.kies([0, 0, 0.5, 3, 40, 300, 3000, 17_000]);
  return BEGIN - Math.round(uren * MICRO_PER_UUR * toeval.kies([1, 1, toeval.breuk()])) - toeval.kies([0, 0, 1, 999]);
};

/** A message between two of the world; nummers: the referentienummers that are in use, because two senders may use the same. */
export function trekBericht(toeval: Toeval, nummers: readonly string[], op = moment(toeval)): Wereldbericht {
  const [gemeente, aanbieder] = [toeval.kies(GEMEENTEN), toeval.kies(AANBIEDERS)];
  const [van, naar] = toeval.kans(0.5) ? [gemeente, aanbieder] : [aanbieder, gemeente];
  const soort = toeval.kies(SOORTEN);
  const toestand = toeval.kies(STANDEN);
  return {
    id: uuid(toeval),
    moment: op,
    gemeente,
    aanbieder,
    domein: toeval.kies(DOMEINEN),
    afzender: soort === 'Fo01' ? 'BIDN' : van,
    ontvanger: naar,
    soort,
    referentienummer: soort === 'Fo01' || toeval.kans(0.7) ? uuid(toeval) : toeval.kies(nummers),
    identificatie: soort === 'Fo01' ? null : toeval.kies(IDENTIFICATIES),
    toestand,
    bezorging: toestand === 'verwerkt' ? toeval.kies(BEZORGINGEN) : null,
    personen: PERSONEN.filter(() => toeval.kans(0.3)),
  };
}

/** So many messages; no sender uses a number twice. */
export function trekWereld(toeval: Toeval, aantal: number): readonly Wereldbericht[] {
  const nummers = Array.from({ length: 20 }, () => uuid(toeval));
  const getrokken = Array.from({ length: aantal }, () => trekBericht(toeval, nummers));
  const gebruikt = new Set<string>();
  return getrokken.filter(({ afzender, referentienummer }) => {
    const sleutel = `${afzender} ${referentienummer}`;
    return !gebruikt.has(sleutel) && gebruikt.add(sleutel);
  });
}

const BEWAAR = `
with n as (
  select * from jsonb_to_recordset($1::jsonb) as n(id uuid, moment bigint, gemeente text, aanbieder text, domein text, afzender text, ontvanger text,
    soort text, referentienummer uuid, identificatie text, toestand text, bezorging text, hmacs text[])
), b as (
  insert into baan as baan (gemeente, aanbieder, domein) select distinct gemeente, aanbieder, domein from n
  on conflict (gemeente, aanbieder, domein) do update set teller = baan.teller returning id, gemeente, aanbieder, domein
), m as (
  select n.*, b.id as baan_id, 'epoch'::timestamptz + n.moment * interval '1 microsecond' as op from n join b using (gemeente, aanbieder, domein)
), bericht as (
  insert into bericht (id, oorsprong, baan_id, domein, berichtsoort, release, afzender, ontvanger, indiener, referentienummer, identificatie,
    sha256, omvang, toestand, ontvangen_op)
  select id, 'aanlevering', baan_id, domein, soort, '3.2', afzender, ontvanger, 'proef', referentienummer, identificatie, '\\x00', 1, toestand, op from m
), t as (
  insert into te_doen (baan_id, baan_nummer, bericht_id, omvang, ontvangen_op)
  select baan_id, (random() * 1e15)::bigint, id, 1, op from m where toestand = 'ontvangen'
), p as (
  insert into postbus_item (bericht_id, postbus, bezorging) select id, ontvanger, bezorging from m where bezorging is not null
)
insert into betrokkene (hmac, ontvangen_op, bericht_id) select decode(hex, 'hex'), op, id from m cross join unnest(hmacs) as hex`;

export async function bewaar(database: Database, berichten: readonly Wereldbericht[]): Promise<void> {
  const rijen = berichten.map(({ personen, ...bericht }) => ({
    ...bericht,
    hmacs: personen.map((persoon) => hmacVan(persoon).toString('hex')),
  }));
  await database.pool.query(BEWAAR, [JSON.stringify(rijen)]);
}

/** May this be seen? */
const zichtbaar = ({ afzender, ontvanger, domein }: Wereldbericht, { organisaties, perDomein = [] }: Zicht): boolean =>
  [afzender, ontvanger].some(
    (code) => organisaties.includes(code) || perDomein.some(([wie, waar]) => wie === code && waar === domein),
  );

/** Is the counterpart on one side of the lane, and somebody of the client on the other? */
function isWederpartij({ gemeente, aanbieder, domein }: Wereldbericht, code: string, zicht: Zicht): boolean {
  const eigen = (wie: string): boolean =>
    zicht.organisaties.includes(wie) || zicht.perDomein?.some(([een, waar]) => een === wie && waar === domein) === true;
  return (gemeente === code && eigen(aanbieder)) || (aanbieder === code && eigen(gemeente));
}

const past = (bericht: Wereldbericht, vraag: Zoekvraag): boolean =>
  zichtbaar(bericht, vraag) &&
  (vraag.betrokkene === undefined || bericht.personen.some((persoon) => vraag.betrokkene?.equals(hmacVan(persoon)))) &&
  (vraag.wederpartij === undefined || isWederpartij(bericht, vraag.wederpartij, vraag)) &&
  (vraag.vanaf === undefined || bericht.moment >= vraag.vanaf.getTime() * 1000) &&
  (vraag.tot === undefined || bericht.moment < vraag.tot.getTime() * 1000) &&
  [
    [vraag.referentienummer, bericht.referentienummer],
    [vraag.identificatie, bericht.identificatie],
    [vraag.berichtsoort, bericht.soort],
    [vraag.status, bericht.toestand],
    [vraag.bezorging, bericht.bezorging],
  ].every(([gevraagd, is]) => gevraagd === undefined || gevraagd === is);

/** What a search must find, in order: by going through everything. */
export const verwacht = (wereld: readonly Wereldbericht[], vraag: Zoekvraag): readonly string[] =>
  wereld
    .filter((bericht) => past(bericht, vraag))
    .sort((a, b) => b.moment - a.moment || (a.id < b.id ? 1 : -1))
    .map(({ id }) => id);
