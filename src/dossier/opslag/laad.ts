/** Loads dossiers: of each lane in a turn, the facts that its messages ask about. A few statements, whatever the number of messages. */
import type { Verbinding } from '../../opslag/database.ts';
import { Dossier } from '../dossier.ts';
import type {
  Antwoord,
  Berichtfeit,
  Declaratie,
  Feiten,
  Herkomst,
  Kenmerk,
  Levering,
  Prestatie,
  Toewijzing,
  Verzoek,
} from '../feiten.ts';
import type { Vragen } from '../vragen.ts';
import { KOLOMMEN } from './kolommen.ts';

/** What one message asks of the dossier of its lane. */
export interface Vraag extends Vragen {
  readonly baanId: number;
}

/** Keys of one kind, each with its lane: two columns of a statement. */
class Zoeksleutels<T> {
  readonly banen: number[] = [];
  readonly waarden: T[] = [];
  readonly #gezien = new Set<string>();

  zet(baanId: number, waarden: readonly T[]): this {
    for (const waarde of waarden) {
      const sleutel = `${baanId} ${waarde}`;
      if (this.#gezien.has(sleutel)) continue;
      this.#gezien.add(sleutel);
      this.banen.push(baanId);
      this.waarden.push(waarde);
    }
    return this;
  }

  get leeg(): boolean {
    return this.banen.length === 0;
  }
}

function verzamel<T>(vragen: readonly Vraag[], lees: (vraag: Vraag) => readonly T[]): Zoeksleutels<T> {
  const sleutels = new Zoeksleutels<T>();
  for (const vraag of vragen) sleutels.zet(vraag.baanId, lees(vraag));
  return sleutels;
}

type Bron = { readonly name: string; readonly text: string };
type MetHerkomst = {
  readonly baanId: number;
  readonly volgorde: number;
  readonly berichtId: string | null;
  readonly dagtekening: string;
};

/**
 * Facts of one table by any of several keys.
 * @param tabel its name after dossier_
 * @param kolommen what is read, besides where it comes from
 * @param wegen per key: the type of its value, and the condition that a fact meets; `s` has baan_id and waarde
 */
const feitenDoor = (
  tabel: string,
  kolommen: string,
  ...wegen: readonly (readonly [type: string, waar: string])[]
): Bron => ({
  name: `dossier-${tabel}`,
  text: `
with gevonden as (
  ${wegen
    .map(
      ([type, waar], nr) => `select f.*
    from unnest($${2 * nr + 1}::bigint[], $${2 * nr + 2}::${type}[]) as s(baan_id, waarde)
    join dossier_${tabel} f on ${waar}`,
    )
    .join('\n  union all\n  ')}
)
select distinct on (f.baan_id, f.volgorde, f.nr) f.baan_id as "baanId", f.volgorde::float8 as volgorde, b.bericht_id as "berichtId", b.dagtekening, ${kolommen}
from gevonden f join dossier_bericht b using (baan_id, volgorde)
order by f.baan_id, f.volgorde, f.nr`,
});

/** The lane in the form that the indexes to search by have it; see 0007-dossier.sql. */
const IN_BAAN = 'f.baan_id::bigint = s.baan_id';
const OP_PERSOON = ['text', `f.persoon = decode(s.waarde, 'hex') and ${IN_BAAN}`] as const;
const OP_KENMERK = ['text', `f.kenmerk = decode(s.waarde, 'hex') and ${IN_BAAN}`] as const;

const BERICHTEN: Bron = {
  name: 'dossier-bericht',
  text: `
select b.baan_id as "baanId", b.volgorde::float8 as volgorde, b.bericht_id as "berichtId", b.dagtekening, b.nummer, b.identificatie
from unnest($1::bigint[], $2::text[]) as s(baan_id, waarde)
join dossier_bericht b on b.identificatie = s.waarde and b.baan_id::bigint = s.baan_id
order by 1, 2`,
};
const TOEWIJZINGEN = feitenDoor(
  'toewijzing',
  `${KOLOMMEN.toewijzing}, f.volume, f.eenheid, f.frequentie`,
  ['int', `f.nummer = s.waarde and ${IN_BAAN}`],
  OP_PERSOON,
  OP_KENMERK,
);
const LEVERINGEN = feitenDoor('levering', KOLOMMEN.levering, OP_PERSOON);
const VERZOEKEN = feitenDoor('verzoek', KOLOMMEN.verzoek, OP_PERSOON, OP_KENMERK);
const ANTWOORDEN = feitenDoor('antwoord', KOLOMMEN.antwoord, OP_KENMERK);
const PRESTATIES = feitenDoor(
  'prestatie',
  KOLOMMEN.prestatie,
  ['int', `f.toewijzing = s.waarde and ${IN_BAAN}`],
  OP_KENMERK,
  ['bigint', 'f.baan_id = s.baan_id::int and f.volgorde = s.waarde'],
);
/** Of debets that were found: the credits that take them back, wherever those stand. */
const CREDITS: Bron = {
  name: 'dossier-credits',
  text: PRESTATIES.text.replace(
    /with gevonden as \([\s\S]*?\n\)\n/,
    `with gevonden as (
  select f.* from unnest($1::bigint[], $2::text[]) as s(baan_id, waarde)
  join dossier_prestatie f on f.vorig = decode(s.waarde, 'hex') and ${IN_BAAN}
)
`,
  ),
};
const DECLARATIES: Bron = {
  name: 'dossier-declaratie',
  text: `
with gevonden as (
  select f.* from unnest($1::bigint[], $2::text[]) as s(baan_id, waarde)
  join dossier_declaratie f on f.nummer = s.waarde and ${IN_BAAN}
  union all
  select f.* from unnest($3::bigint[], $4::text[]) as s(baan_id, waarde)
  join dossier_declaratie f on f.identificatie = s.waarde and ${IN_BAAN}
  union all
  select f.* from unnest($5::int[], $6::int[]) as s(baan_id, waarde) cross join lateral (
    select d.* from dossier_declaratie d where d.baan_id::text = s.baan_id::text order by d.periode desc limit 1
  ) f
)
select distinct on (f.baan_id, f.volgorde) f.baan_id as "baanId", f.volgorde::float8 as volgorde, b.bericht_id as "berichtId",
  b.dagtekening as dagtekening, f.identificatie, f.nummer, f.periode, f.dagtekening as gedateerd, f.basis_versie as "basisVersie", f.bericht_versie as "berichtVersie"
from gevonden f join dossier_bericht b using (baan_id, volgorde)
order by f.baan_id, f.volgorde`,
};

const herkomstVan = ({ volgorde, berichtId, dagtekening }: MetHerkomst): Herkomst => ({
  volgorde,
  berichtId,
  dagtekening,
});

type Rij<F> = MetHerkomst & Omit<F, 'herkomst'>;
type Toewijzingrij = Rij<Omit<Toewijzing, 'omvang'>> & {
  readonly volume: number | null;
  readonly eenheid: string | null;
  readonly frequentie: string | null;
};
type Declaratierij = Rij<Omit<Declaratie, 'dagtekening'>> & { readonly gedateerd: string };

/** A row without the columns that say where it comes from. */
function feit<R extends MetHerkomst>(rij: R): Omit<R, keyof MetHerkomst> & { readonly herkomst: Herkomst } {
  const { baanId: _, volgorde: _volgorde, berichtId: _bericht, dagtekening: _dagtekening, ...rest } = rij;
  return { ...rest, herkomst: herkomstVan(rij) };
}

function toewijzing({ volume, eenheid, frequentie, ...rij }: Toewijzingrij): Toewijzing {
  const omvang = volume === null || eenheid === null || frequentie === null ? null : { volume, eenheid, frequentie };
  return { ...feit(rij), omvang } as Toewijzing;
}
const declaratie = ({ gedateerd, ...rij }: Declaratierij): Declaratie =>
  ({ ...feit(rij), dagtekening: gedateerd }) as Declaratie;

const LEEG: Omit<Feiten, 'bericht'> & { readonly berichten: readonly Berichtfeit[] } = {
  berichten: [],
  toewijzingen: [],
  leveringen: [],
  verzoeken: [],
  antwoorden: [],
  declaraties: [],
  prestaties: [],
};

/**
 * @param verbinding the transaction that has the locks of these lanes
 * @returns lane → its dossier, with everything that these messages ask about; a lane about which nothing is asked has an empty one
 */
export async function laadDossiers(
  verbinding: Verbinding,
  vragen: readonly Vraag[],
): Promise<ReadonlyMap<number, Dossier>> {
  const dossiers = new Map(vragen.map(({ baanId }) => [baanId, new Dossier()]));
  const vraag = async <R>(
    { name, text }: Bron,
    ...sleutels: readonly Zoeksleutels<unknown>[]
  ): Promise<readonly R[]> => {
    if (sleutels.every(({ leeg }) => leeg)) return [];
    const values = sleutels.flatMap(({ banen, waarden }) => [banen, waarden]);
    return (await verbinding.query<R & object>({ name, text, values })).rows;
  };
  const leg = <R extends MetHerkomst>(
    rijen: readonly R[],
    maak: (rijen: readonly R[]) => Partial<typeof LEEG>,
  ): void => {
    for (const [baanId, eigen] of Map.groupBy(rijen, (rij) => rij.baanId))
      dossiers.get(baanId)?.laad({ ...LEEG, ...maak(eigen) });
  };

  leg(
    await vraag<Rij<Berichtfeit>>(
      BERICHTEN,
      verzamel(vragen, ({ identificatie }) => [identificatie]),
    ),
    (rijen) => ({ berichten: rijen.map(feit) }),
  );

  const verzoeken = await vraag<Rij<Verzoek>>(
    VERZOEKEN,
    verzamel(vragen, ({ verzoeken, personen }) => (verzoeken ? personen : [])),
    verzamel(vragen, ({ kenmerken }) => kenmerken),
  );
  leg(verzoeken, (rijen) => ({ verzoeken: rijen.map(feit) }));
  // What answers a request is found by its reference, also when the message itself did not name it.
  const kenmerken = verzamel<Kenmerk>(vragen, (deze) => deze.kenmerken);
  for (const { baanId, kenmerk } of verzoeken) kenmerken.zet(baanId, [kenmerk]);
  leg(await vraag<Rij<Antwoord>>(ANTWOORDEN, kenmerken), (rijen) => ({ antwoorden: rijen.map(feit) }));

  leg(
    await vraag<Toewijzingrij>(
      TOEWIJZINGEN,
      verzamel(vragen, ({ toewijzingen }) => toewijzingen),
      verzamel(vragen, ({ personen }) => personen),
      kenmerken,
    ),
    (rijen) => ({ toewijzingen: rijen.map(toewijzing) }),
  );
  leg(
    await vraag<Rij<Levering>>(
      LEVERINGEN,
      verzamel(vragen, ({ leveringen, personen }) => (leveringen ? personen : [])),
    ),
    (rijen) => ({ leveringen: rijen.map(feit) }),
  );

  const perDeclaratie = verzamel(vragen, ({ declaraties }) => declaraties);
  const declaraties = await vraag<Declaratierij>(
    DECLARATIES,
    verzamel(vragen, ({ declaratienummers }) => declaratienummers),
    perDeclaratie,
    verzamel(vragen, ({ laatsteDeclaratie }) => (laatsteDeclaratie ? [0] : [])),
  );
  leg(declaraties, (rijen) => ({ declaraties: rijen.map(declaratie) }));
  const beantwoord = new Set(perDeclaratie.banen.map((baanId, nr) => `${baanId} ${perDeclaratie.waarden[nr]}`));
  const ervan = new Zoeksleutels<number>();
  for (const { baanId, identificatie, volgorde } of declaraties)
    if (beantwoord.has(`${baanId} ${identificatie}`)) ervan.zet(baanId, [volgorde]);

  const prestaties = await vraag<Rij<Prestatie>>(
    PRESTATIES,
    verzamel(vragen, ({ gedeclareerd }) => gedeclareerd),
    verzamel(vragen, (deze) => deze.prestaties),
    ervan,
  );
  // Also of those that are not there: a debet from before the dossier may have been taken back once already (TR390).
  const debets = verzamel<Kenmerk>(vragen, (deze) => deze.prestaties);
  for (const { baanId, kenmerk, credit } of prestaties) if (!credit) debets.zet(baanId, [kenmerk]);
  const gevonden = new Set(
    prestaties.map(({ baanId, volgorde, kenmerk, vorig }) => `${baanId} ${volgorde} ${kenmerk} ${vorig}`),
  );
  const credits = (await vraag<Rij<Prestatie>>(CREDITS, debets)).filter(
    ({ baanId, volgorde, kenmerk, vorig }) => !gevonden.has(`${baanId} ${volgorde} ${kenmerk} ${vorig}`),
  );
  leg([...prestaties, ...credits], (rijen) => ({ prestaties: rijen.map(feit) }));
  return dossiers;
}
