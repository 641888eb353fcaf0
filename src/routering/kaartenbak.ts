/** The cards of the organisations in the database: read, and kept with an audit line for each that changed. */
import { KnooppuntFout } from '../fouten.ts';
import type { Database, Verbinding } from '../opslag/database.ts';
import { deelnameTekst, type Kaart, type Kaartfout, keurKaarten } from './kaart.ts';
import { type Notitie, type Opdrachtgever, verschil, wijzig } from './wijziging.ts';

const LEES = `
select o.code, o.soort, o.naam, o.geldig_vanaf::text as "geldigVanaf", o.geldig_tot::text as "geldigTot", o.opvolger,
  jsonb_build_object('iwmo', null, 'ijw', null) || coalesce(
    (select jsonb_object_agg(d.domein, jsonb_build_object('vanaf', d.vanaf, 'tot', d.tot)) from deelname d where d.organisatie = o.code), '{}'
  ) as deelname,
  (select json_build_object('url', e.url, 'gestopt', e.gestopt, 'budgetPerMinuut', e.budget_per_minuut)
   from stuf_endpoint e where e.organisatie = o.code) as stuf
from organisatie o`;

/** One organisation, or undefined. */
export async function leesKaart(verbinding: Verbinding, code: string): Promise<Kaart | undefined> {
  const { rows } = await verbinding.query<Kaart>(`${LEES} where o.code = $1`, [code]);
  return rows[0];
}

export interface Bladervraag {
  readonly aantal: number;
  /** Codes after this one. */
  readonly na: string;
  readonly soort?: string | undefined;
  /** Part of the name, or how the code begins. */
  readonly zoek?: string | undefined;
}

/** Organisations in the order of their codes. */
export async function bladerKaarten(
  verbinding: Verbinding,
  { aantal, na, soort, zoek }: Bladervraag,
): Promise<readonly Kaart[]> {
  const { rows } = await verbinding.query<Kaart>(
    `${LEES} where o.code > $1 and ($2::text is null or o.soort = $2)
       and ($4::text is null or o.naam ilike '%' || $4 || '%' or o.code like $4 || '%') order by o.code limit $3`,
    [na, soort ?? null, aantal, zoek?.replace(/[\\%_]/g, '\\$&') ?? null],
  );
  return rows;
}

export async function leesKaarten(verbinding: Verbinding): Promise<readonly Kaart[]> {
  return (await verbinding.query<Kaart>(`${LEES} order by o.code`)).rows;
}

const VORM = `jsonb_to_recordset($1::jsonb) as n (code text, soort text, naam text, "geldigVanaf" date, "geldigTot" date,
  opvolger text, deelname jsonb, stuf jsonb)`;
const SCHRIJF = [
  `insert into organisatie (code, soort, naam, geldig_vanaf, geldig_tot, opvolger)
   select code, soort, naam, "geldigVanaf", "geldigTot", opvolger from ${VORM}
   on conflict (code) do update set naam = excluded.naam, geldig_vanaf = excluded.geldig_vanaf, geldig_tot = excluded.geldig_tot,
     opvolger = excluded.opvolger`,
  `delete from deelname d using ${VORM} where d.organisatie = n.code and jsonb_typeof(n.deelname -> d.domein) = 'null'`,
  `insert into deelname (organisatie, domein, vanaf, tot)
   select n.code, d.key, (d.value ->> 'vanaf')::date, (d.value ->> 'tot')::date from ${VORM}, jsonb_each(n.deelname) d
   where jsonb_typeof(d.value) = 'object'
   on conflict (organisatie, domein) do update set vanaf = excluded.vanaf, tot = excluded.tot`,
  `delete from stuf_endpoint e using ${VORM} where e.organisatie = n.code and n.stuf is null`,
  `insert into stuf_endpoint (organisatie, url, gestopt, budget_per_minuut)
   select n.code, n.stuf ->> 'url', (n.stuf ->> 'gestopt')::boolean, (n.stuf ->> 'budgetPerMinuut')::integer from ${VORM}
   where jsonb_typeof(n.stuf) = 'object'
   on conflict (organisatie) do update set url = excluded.url, gestopt = excluded.gestopt, budget_per_minuut = excluded.budget_per_minuut`,
];

async function schrijf(verbinding: Verbinding, kaarten: readonly Kaart[]): Promise<void> {
  if (kaarten.length === 0) return;
  const json = JSON.stringify(kaarten);
  for (const opdracht of SCHRIJF) await verbinding.query(opdracht, [json]);
}

/** As it stands in the log. The name of an organisation can be that of a person: the log says that it changed, not into what. */
const plat = ({ soort, geldigVanaf, geldigTot, opvolger, deelname, stuf }: Kaart) => ({
  soort,
  geldigVanaf,
  geldigTot,
  opvolger,
  iwmo: deelnameTekst(deelname.iwmo),
  ijw: deelnameTekst(deelname.ijw),
  stuf: stuf && `${stuf.url}, ${stuf.gestopt ? 'gestopt' : 'aan'}, ${stuf.budgetPerMinuut} per minuut`,
});

function notitie(oud: Kaart | undefined, nieuw: Kaart): Notitie | undefined {
  const gewijzigd: Readonly<Record<string, string>> = {
    ...verschil(oud ? plat(oud) : {}, plat(nieuw)),
    ...(oud && oud.naam !== nieuw.naam && { naam: 'gewijzigd' }),
  };
  if (oud && Object.keys(gewijzigd).length === 0) return undefined;
  const resultaat = oud ? 'gewijzigd' : 'toegevoegd';
  return { gebeurtenis: 'organisatie gewijzigd', namens: nieuw.code, resultaat, details: gewijzigd };
}

/** The cards cannot be kept; nothing changed. */
export class KaartenOnjuist extends KnooppuntFout {
  readonly fouten: readonly Kaartfout[];

  constructor(fouten: readonly Kaartfout[]) {
    super('invoerOngeldig', fouten.map(({ veld, melding }) => `${veld} ${melding}.`).join(' '));
    this.fouten = fouten;
  }
}

export interface Bewaard {
  readonly toegevoegd: number;
  readonly gewijzigd: number;
}

/**
 * Keeps cards, all or none.
 * @param maak the cards to keep, given those that are there
 * @throws KaartenOnjuist
 */
export function bewaarKaarten(
  database: Database,
  opdracht: Opdrachtgever,
  maak: (bestaand: ReadonlyMap<string, Kaart>) => readonly Kaart[],
): Promise<Bewaard> {
  return wijzig(database, opdracht, async (verbinding) => {
    const bestaand = new Map((await leesKaarten(verbinding)).map((kaart) => [kaart.code, kaart]));
    const kaarten = maak(bestaand);
    const fouten = keurKaarten(kaarten, bestaand);
    if (fouten.length > 0) throw new KaartenOnjuist(fouten);
    const anders = kaarten.flatMap((kaart) => {
      const regel = notitie(bestaand.get(kaart.code), kaart);
      return regel ? [{ kaart, regel }] : [];
    });
    await schrijf(
      verbinding,
      anders.map(({ kaart }) => kaart),
    );
    const notities = anders.map(({ regel }) => regel);
    const toegevoegd = notities.filter(({ resultaat }) => resultaat === 'toegevoegd').length;
    return { waarde: { toegevoegd, gewijzigd: notities.length - toegevoegd }, notities };
  });
}
