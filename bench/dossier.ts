/**
 * What the dossier costs: a lane that is judged at levels 1 to 3 against one at levels 1 and 2, turn by turn in one process; and whether that
 * stays the same when the dossier is old.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leverAan } from '../src/aanlevering/aanlevering.ts';
import { Stapelaar } from '../src/aanlevering/stapelaar.ts';
import { type Database, openDatabase } from '../src/opslag/database.ts';
import { migreer } from '../src/opslag/migratie.ts';
import { leesSleutels, type Sleutels } from '../src/opslag/sleutels.ts';
import { bewaarInstelling, STANDAARD_INSTELLING } from '../src/routering/instellingen.ts';
import { demoOrganisaties, registreer } from '../src/routering/organisaties.ts';
import { Routering } from '../src/routering/routering.ts';
import { BERICHTSOORTEN } from '../src/standards/catalogus.ts';
import { GEMEENTEN_2026 } from '../src/standards/codelijsten/gemeenten.ts';
import { warmRegelsOp } from '../src/standards/controle.ts';
import { neemBeurt } from '../src/verwerking/beurt.ts';
import { Controleur } from '../src/verwerking/controleur.ts';
import { heeftXsd, warmXsdsOp } from '../src/xml/xsd.ts';
import { rond } from './getallen.ts';
import { type Levensbericht, levens } from './leven.ts';
import { startDiensten } from './opstelling.ts';
import type { Benchmark } from './types.ts';

const AANTAL = 10_000;
const JONG = 1_000;
const OUD = 1_000_000;
const GROEIBERICHTEN = 2_000;
const GEMEENTE = { zonder: '0363', met: '0344', oud: '0518' } as const;
const AANBIEDER = '98000001';
/** So many uploads at a time. */
const SAMEN = 200;

interface Werkplek {
  readonly database: Database;
  readonly sleutels: Sleutels;
  readonly controleur: Controleur;
  readonly routering: Routering;
}

/** Takes messages in, in this order. */
async function neemIn(
  { database, sleutels, routering }: Werkplek,
  berichten: readonly Levensbericht[],
): Promise<number> {
  const loket = {
    database,
    sleutels,
    routering,
    stapelaar: new Stapelaar(database),
    stoot: () => undefined,
    maxBytes: 25 * 1024 * 1024,
    alleenTestBsn: true,
  };
  let eerste = '';
  for (let nr = 0; nr < berichten.length; nr += SAMEN) {
    const bewijzen = await Promise.all(
      berichten.slice(nr, nr + SAMEN).map(({ afzender, bytes }) => {
        const client = { id: 'bench', namens: new Set([afzender]), beheerder: false };
        async function* inhoud(): AsyncGenerator<Uint8Array> {
          yield bytes;
        }
        return leverAan(loket, { client, kenmerken: () => ({ referentienummer: undefined }), inhoud: inhoud() });
      }),
    );
    eerste ||= bewijzen[0]?.berichtId ?? '';
  }
  const { rows } = await database.pool.query<{ id: number }>('select baan_id as id from bericht where id = $1', [
    eerste,
  ]);
  return rows[0]?.id ?? 0;
}

/** Takes turns of these lanes by turns until both are empty; gives the seconds that each lane took. */
async function werkAf(werkplek: Werkplek, banen: readonly number[]): Promise<readonly number[]> {
  const seconden = banen.map(() => 0);
  const open = new Set(banen);
  while (open.size > 0) {
    for (const [nr, baan] of banen.entries()) {
      if (!open.has(baan)) continue;
      const sinds = performance.now();
      const { banen: standen } = await neemBeurt(werkplek, [baan]);
      seconden[nr] = (seconden[nr] ?? 0) + (performance.now() - sinds) / 1000;
      if (standen.get(baan) === 'klaar') open.delete(baan);
    }
  }
  return seconden;
}

/** A dossier in which so much was declared already, spread over toewijzingen of 50 prestaties each. */
async function maakOud({ database }: Werkplek, baanId: number, prestaties: number): Promise<void> {
  await database.pool.query(
    `insert into dossier_bericht select $1, -n, null, '323', 'O' || n, '2026-01-01' from generate_series(1, $2 / 50) n`,
    [baanId, prestaties],
  );
  await database.pool.query(
    `insert into dossier_prestatie (baan_id, volgorde, nr, persoon, kenmerk, toewijzing, categorie, code, begindatum, einddatum, volume, eenheid,
       tarief, bedrag, credit, stand)
     select $1, -(1 + n / 50), n % 50, sha256((n / 50)::text::bytea), substr(sha256(('k' || n)::bytea), 1, 16), 10000000 + n / 50, '02', '02A05',
       '2025-01-01', '2025-01-31', 1, '04', 6250, 6250, false, 'toegekend' from generate_series(0, $2 - 1) n`,
    [baanId, prestaties],
  );
  await database.pool.query('analyze dossier_prestatie');
}

