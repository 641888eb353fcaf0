/** Which organisations there are at the start: those of the demo, and how they are registered. */
import type { Database } from '../opslag/database.ts';
import { DOMEINEN } from '../standards/catalogus.ts';
import gemeenten from '../standards/codelijsten/gemeenten.json' with { type: 'json' };
import type { Organisatiesoort } from './feiten.ts';

export interface Organisatie {
  readonly code: string;
  readonly soort: Organisatiesoort;
  readonly naam: string;
}

/** The aanbieders that the demo knows besides 98000001..98000200: those of the official sample messages. */
const AANBIEDERS_VOORBEELDEN = ['01023456', '42420001', '54540051', '65656055'];
const EERSTE_DEMO_AGB = 98_000_001;
const AANTAL_DEMO_AGB = 200;

/** The organisations of the demo: every gemeente of the CBS list, and a set of aanbieders. */
export function demoOrganisaties(): readonly Organisatie[] {
  const demo = Array.from({ length: AANTAL_DEMO_AGB }, (_, nr) => String(EERSTE_DEMO_AGB + nr));
  return [
    ...Object.entries(gemeenten).map(([code, naam]) => ({
      code,
      soort: 'gemeente' as const,
      naam: `Gemeente ${naam}`,
    })),
    ...[...AANBIEDERS_VOORBEELDEN, ...demo].map((code) => ({
      code,
      soort: 'aanbieder' as const,
      naam: `Testaanbieder ${code}`,
    })),
  ];
}

/** Registers organisations, taking part in every domein from now on without an end; those already there stay as they are. */
export async function registreer(database: Database, organisaties: readonly Organisatie[]): Promise<void> {
  const kolom = (naam: keyof Organisatie) => organisaties.map((rij) => rij[naam]);
  await database.pool.query(
    `with nieuw as (
       insert into organisatie (code, soort, naam) select * from unnest($1::text[], $2::text[], $3::text[])
       on conflict (code) do nothing returning code
     )
     insert into deelname (organisatie, domein) select code, domein from nieuw cross join unnest($4::text[]) as d (domein)`,
    [kolom('code'), kolom('soort'), kolom('naam'), DOMEINEN],
  );
}
