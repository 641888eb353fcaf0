/**
 * `knooppunt wlz ...`: the Wlz register from the command line, directly on the database. Exit code 0: done; 1: refused; 2: wrong usage or an
 * unreadable file.
 */
import { createReadStream, existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { parseArgs } from 'node:util';
import type { Config } from '../config.ts';
import { type Aanlevering, type Ingelezen, leesLeveringIn } from '../wlz-samenloop/register/inlezen.ts';
import { leesLopende, leesRegister } from '../wlz-samenloop/register/leveringen.ts';
import { TOE_TE_STAAN, type Toegestaan } from '../wlz-samenloop/register/regels/toelating.ts';
import { AFKEURREDENEN, type Afkeurreden, VORMEN, type Vorm } from '../wlz-samenloop/register/regels/types.ts';
import { cliActor, Gebruiksfout } from './gebruik.ts';
import { metDatabase, metSleutels } from './gegevensbank.ts';
import { type Deelopdracht, voerDeelopdrachtUit } from './opdracht.ts';
import { SIGNAALOPDRACHTEN } from './wlz-signalen.ts';

/** More than these help nobody; the rest is counted. */
const MAX_AFKEURINGEN = 20;

const VORM_VAN_BESTAND: Readonly<Record<string, Vorm>> = {
  '.csv': 'ciz-dat',
  '.jsonl': 'ciz-dat',
  '.ndjson': 'ciz-dat',
  '.xml': 'io31',
  '.json': 'indicatieregister',
};
const isVorm = (tekst: string): tekst is Vorm => VORMEN.some((vorm) => vorm === tekst);
const isToegestaan = (tekst: string): tekst is Toegestaan => TOE_TE_STAAN.some((naam) => naam === tekst);

function vormVan(bestand: string, gekozen: string | undefined): Vorm {
  const vorm = gekozen ?? VORM_VAN_BESTAND[extname(bestand).toLowerCase()];
  if (vorm === undefined || !isVorm(vorm)) throw new Gebruiksfout(`Kies met --vorm uit: ${VORMEN.join(', ')}.`);
  return vorm;
}

function toegestaanVan(lijst: string | undefined, reden: string | undefined): ReadonlySet<Toegestaan> {
  const namen = lijst?.split(',') ?? [];
  if (!namen.every(isToegestaan)) throw new Gebruiksfout(`Kies met --sta-toe uit: ${TOE_TE_STAAN.join(', ')}.`);
  if (namen.length > 0 && reden === undefined) throw new Gebruiksfout('Geef bij --sta-toe een reden op met --reden.');
  return new Set(namen);
}

async function manifestVan(bestand: string, gekozen: string | undefined): Promise<string | undefined> {
  const naast = gekozen ?? `${bestand}.manifest.json`;
  if (gekozen === undefined && !existsSync(naast)) return undefined;
  return readFile(naast, 'utf8').catch(() => {
    throw new Gebruiksfout(`Kan ${naast} niet lezen.`);
  });
}

const opgeteld = (telling: Readonly<Record<string, number | undefined>>): string =>
  Object.entries(telling)
    .map(([reden, aantal]) => `${reden} ${aantal}`)
    .join(', ');

function vertel({ levering, herhaling }: Ingelezen): void {
  if (herhaling) {
    console.log(`Levering ${levering.volgnummer} was al verwerkt; er is niets gewijzigd.`);
    return;
  }
  const { toegevoegd, gewijzigd, verwijderd, tellers, afkeuringen } = levering;
  console.log(
    `Levering ${levering.volgnummer} verwerkt: ${toegevoegd} erbij, ${gewijzigd} gewijzigd, ${verwijderd} eraf.`,
  );
  const regels = [
    ['geen recht op Wlz-zorg', tellers.geenRecht],
    ['opgemerkt', tellers.opgemerkt],
    ['afgekeurd', tellers.afgekeurd],
  ] as const;
  for (const [wat, telling] of regels)
    if (Object.keys(telling).length > 0) console.log(`  ${wat}: ${opgeteld(telling)}`);
  for (const { regel, reden } of afkeuringen.slice(0, MAX_AFKEURINGEN))
    console.log(`  regel ${regel}: ${AFKEURREDENEN[reden as Afkeurreden]}`);
  if (afkeuringen.length > MAX_AFKEURINGEN) console.log(`  en nog ${afkeuringen.length - MAX_AFKEURINGEN} andere.`);
}

async function importeer(args: readonly string[], config: Config): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      manifest: { type: 'string' },
      vorm: { type: 'string' },
      'sta-toe': { type: 'string' },
      reden: { type: 'string' },
    },
  });
  const [bestand, ...meer] = positionals;
  if (bestand === undefined || meer.length > 0) throw new Gebruiksfout('Geef één bestand op.');
  if (!(await stat(bestand).catch(() => undefined))?.isFile()) throw new Gebruiksfout(`Kan ${bestand} niet lezen.`);
  const aanlevering: Aanlevering = {
    stroom: createReadStream(bestand),
    vorm: vormVan(bestand, values.vorm),
    manifest: await manifestVan(bestand, values.manifest),
    actor: cliActor(),
    toegestaan: toegestaanVan(values['sta-toe'], values.reden),
    reden: values.reden,
    opVoortgang: (gelezen, aantal) => console.error(`${gelezen} van ${aantal} regels gelezen`),
  };
  return metSleutels(config, async (database, sleutels) => {
    vertel(await leesLeveringIn({ database, sleutels, wlz: config.wlz, alleenTestBsn: config.demo }, aanlevering));
    return 0;
  });
}

async function toonStand(_: readonly string[], config: Config): Promise<number> {
  return metDatabase(config, async ({ pool }) => {
    const register = await leesRegister(pool);
    console.log(
      register
        ? `Het register is levering ${register.volgnummer} van ${register.peilmoment.toISOString()}, met ${register.aantal} indicaties.`
        : 'Er is nog geen register ingelezen.',
    );
    const lopende = await leesLopende(pool);
    if (lopende)
      console.log(`Levering ${lopende.volgnummer} wordt ingelezen: ${lopende.gelezen} van ${lopende.aantal} regels.`);
    return 0;
  });
}

const OPDRACHTEN: Readonly<Record<string, Deelopdracht>> = {
  import: importeer,
  stand: toonStand,
  ...SIGNAALOPDRACHTEN,
};

/** Runs one of the commands of `wlz`. @returns the exit code */
export const voerWlzUit = (args: readonly string[]): Promise<number> => voerDeelopdrachtUit(OPDRACHTEN, args);
