/** The whole register of CIZ in one delivery: 500,000 indications. How long until it is the register, and with how much memory? */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as slaap } from 'node:timers/promises';
import { openDatabase } from '../src/opslag/database.ts';
import { migreer } from '../src/opslag/migratie.ts';
import { isBsn } from '../src/standards/bsn.ts';
import { rond } from './getallen.ts';
import { metDatabase, startDiensten } from './opstelling.ts';
import type { Benchmark } from './types.ts';

const INDICATIES = 500_000;
const DOEL_S = 60;
const DOEL_MB = 500;
const KIJK_MS = 20;
/** In the delivery of the next day one in so many differs. */
const ANDERS_OP = 100;

/** @param dag 0: the first delivery, 1: that of the next day */
function maakLevering(map: string, aantal: number, dag: number): { readonly pad: string; readonly bytes: number } {
  const regels = ['bsn;besluitnummer;ingangsdatum;einddatum;vervaldatum'];
  for (let bsn = 100_000_000; regels.length <= aantal; bsn += 1) {
    if (!isBsn(String(bsn))) continue;
    const nr = regels.length;
    const anders = dag === 1 && nr % ANDERS_OP === 0;
    const einde = nr % 3 === 0 || anders ? '2027-12-31' : '';
    regels.push(`${bsn};${10_000_000 + nr};20${10 + (nr % 15)}-0${1 + (nr % 9)}-1${nr % 10};${einde};`);
  }
  const inhoud = `${regels.join('\n')}\n`;
  const manifest = {
    versie: 1,
    soort: 'VOLLEDIG',
    peilmoment: new Date().toISOString(),
    aantal,
    sha256: createHash('sha256').update(inhoud).digest('hex'),
    volgnummer: dag + 1,
    vorigVolgnummer: dag === 0 ? null : dag,
  };
  const pad = join(map, `register-${dag}.csv`);
  writeFileSync(pad, `${JSON.stringify(manifest)}\n${inhoud}`);
  return { pad, bytes: inhoud.length };
}

/** The same register as IO31 on the third day: with a name, an address and a package for everyone, and none of it kept. */
function maakIo31(map: string, aantal: number): { readonly pad: string; readonly bytes: number } {
  const pad = join(map, 'register-2.xml');
  const som = createHash('sha256');
  let bytes = 0;
  const schrijf = (tekst: string): void => {
    som.update(tekst);
    bytes += tekst.length;
    appendFileSync(pad, tekst);
  };
  schrijf(`<?xml version="1.0" encoding="UTF-8"?>
<Bericht xmlns="http://www.istandaarden.nl/iwlz/2_2/io31/schema"><Header><BerichtCode>388</BerichtCode><BerichtVersie>5</BerichtVersie><BerichtSubversie>2</BerichtSubversie></Header><Clienten>`);
  let stapel: string[] = [];
  for (let bsn = 100_000_000, nr = 1; nr <= aantal; bsn += 1) {
    if (!isBsn(String(bsn))) continue;
    stapel.push(`
    <Client>
      <Bsn>${bsn}</Bsn><GeheimeClient>2</GeheimeClient><Geboortedatum><Datum>1940-01-01</Datum></Geboortedatum><Geslacht>1</Geslacht>
      <Naam><Geslachtsnaam><Achternaam>Verzonnen</Achternaam></Geslachtsnaam></Naam><Leefeenheid>2</Leefeenheid>
      <Contactgegevens><Contact><Soort>01</Soort><Adres><Straatnaam>Proefkade</Straatnaam></Adres></Contact></Contactgegevens>
      <Indicatie>
        <Besluitnummer>${10_000_000 + nr}</Besluitnummer><Soort>1</Soort>
        <Grondslagen><Grondslag01>02</Grondslag01></Grondslagen>
        <Afgiftedatum>2010-01-01</Afgiftedatum><Ingangsdatum>20${10 + (nr % 15)}-0${1 + (nr % 9)}-1${nr % 10}</Ingangsdatum>
        <GeindiceerdeZorgzwaartepakketten><GeindiceerdZorgzwaartepakket><ZzpCode>753</ZzpCode><Ingangsdatum>2010-01-01</Ingangsdatum><Klasse>1</Klasse><Financiering>1</Financiering></GeindiceerdZorgzwaartepakket></GeindiceerdeZorgzwaartepakketten>
      </Indicatie>
    </Client>`);
    nr += 1;
    if (stapel.length < 5000) continue;
    schrijf(stapel.join(''));
    stapel = [];
  }
  schrijf(`${stapel.join('')}</Clienten></Bericht>`);
  const manifest = {
    versie: 1,
    soort: 'VOLLEDIG',
    peilmoment: new Date().toISOString(),
    aantal,
    sha256: som.digest('hex'),
    volgnummer: 3,
    vorigVolgnummer: 2,
  };
  writeFileSync(`${pad}.manifest.json`, JSON.stringify(manifest));
  return { pad, bytes };
}

