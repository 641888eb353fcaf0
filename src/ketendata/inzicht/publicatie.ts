/**
 * The national figures as they were published: blocks of four weeks, written once, some weeks after they ended, and never again. What every page
 * and export shows of all organisations together is read from here.
 */
import type { Database, Verbinding } from '../../opslag/database.ts';
import { type Opdrachtgever, wijzig } from '../../routering/wijziging.ts';
import { DOMEINEN, type Domein } from '../../standards/catalogus.ts';
import { datum } from '../../tijd.ts';
import { GROEPEN, type Kant } from './regels/groepen.ts';
import type { Gepubliceerd } from './regels/landelijk.ts';
import type { Telling } from './regels/maat.ts';
import { type Geheel, type Inbreng, publiceer } from './regels/onderdruk.ts';
import { BLOK_WEKEN, blokkenVan, laatsteGesloten, plusWeken, wekenVanBlok } from './regels/weken.ts';

/** So long after its last week a block is published: by then the answers that are still to come are all too late. */
export const RIJP_WEKEN = 5;

const ALLE_METINGEN = [...new Set(GROEPEN.flatMap(({ metingen }) => metingen))];

interface Organisatierij extends Telling {
  readonly organisatie: string;
  readonly berichtsoort: string;
  readonly release: string;
}

/** Walks from one organisation of a side to the next along the key, and reads the weeks of each. */
const VAN_KANT = (kant: Kant): string => {
  const eigen = `k.${kant}`;
  const vast =
    kant === 'gemeente' ? "k.gemeente = p.code and k.aanbieder = ''" : "k.gemeente = '' and k.aanbieder = p.code";
  const binnen = kant === 'gemeente' ? '' : "k.gemeente = '' and";
  return `
with recursive partij(code) as (
  (select ${eigen} as code from ketencijfer k where ${binnen} ${eigen} > '' order by ${eigen} limit 1)
  union all
  select (select ${eigen} from ketencijfer k where ${binnen} ${eigen} > p.code order by ${eigen} limit 1)
  from partij p where p.code is not null)
select p.code as organisatie, k.berichtsoort, k.release, k.meting, k.sleutel, sum(k.aantal)::float8 as aantal, sum(k.som)::float8 as som
from partij p
join ketencijfer k on ${vast} and k.domein = $1 and k.week between $2 and $3 and k.meting = any($4)
where p.code is not null
group by 1, 2, 3, 4, 5`;
};

async function leesInbreng(
  verbinding: Verbinding,
  domein: Domein,
  blok: string,
  vandaag: string,
): Promise<readonly Inbreng[]> {
  const { eerste, laatste } = wekenVanBlok(blok);
  const inbreng: Inbreng[] = [];
  for (const kant of ['gemeente', 'aanbieder'] as const) {
    const waarden = [domein, eerste, laatste, ALLE_METINGEN];
    const { rows } = await verbinding.query<Organisatierij>(VAN_KANT(kant), waarden);
    for (const { organisatie, berichtsoort, release, aantal, som, ...telling } of rows)
      for (const groep of GROEPEN) {
        if (!groep.kanten.includes(kant) || !groep.metingen.includes(telling.meting)) continue;
        const deel = groep.deelVan(telling, vandaag);
        if (deel === undefined) continue;
        inbreng.push({ kant, organisatie, berichtsoort, release, groep: groep.naam, deel, aantal, som });
      }
  }
  return inbreng;
}

async function bewaar(verbinding: Verbinding, domein: Domein, blok: string, gehelen: readonly Geheel[]): Promise<void> {
  await verbinding.query('insert into landelijkblok (domein, blok) values ($1, $2)', [domein, blok]);
  const rijen = gehelen.flatMap(({ cellen, ...plaats }) =>
    (cellen ?? [{ deel: '', aantal: null, som: null }]).map((cel) => ({ ...plaats, ...cel })),
  );
  await verbinding.query(
    `insert into landelijkcijfer (domein, blok, groep, berichtsoort, release, deel, aantal, som)
     select $1, $2, r.groep, r.berichtsoort, r.release, r.deel, r.aantal, r.som
     from jsonb_to_recordset($3) as r(groep text, berichtsoort text, release text, deel text, aantal bigint, som bigint)`,
    [domein, blok, JSON.stringify(rijen)],
  );
}

