/**
 * `npm run storing`: the crash tests, long form. Prints a Markdown table; ends with 1 when a promise was broken.
 *
 *   RONDES=5          rounds per scenario (default 3)
 *   ZAAD=1234         repeat the chances of an earlier run; a run prints its seed
 *   --alleen=e,k      only these scenarios
 *   --schrijf         also write docs/storing-resultaat.md, with date and commit
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { maakToeval } from '../hulp/toeval.ts';
import { kiesZaad } from '../hulp/zaad.ts';
import { maakEigen, maakLos, type Opstelling } from './opstelling.ts';
import { speelRonde } from './ronde.ts';
import { LANG, SCENARIOS } from './rondes.ts';
import { kop, regel } from './tabel.ts';
import type { Scenario, Uitslag } from './types.ts';

const { values: keuzes } = parseArgs({
  options: { alleen: { type: 'string' }, schrijf: { type: 'boolean', default: false } },
});
const RONDES = Number(process.env.RONDES ?? 3);
/** Whoever runs the long form wants to see what was not seen before. */
const ZAAD = Number(kiesZaad(process.env.ZAAD ?? 'los'));

async function main(): Promise<number> {
  const letters = keuzes.alleen?.split(',');
  const scenarios = SCENARIOS.filter(({ letter }) => letters?.includes(letter) ?? true);
  const regels: string[] = [];
  const druk = (tekst: string): void => {
    regels.push(tekst);
    console.log(tekst);
  };
  console.log(`Zaad ${ZAAD}, ${RONDES} rondes per scenario.\n`);
  druk(kop());
  const uitslagen: Uitslag[] = [];
  for (const soort of ['eigen', 'los'] as const) {
    const hiervan = scenarios.filter(({ opstelling }) => opstelling === soort);
    if (hiervan.length > 0) uitslagen.push(...(await speelAlle(soort, hiervan, druk)));
  }
  const gebroken = uitslagen.flatMap(({ scenario, problemen }) =>
    problemen.map((wat) => `- (${scenario.letter}) ${wat}`),
  );
  const som = (kies: (uitslag: Uitslag) => number): number => uitslagen.reduce((totaal, u) => totaal + kies(u), 0);
  druk(
    `\n${uitslagen.length} rondes, ${som((u) => u.storingen)} storingen, ${som((u) => u.bewijzen)} ontvangstbewijzen, ` +
      `${gebroken.length} gebroken beloften (zaad ${ZAAD}).`,
  );
  for (const zin of gebroken) druk(zin);
  if (keuzes.schrijf) schrijf(regels);
  return gebroken.length === 0 ? 0 : 1;
}

async function speelAlle(
  soort: Scenario['opstelling'],
  scenarios: readonly Scenario[],
  druk: (tekst: string) => void,
): Promise<Uitslag[]> {
  const opstelling = soort === 'eigen' ? await maakEigen() : await maakLos();
  if ('reden' in opstelling) {
    druk(`\nNiet gespeeld: ${scenarios.map(({ letter }) => letter).join(', ')} (${opstelling.reden}).`);
    return [];
  }
  const uitslagen: Uitslag[] = [];
  try {
    for (let ronde = 0; ronde < RONDES; ronde++) {
      for (const scenario of scenarios) uitslagen.push(await speelEen(opstelling, scenario, ronde, druk));
    }
  } catch (fout) {
    console.error(opstelling.knooppunt.uitvoer());
    throw fout;
  } finally {
    await opstelling.stop();
  }
  return uitslagen;
}

async function speelEen(
  opstelling: Opstelling,
  scenario: Scenario,
  ronde: number,
  druk: (tekst: string) => void,
): Promise<Uitslag> {
  const merk = `${scenario.letter}${ronde}`;
  const uitslag = await speelRonde(opstelling, scenario, LANG, merk, maakToeval(ZAAD).tak(merk));
  druk(regel(uitslag));
  for (const probleem of uitslag.problemen) console.error(`  ! ${probleem}`);
  return uitslag;
}

function schrijf(regels: readonly string[]): void {
  const wortel = join(import.meta.dirname, '../..');
  const commit = execFileSync('git', ['describe', '--always', '--dirty'], { cwd: wortel, encoding: 'utf8' }).trim();
  const tekst = [
    '# Storingsproeven: uitslag',
    '',
    `Gemaakt met \`npm run storing -- --schrijf\` op ${new Date().toISOString().slice(0, 10)}, commit ${commit}, op ` +
      `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, PostgreSQL met fsync aan.`,
    'Elke regel is één ronde; een ronde die iets kwijtraakt, verdubbelt of omdraait telt gebroken beloften.',
    '',
    ...regels,
    '',
  ].join('\n');
  writeFileSync(join(wortel, 'docs/storing-resultaat.md'), tekst);
}

// Broken off by hand: through exit, so that what was started is shot.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));
process.exitCode = await main();