export const dossier: Benchmark = {
  rijen: [
    {
      naam: 'dossier',
      wat: 'Een baan van 10.000 berichten op niveau 1 tot en met 3; referentie: niveau 1 en 2',
      doel: { tekst: '≥ 0,6 × zonder', gehaald: ({ verhouding }) => verhouding !== null && verhouding >= 0.6 },
    },
    {
      naam: 'dossier-groei',
      wat: 'Berichten op niveau 1 tot en met 3 met 1.000.000 prestaties in het dossier; referentie: met 1.000',
      doel: { tekst: '≥ 0,9 × jong', gehaald: ({ verhouding }) => verhouding !== null && verhouding >= 0.9 },
    },
  ],
  async voer(context) {
    const aantal = context.kort ? 400 : AANTAL;
    await using stapel = new AsyncDisposableStack();
    const diensten = stapel.use(await startDiensten(context));
    const map = mkdtempSync(join(tmpdir(), 'knooppunt-bench-sleutels-'));
    stapel.defer(() => rmSync(map, { recursive: true }));
    const database = openDatabase(await diensten.nieuweDatabase('dossier'), { max: 8 });
    stapel.defer(() => database.sluit());
    await migreer(database);
    await registreer(database, demoOrganisaties());
    const werkplek: Werkplek = {
      database,
      sleutels: leesSleutels({ sleutelbestand: undefined, data: map }),
      controleur: new Controleur({ gemeenten: GEMEENTEN_2026 }),
      routering: new Routering(database),
    };
    stapel.defer(() => werkplek.controleur.sluit());
    for (const gemeente of [GEMEENTE.met, GEMEENTE.oud])
      await bewaarInstelling(database.pool, gemeente, 'iwmo', {
        ...STANDAARD_INSTELLING,
        controleniveau: 3,
        dossierVolledigVanaf: '2015-01-01',
      });
    warmXsdsOp(BERICHTSOORTEN.map(({ xsd }) => xsd).filter(heeftXsd));
    warmRegelsOp(BERICHTSOORTEN);

    const zonder = await neemIn(werkplek, levens(GEMEENTE.zonder, AANBIEDER, aantal));
    const met = await neemIn(werkplek, levens(GEMEENTE.met, AANBIEDER, aantal));
    const [zonderS = 1, metS = 1] = await werkAf(werkplek, [zonder, met]);
    context.meld(`dossier: zonder ${rond(aantal / zonderS, 0)}/s, met ${rond(aantal / metS, 0)}/s`);
    const { rows } = await database.pool.query<{ fout: number }>(
      `select count(*)::int as fout from bevinding cross join lateral jsonb_array_elements(bevindingen) b where b ->> 'ernst' = 'fout'`,
    );
    if (rows[0]?.fout !== 0) throw new Error('the lives are not right');

    const groei = context.kort ? 200 : GROEIBERICHTEN;
    const jongBaan = await neemIn(werkplek, levens(GEMEENTE.oud, '98000002', groei));
    const oudBaan = await neemIn(werkplek, levens(GEMEENTE.oud, '98000003', groei));
    await maakOud(werkplek, jongBaan, JONG);
    await maakOud(werkplek, oudBaan, context.kort ? 10 * JONG : OUD);
    const [jongS = 1, oudS = 1] = await werkAf(werkplek, [jongBaan, oudBaan]);
    context.meld(`dossier-groei: jong ${rond(groei / jongS, 0)}/s, oud ${rond(groei / oudS, 0)}/s`);

    const omstandigheden = await diensten.omstandigheden();
    const methode = 'beurten van beide banen om en om in één proces; aanlevering telt niet mee';
    return [
      {
        naam: 'dossier',
        eenheid: 'berichten/s',
        knooppunt: rond(aantal / metS),
        referentie: rond(aantal / zonderS),
        omstandigheden: { ...omstandigheden, berichten: aantal, soorten: 'WMO301, WMO305, WMO323, WMO307', methode },
      },
      {
        naam: 'dossier-groei',
        eenheid: 'berichten/s',
        knooppunt: rond(groei / oudS),
        referentie: rond(groei / jongS),
        omstandigheden: { ...omstandigheden, berichten: groei, prestaties: [JONG, OUD], methode },
      },
    ];
  },
};
