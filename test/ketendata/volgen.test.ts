/** The figures are what the messages say, whatever happens and whoever dies: against a slow reference, over worlds by chance. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, expect, test } from 'vitest';
import { ruimMetadataOp } from '#src/bewaren/metadata.ts';
import { STANDAARD_TERMIJNEN } from '#src/bewaren/regels/termijnen.ts';
import { beginHerbouw, herbouwPortie } from '#src/ketendata/herbouw.ts';
import { METINGEN } from '#src/ketendata/metingen.ts';
import { rekenNa } from '#src/ketendata/narekenen.ts';
import { isErWerk, volg } from '#src/ketendata/volgen.ts';
import { werkBij } from '#src/ketendata/volger.ts';
import { laadKalender } from '#src/koppeling/feestdagen.ts';
import { zegelsleutel } from '#src/logboek/afdruk.ts';
import { werkKetenBij } from '#src/logboek/keten.ts';
import type { Database } from '#src/opslag/database.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { maakToeval, type Toeval } from '../hulp/toeval.ts';
import { ZAAD } from '../hulp/zaad.ts';
import { cijfersVan, referentie, verschillen } from './referentie.ts';
import { Wereld } from './wereld.ts';

const WERELDEN = Number(process.env.KETENDATA_WERELDEN ?? 2);
const STAPPEN = 60;

const plaats = await startOpstelling({ rollen: [] });
afterAll(() => plaats.stop());
const { database, sleutels } = plaats;
const kalender = await laadKalender();
const zegel = zegelsleutel(sleutels.hmac);

const smeed = (): Promise<unknown> => werkKetenBij(database, zegel, { ms: 5000 });

/** Whoever dies says nothing more: the statement fails, and so does all after it. */
const sterft = (na: number): Database => ({
  ...database,
  transactie: (werk, begin) =>
    database.transactie((client, eerst) => {
      let over = na;
      const stervend = new Proxy(client, {
        get: (doel, naam) =>
          naam !== 'query'
            ? Reflect.get(doel, naam)
            : (...deel: Parameters<typeof client.query>) => {
                over -= 1;
                if (over < 0) throw new Error('killed');
                return doel.query(...deel);
              },
      });
      return werk(stervend, eerst);
    }, begin),
});

async function herbouw(toeval: Toeval, tussendoor: () => Promise<unknown> = async () => undefined): Promise<void> {
  await beginHerbouw(database);
  while (!(await herbouwPortie(database, METINGEN, toeval.geheel(3, 60))).klaar) await tussendoor();
}

/** What a planner does at some moment: look at a few lines, die half-way, be with two, or begin all over. */
async function plan(toeval: Toeval): Promise<void> {
  if (toeval.kans(0.7)) await smeed();
  const kans = toeval.breuk();
  if (kans < 0.35) await volg(database, METINGEN, toeval.geheel(1, 40));
  else if (kans < 0.65) await volg(sterft(toeval.geheel(0, 12)), METINGEN, toeval.geheel(1, 40)).catch(() => undefined);
  else if (kans < 0.85) await Promise.all([volg(database), volg(database), volg(database)]);
  else if (kans < 0.92) await beginHerbouw(database);
  else await herbouwPortie(database, METINGEN, toeval.geheel(1, 30));
}

/** Those of the dossier have a reference of their own: dossiercijfers.test.ts. */
const VAN_DOSSIER = /\|(stroom-[^|]*|geld|norm-R[4568])\|/;
const klopt = async (): Promise<void> =>
  expect(
    verschillen(
      new Map([...(await cijfersVan(database))].filter(([cel]) => !VAN_DOSSIER.test(cel))),
      await referentie(database, sleutels, kalender),
    ),
    `zaad ${ZAAD}`,
  ).toEqual([]);

test('the figures are those of a slow reference, in every world', async () => {
  console.log(`ketendata: zaad ${ZAAD}`);
  await Wereld.richtIn(plaats);
  for (let nr = 0; nr < WERELDEN; nr += 1) {
    const toeval = maakToeval(ZAAD + nr);
    const wereld = new Wereld(plaats, toeval.tak('wereld'));
    const planner = toeval.tak('planner');
    for (let stap = 0; stap < STAPPEN; stap += 1) {
      await wereld.stap();
      if (planner.kans(0.25)) await plan(planner);
    }
    await smeed();
    await werkBij(database);
    await klopt();
  }
});