/** Blocks that are due: old enough, with figures, and not published yet. Before the newest that was published nothing is added any more. */
async function blokkenTeDoen({ pool }: Database, domein: Domein, nu: Date): Promise<readonly string[]> {
  const { rows } = await pool.query<{ eerste: string | null; gehad: string | null }>(
    `select
       (select to_char(k.week, 'YYYY-MM-DD') from ketencijfer k
        where k.gemeente = '' and k.aanbieder = '' and k.domein = $1 order by k.week limit 1) as eerste,
       (select to_char(b.blok, 'YYYY-MM-DD') from landelijkblok b where b.domein = $1 order by b.blok desc limit 1) as gehad`,
    [domein],
  );
  const { eerste = null, gehad = null } = rows[0] ?? {};
  const laatste = plusWeken(laatsteGesloten(datum(nu)), -RIJP_WEKEN);
  const vanaf = gehad === null ? eerste : plusWeken(gehad, BLOK_WEKEN);
  if (vanaf === null || vanaf > laatste) return [];
  return blokkenVan({ eerste: vanaf, laatste }).filter((blok) => wekenVanBlok(blok).laatste <= laatste);
}

export interface Publicatieverslag {
  readonly domein: Domein;
  readonly blok: string;
  readonly gepubliceerd: number;
  readonly onderdrukt: number;
}

/**
 * Publishes what is due. Each block in its own transaction, so what is done stays done; twice at the same time is once.
 * @returns what was published now
 */
export async function publiceerLandelijk(
  database: Database,
  opdracht: Opdrachtgever,
  nu: Date,
): Promise<readonly Publicatieverslag[]> {
  const verslagen: Publicatieverslag[] = [];
  for (const domein of DOMEINEN)
    for (const blok of await blokkenTeDoen(database, domein, nu)) {
      const verslag = await wijzig(database, opdracht, async (verbinding) => {
        const { rowCount } = await verbinding.query('select from landelijkblok where domein = $1 and blok >= $2', [
          domein,
          blok,
        ]);
        if (rowCount !== 0) return { waarde: undefined, notities: [] };
        const gehelen = publiceer(await leesInbreng(verbinding, domein, blok, datum(nu)));
        await bewaar(verbinding, domein, blok, gehelen);
        const onderdrukt = gehelen.filter(({ cellen }) => cellen === null).length;
        const waarde = { domein, blok, gepubliceerd: gehelen.length - onderdrukt, onderdrukt };
        const notitie = {
          gebeurtenis: 'landelijke cijfers gepubliceerd',
          namens: null,
          resultaat: 'gepubliceerd',
          details: { ...waarde },
        } as const;
        return { waarde, notities: [notitie] };
      });
      if (verslag) verslagen.push(verslag);
    }
  return verslagen;
}

/** What was published of these blocks. */
export async function leesPublicatie(
  verbinding: Verbinding,
  domeinen: readonly Domein[],
  blokken: readonly string[],
): Promise<readonly Gepubliceerd[]> {
  const { rows } = await verbinding.query<Omit<Gepubliceerd, 'cellen'> & { cellen: Gepubliceerd['cellen'] }>(
    `select k.domein, to_char(k.blok, 'YYYY-MM-DD') as blok, k.groep, k.berichtsoort, k.release,
       case when min(k.deel) = '' then null
         else json_agg(json_build_object('deel', k.deel, 'aantal', k.aantal, 'som', k.som) order by k.deel) end as cellen
     from unnest($1::text[]) as d(domein) cross join unnest($2::date[]) as b(blok)
     join landelijkcijfer k on k.domein = d.domein and k.blok = b.blok
     group by k.domein, k.blok, k.groep, k.berichtsoort, k.release`,
    [domeinen, blokken],
  );
  return rows;
}
