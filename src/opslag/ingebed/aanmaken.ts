/** Makes an empty database cluster, whole or not at all. */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { argumentenVan, type Opdracht } from '../../proces.ts';
import type { Programmas } from './programmas.ts';
import { KALE_OMGEVING, type Uitvoerder } from './uitvoerder.ts';

/**
 * Fills `map` with a new cluster, unless it holds one. It is made in a folder beside it and then renamed, so that a
 * kill halfway leaves no half cluster; of two processes that do this at once, the second finds the work done.
 * @param wachtwoord of the user `knooppunt`, the only one
 * @throws Error with a Dutch sentence when `map` holds something else, or initdb fails
 */
export async function maakCluster(
  map: string,
  wachtwoord: string,
  programmas: Programmas,
  uitvoerder: Uitvoerder,
): Promise<void> {
  const voorvoegsel = `.${basename(map)}-nieuw-`;
  await ruimOp(dirname(map), voorvoegsel);
  const inhoud = await readdir(map).catch((): string[] => []);
  if (inhoud.includes('PG_VERSION')) {
    // A copy that root put back: PostgreSQL only opens what is its own.
    if ((await stat(map)).uid === 0) uitvoerder.eigen(map);
    return;
  }
  if (inhoud.length > 0) throw new Error(`De map ${map} is niet leeg en bevat geen PostgreSQL-gegevens.`);

  const werk = await mkdtemp(join(dirname(map), `${voorvoegsel}${process.pid}-`));
  try {
    const nieuw = join(werk, 'gegevens');
    const wachtwoordbestand = join(werk, 'wachtwoord');
    await mkdir(nieuw, { mode: 0o700 });
    await writeFile(wachtwoordbestand, wachtwoord, { mode: 0o600 });
    uitvoerder.eigen(werk);
    await voerUit(
      uitvoerder.opdracht([
        programmas.initdb,
        `--pgdata=${nieuw}`,
        `--pwfile=${wachtwoordbestand}`,
        '--username=knooppunt',
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // The same order and the same letters on every machine, whatever locales it has.
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
      ]),
    );
    await rename(nieuw, map).catch((fout: NodeJS.ErrnoException) => {
      if (fout.code !== 'ENOTEMPTY' && fout.code !== 'EEXIST') throw fout;
    });
    await bewaarNaam(dirname(map));
  } finally {
    await rm(werk, { recursive: true, force: true });
  }
}

/** Removes what a process that is no more left half made. */
async function ruimOp(ouder: string, voorvoegsel: string): Promise<void> {
  for (const naam of (await readdir(ouder)).filter((kandidaat) => kandidaat.startsWith(voorvoegsel))) {
    const maker = Number.parseInt(naam.slice(voorvoegsel.length), 10);
    // What can't be removed now (its initdb is still busy) is for the next start.
    const verwijder = () => rm(join(ouder, naam), { recursive: true, force: true }).catch(() => undefined);
    if (maker !== process.pid && argumentenVan(maker).length === 0) await verwijder();
  }
}

/** initdb syncs what it wrote; the rename is ours to make durable. */
async function bewaarNaam(map: string): Promise<void> {
  const ingang = await open(map, 'r');
  await ingang.sync().finally(() => ingang.close());
}

async function voerUit([programma, ...argumenten]: Opdracht): Promise<void> {
  const kind = spawn(programma, argumenten, { cwd: '/', env: KALE_OMGEVING, stdio: ['ignore', 'ignore', 'pipe'] });
  let uitvoer = '';
  kind.stderr.setEncoding('utf8').on('data', (stuk: string) => {
    uitvoer += stuk;
  });
  const code = await new Promise<number | null>((klaar, mislukt) => {
    kind.once('error', mislukt);
    kind.once('close', klaar);
  });
  if (code !== 0) throw new Error(`PostgreSQL kon geen nieuwe database aanmaken: ${uitvoer.trim()}`);
}