test('what is open in the figures is what is open in the books of pairs', async () => {
  const { rows } = await database.pool.query(
    `select coalesce(sum(aantal) filter (where meting in ('norm-R1-open', 'norm-R7-open')), 0)::int as antwoord,
       coalesce(sum(aantal) filter (where meting in ('norm-R2-open', 'norm-R3-open')), 0)::int as besluit
     from ketencijfer where gemeente = '' and aanbieder = ''`,
  );
  const open = await database.pool.query(
    `select (count(*) filter (where termijn in ('retour', 'declaratie')))::int as antwoord,
       (count(*) filter (where termijn in ('verzoek', 'onderzoek')))::int as besluit from openstaand`,
  );
  expect(rows).toEqual(open.rows);
});

test('made anew they are the same rows, and what was wrong is set right', async () => {
  const toeval = maakToeval(ZAAD + 1000);
  const eerst = await cijfersVan(database);
  await herbouw(toeval);
  expect(verschillen(await cijfersVan(database), eerst)).toEqual([]);
  expect(await rekenNa(database)).toBe(0);
  await database.pool.query(`delete from ketencijfer where ctid in (select ctid from ketencijfer limit 40)`);
  await database.pool.query(
    `update ketencijfer set aantal = aantal + 3 where gemeente = '' and aanbieder = '' and meting = 'volume'`,
  );
  await database.pool.query(`delete from ketenbijdrage where ctid in (select ctid from ketenbijdrage limit 9)`);
  await database.pool.query(
    `update ketenbijdrage set bijdragen = '' where ctid in (select ctid from ketenbijdrage limit 9)`,
  );
  await herbouw(toeval);
  expect(await rekenNa(database)).toBeGreaterThan(40);
  expect(verschillen(await cijfersVan(database), eerst)).toEqual([]);
});

test('a planner that is killed in the middle of it leaves nothing half', async () => {
  const eerst = await cijfersVan(database);
  await beginHerbouw(database);
  await database.pool.query(
    `update ketenbijdrage set bijdragen = '' where ctid in (select ctid from ketenbijdrage limit 50)`,
  );
  const van = (pad: string): string => JSON.stringify(new URL(`../../src/${pad}`, import.meta.url).href);
  const code = `
    const { openDatabase } = await import(${van('opslag/database.ts')});
    const { herbouwPortie } = await import(${van('ketendata/herbouw.ts')});
    const { METINGEN } = await import(${van('ketendata/metingen.ts')});
    const database = openDatabase(process.env.DATABASE_URL, { max: 1 });
    for (let nr = 0; nr < 5; nr += 1) await herbouwPortie(database, METINGEN, 4);
    // In the middle of the next one, after the figures were changed and before the rest: it waits there to be killed.
    const halverwege = (client) => new Proxy(client, { get: (doel, naam) => naam !== 'query' ? Reflect.get(doel, naam) : async (vraag, ...rest) => {
      if (/update ketenstand/.test(vraag.text ?? '')) { console.log('halverwege'); await new Promise(() => setInterval(() => 0, 1000)); }
      return doel.query(vraag, ...rest);
    } });
    await herbouwPortie({ ...database, transactie: (werk, begin) => database.transactie((client) => werk(halverwege(client)), begin) }, METINGEN, 4);`;
  const env = { ...process.env, DATABASE_URL: plaats.config.databaseUrl };
  const kind = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env,
  });
  await once(kind.stdout, 'data');
  kind.kill('SIGKILL');
  await once(kind, 'close');
  const { rows } = await database.pool.query('select herbouw_na is not null as bezig from ketenstand');
  expect(rows).toEqual([{ bezig: true }]);
  // Its connection goes with it, and with that its lock; until then the others pass by.
  while (await isErWerk(database)) await werkBij(database);
  await rekenNa(database);
  expect(verschillen(await cijfersVan(database), eerst)).toEqual([]);
});

test('what retention removes stays counted, also when all is made anew', async () => {
  const wereld = new Wereld(plaats, maakToeval(ZAAD + 2000));
  await wereld.rondAf();
  await smeed();
  await werkBij(database);
  await klopt();
  const eerst = await cijfersVan(database);
  const telling = async (): Promise<number> =>
    (await database.pool.query<{ n: number }>('select count(*)::int as n from bericht')).rows[0]?.n ?? 0;
  const voor = await telling();
  // The payloads of half of them went: the others are not due yet, whatever their age.
  await database.pool.query(`delete from inhoud where get_byte(decode(md5(bericht_id::text), 'hex'), 0) < 160`);
  const later = new Date(Date.now() + 1000 * 24 * 3600 * 1000);
  for (const weg of ['ontvangen', 'eigen'] as const) await ruimMetadataOp(database, STANDAARD_TERMIJNEN, later, weg);
  expect(await telling()).toBeLessThan(voor);
  expect(verschillen(await cijfersVan(database), eerst)).toEqual([]);
  await herbouw(maakToeval(ZAAD + 3000));
  expect(verschillen(await cijfersVan(database), eerst)).toEqual([]);
  expect(await rekenNa(database)).toBe(0);
});