const megabytes = (pid: number, veld: string): number =>
  Number(new RegExp(`^${veld}:\\s*(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

interface Gemeten {
  readonly seconden: number;
  /** The most that the command and its own memory in the server ever took. */
  readonly commandoMB: number;
  readonly serverMB: number;
}

/** Runs `knooppunt wlz import` as the operator does; its start counts. */
async function importeer(url: string, data: string, pad: string): Promise<Gemeten> {
  const sinds = performance.now();
  const kind = spawn(process.execPath, [join(import.meta.dirname, '../src/cli.ts'), 'wlz', 'import', pad], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DATABASE_URL: url, KNOOPPUNT_DATA: data },
  });
  let seconden = 0;
  const einde = once(kind, 'exit').then(() => {
    seconden = (performance.now() - sinds) / 1000;
  });
  let commandoMB = 0;
  let serverMB = 0;
  const kijk = metDatabase(url, async (client) => {
    while (kind.exitCode === null && kind.signalCode === null) {
      try {
        commandoMB = Math.max(commandoMB, megabytes(kind.pid ?? 0, 'VmHWM'));
        const { rows } = await client.query<{ pid: number }>(
          `select pid from pg_stat_activity where application_name = 'knooppunt' and datname = current_database()`,
        );
        for (const { pid } of rows) serverMB = Math.max(serverMB, megabytes(pid, 'RssAnon'));
      } catch {
        // It ended between the look and the reading.
      }
      await slaap(KIJK_MS);
    }
  });
  await Promise.all([einde, kijk]);
  if (kind.exitCode !== 0) throw new Error('the import failed');
  return { seconden, commandoMB, serverMB };
}

export const wlz: Benchmark = {
  rijen: [
    {
      naam: 'wlz-import-s',
      wat: 'een volledige levering van 500.000 Wlz-indicaties inlezen in een leeg register, in seconden',
      doel: { tekst: `≤ ${DOEL_S} s`, gehaald: ({ knooppunt }) => knooppunt !== null && knooppunt <= DOEL_S },
    },
    {
      naam: 'wlz-import-rss-mb',
      wat: 'grootste geheugengebruik daarbij, van het proces en zijn verbinding in PostgreSQL samen',
      doel: { tekst: `≤ ${DOEL_MB} MB`, gehaald: ({ knooppunt }) => knooppunt !== null && knooppunt <= DOEL_MB },
    },
  ],
  async voer(context) {
    const aantal = context.kort ? 5000 : INDICATIES;
    await using stapel = new AsyncDisposableStack();
    const diensten = stapel.use(await startDiensten(context));
    const url = await diensten.nieuweDatabase('wlz');
    const database = openDatabase(url, { max: 1 });
    await migreer(database);
    await database.sluit();
    const data = join(diensten.map, 'wlz');
    mkdirSync(data);
    const [vandaag, morgen] = [maakLevering(diensten.map, aantal, 0), maakLevering(diensten.map, aantal, 1)];
    const eerste = await importeer(url, data, vandaag.pad);
    context.meld(
      `wlz-import: ${rond(eerste.seconden)} s, ${rond(eerste.commandoMB, 0)} + ${rond(eerste.serverMB, 0)} MB`,
    );
    const tweede = await importeer(url, data, morgen.pad);
    context.meld(`wlz-import: de levering van morgen ${rond(tweede.seconden)} s`);
    const xml = maakIo31(diensten.map, aantal);
    const derde = await importeer(url, data, xml.pad);
    context.meld(`wlz-import: als IO31 ${rond(derde.seconden)} s, ${rond(derde.commandoMB, 0)} MB`);
    const omstandigheden = {
      ...(await diensten.omstandigheden()),
      indicaties: aantal,
      levering: `ciz-dat, ${vandaag.bytes} bytes`,
      volgendeDagS: rond(tweede.seconden),
      io31S: rond(derde.seconden),
      io31Bytes: xml.bytes,
      commandoMB: rond(Math.max(eerste.commandoMB, tweede.commandoMB, derde.commandoMB), 0),
      serververbindingMB: rond(Math.max(eerste.serverMB, tweede.serverMB, derde.serverMB), 0),
      methode: `knooppunt wlz import, starten telt mee; de volgende dag verschilt een op ${ANDERS_OP}`,
    };
    const geheugen = Math.max(...[eerste, tweede, derde].map(({ commandoMB, serverMB }) => commandoMB + serverMB));
    return [
      { naam: 'wlz-import-s', eenheid: 's', knooppunt: rond(eerste.seconden, 2), referentie: null, omstandigheden },
      { naam: 'wlz-import-rss-mb', eenheid: 'MB', knooppunt: rond(geheugen, 0), referentie: null, omstandigheden },
    ];
  },
};
