/** Windows: when a berichtsoort of a release may be sent. A berichtsoort of the catalogue without a window may never be sent. */
import { KnooppuntFout } from '../fouten.ts';
import type { Database, Verbinding } from '../opslag/database.ts';
import { BERICHTSOORTEN, type Berichtsoort } from '../standards/catalogus.ts';
import { type Richting, richtingVan } from './feiten.ts';
import { type Opdrachtgever, wijzig } from './wijziging.ts';

export interface Venster {
  readonly vanaf: Date;
  /** The first moment at which it is closed; null: open until further notice. */
  readonly tot: Date | null;
}

export interface Vensters {
  readonly berichtsoort: string;
  readonly release: string;
  readonly richting: Richting;
  readonly vensters: readonly Venster[];
}

interface Rij extends Venster, Omit<Vensters, 'vensters'> {}

const sleutel = ({ code, release }: Pick<Berichtsoort, 'code' | 'release'>): string => `${code} ${release}`;

/** The windows of every berichtsoort of the catalogue, also of those that have none. */
export async function leesVensters(verbinding: Verbinding): Promise<readonly Vensters[]> {
  const { rows } = await verbinding.query<Rij>(
    'select berichtsoort, release, richting, vanaf, tot from venster order by berichtsoort, release, richting, vanaf',
  );
  const perSoort = Map.groupBy(rows, ({ berichtsoort, release, richting }) =>
    [sleutel({ code: berichtsoort, release }), richting].join(' '),
  );
  return BERICHTSOORTEN.map((soort) => {
    const richting = richtingVan(soort);
    const vensters = perSoort.get(`${sleutel(soort)} ${richting}`) ?? [];
    return {
      berichtsoort: soort.code,
      release: soort.release,
      richting,
      vensters: vensters.map(({ vanaf, tot }) => ({ vanaf, tot })),
    };
  });
}

/** Windows in order; two that have a moment in common are one mistake. */
function eisOrde(vensters: readonly Venster[]): readonly Venster[] {
  const opVolgorde = vensters.toSorted((a, b) => a.vanaf.getTime() - b.vanaf.getTime());
  for (const [nr, { vanaf, tot }] of opVolgorde.entries()) {
    if (tot !== null && tot <= vanaf)
      throw new KnooppuntFout('invoerOngeldig', 'Een venster moet eindigen nadat het begint.');
    const volgende = opVolgorde[nr + 1];
    if (volgende && (tot === null || tot > volgende.vanaf))
      throw new KnooppuntFout('invoerOngeldig', 'Twee vensters overlappen elkaar.');
  }
  return opVolgorde;
}

const alsTekst = (vensters: readonly Venster[]): string =>
  vensters.map(({ vanaf, tot }) => `${vanaf.toISOString()}/${tot?.toISOString() ?? '..'}`).join(', ') || '-';

/**
 * Replaces the windows of a berichtsoort and release.
 * @throws KnooppuntFout nietGevonden when the catalogue does not have it; invoerOngeldig when the windows cannot be
 */
export function bewaarVensters(
  database: Database,
  opdracht: Opdrachtgever,
  { berichtsoort, release, vensters }: Omit<Vensters, 'richting'>,
): Promise<Vensters> {
  const soort = BERICHTSOORTEN.find((rij) => rij.code === berichtsoort && rij.release === release);
  if (!soort) throw new KnooppuntFout('nietGevonden');
  const nieuw = eisOrde(vensters);
  const richting = richtingVan(soort);
  return wijzig(database, opdracht, async (verbinding) => {
    const oud = await verbinding.query<Venster>(
      `with weg as (delete from venster where berichtsoort = $1 and release = $2 and richting = $3 returning vanaf, tot)
       select vanaf, tot from weg order by vanaf`,
      [berichtsoort, release, richting],
    );
    await verbinding.query(
      `insert into venster (berichtsoort, release, richting, vanaf, tot)
       select $1, $2, $3, vanaf, tot from unnest($4::timestamptz[], $5::timestamptz[]) as n (vanaf, tot)`,
      [berichtsoort, release, richting, nieuw.map(({ vanaf }) => vanaf), nieuw.map(({ tot }) => tot)],
    );
    const waarde = { berichtsoort, release, richting, vensters: nieuw };
    const [was, wordt] = [alsTekst(oud.rows), alsTekst(nieuw)];
    if (was === wordt) return { waarde, notities: [] };
    const details = { berichtsoort, release, richting, vensters: `${was} → ${wordt}` };
    return { waarde, notities: [{ gebeurtenis: 'venster gewijzigd', namens: null, resultaat: 'gewijzigd', details }] };
  });
}
