/** Which organisations take part: a small table, kept in memory and read again every few seconds. */
import type { Database } from '../opslag/database.ts';
import gemeenten from '../standards/codelijsten/gemeenten.json' with { type: 'json' };

export interface Organisatie {
  readonly code: string;
  readonly soort: 'gemeente' | 'aanbieder';
  readonly naam: string;
}

/** A change takes effect within this time, without a restart. */
const GELDIG_MS = 2000;

export class Organisaties {
  readonly #database: Database;
  #codes: ReadonlySet<string> = new Set();
  #gelezenOp = Number.NEGATIVE_INFINITY;
  #bezig: Promise<void> | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Does an organisation with this code take part? */
  async bestaat(code: string): Promise<boolean> {
    if (performance.now() - this.#gelezenOp > GELDIG_MS) await this.#ververs();
    return this.#codes.has(code);
  }

  async #ververs(): Promise<void> {
    this.#bezig ??= this.#database.pool
      .query<{ code: string }>('select code from organisatie')
      .then(({ rows }) => {
        this.#codes = new Set(rows.map(({ code }) => code));
        this.#gelezenOp = performance.now();
      })
      .finally(() => {
        this.#bezig = undefined;
      });
    await this.#bezig;
  }
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

/** Registers organisations; those already there stay as they are. */
export async function registreer(database: Database, organisaties: readonly Organisatie[]): Promise<void> {
  const kolom = (naam: keyof Organisatie) => organisaties.map((rij) => rij[naam]);
  await database.pool.query(
    'insert into organisatie (code, soort, naam) select * from unnest($1::text[], $2::text[], $3::text[]) on conflict (code) do nothing',
    [kolom('code'), kolom('soort'), kolom('naam')],
  );
}
