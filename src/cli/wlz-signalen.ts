/** The commands of `knooppunt wlz` for the Wmo side and the signals: deliver voorzieningen, compare, and the advice texts. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { schrijfLogboek } from '../logboek/logboek.ts';
import { Routering } from '../routering/routering.ts';
import { eisReden } from '../routering/wijziging.ts';
import { leesAdviezen, zetAdvies } from '../wlz-samenloop/signalen/advies.ts';
import { DELEN } from '../wlz-samenloop/signalen/delen.ts';
import { ADVIESKLASSEN } from '../wlz-samenloop/signalen/regels/types.ts';
import { leesRuns, type Runrapport, vergelijkAlles } from '../wlz-samenloop/signalen/run.ts';
import { leverVoorzieningen } from '../wlz-samenloop/wmo/levering.ts';
import type { Leveringsvorm } from '../wlz-samenloop/wmo/stroom.ts';
import { cliActor, GEWEIGERD, Gebruiksfout } from './gebruik.ts';
import { metDatabase, metSleutels } from './gegevensbank.ts';

const GETOONDE_RUNS = 10;
const VORM_VAN_BESTAND: Readonly<Record<string, Leveringsvorm>> = {
  '.csv': 'csv',
  '.json': 'json',
  '.jsonl': 'json',
  '.ndjson': 'json',
};

function rapport(run: Runrapport): string {
  const { nieuw, gewijzigd, vervallen, terugwerkend, opgevolgd, herinnerd, afgewezen } = run;
  const stand = run.geeindigdOp ? '' : ` (deel ${run.deel} van ${DELEN})`;
  return [
    `Run ${run.run}${stand}, peildatum ${run.peildatum}, register van ${run.registerPeilmoment.toISOString()}:`,
    `  vergeleken: ${run.indicaties} indicaties met ${run.voorzieningen} voorzieningen in ${(run.duurMs / 1000).toFixed(1)} s`,
    `  nieuw ${nieuw}, gewijzigd ${gewijzigd}, vervallen ${vervallen}, terugwerkend ${terugwerkend}, opgevolgd ${opgevolgd}, herinnerd ${herinnerd}`,
    `  niet vergeleken, want afgewezen bij aanlevering: ${afgewezen}`,
  ].join('\n');
}

async function vergelijk(args: readonly string[], config: Config): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean' }, reden: { type: 'string' } } });
  const { reden = 'vergelijking met het Wlz-register' } = values;
  eisReden(reden);
  return metSleutels(config, async (database, sleutels) => {
    await schrijfLogboek(database.pool, [
      {
        gebeurtenis: 'wlz vergeleken',
        actor: cliActor(),
        namens: null,
        resultaat: 'begonnen',
        berichtId: null,
        details: { reden },
      },
    ]);
    const plek = { database, sleutels, routering: new Routering(database), ...config.wlz };
    const run = await vergelijkAlles(plek, 'opdracht');
    if (!run) {
      console.error('Er is nog geen Wlz-register ingelezen; er is niets om mee te vergelijken.');
      return GEWEIGERD;
    }
    console.log(values.json ? JSON.stringify(run) : rapport(run));
    return 0;
  });
}

async function toonRuns(args: readonly string[], config: Config): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean' } } });
  return metDatabase(config, async (database) => {
    const runs = await leesRuns({ database }, GETOONDE_RUNS);
    console.log(values.json ? JSON.stringify(runs) : runs.map(rapport).join('\n') || 'Er is nog niet vergeleken.');
    return 0;
  });
}

async function lever(args: readonly string[], config: Config): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { leeg: { type: 'boolean' } },
  });
  const [gemeente = '', bestand = '', ...meer] = positionals;
  const vorm = VORM_VAN_BESTAND[extname(bestand).toLowerCase()];
  if (!/^[0-9]{4}$/.test(gemeente) || !vorm || meer.length > 0)
    throw new Gebruiksfout('Na deze opdracht wordt GEMEENTE BESTAND verwacht; het bestand is .csv, .json of .jsonl.');
  if (!(await stat(bestand).catch(() => undefined))?.isFile()) throw new Gebruiksfout(`Kan ${bestand} niet lezen.`);
  return metSleutels(config, async (database, sleutels) => {
    const routering = new Routering(database);
    if ((await routering.feiten()).organisaties.get(gemeente)?.soort !== 'gemeente')
      throw new Gebruiksfout('Deze gemeente is niet bekend bij het knooppunt.');
    const { aangenomen, afgewezen, afwijzingen } = await leverVoorzieningen(
      { database, sleutels, routering, alleenTestBsn: config.demo },
      { gemeente, actor: cliActor(), vorm, inhoud: createReadStream(bestand), leeg: values.leeg === true },
    );
    console.log(`${aangenomen} voorzieningen aangenomen, ${afgewezen} regels afgewezen.`);
    for (const { regel, melding } of afwijzingen) console.log(`  regel ${regel}: ${melding}`);
    return 0;
  });
}

const ADVIES = z.tuple([
  z.string().regex(/^([0-9]{2}|-)$/, 'De productcategorie heeft twee cijfers, of is - voor een voorziening zonder.'),
  z.enum(ADVIESKLASSEN, `Kies als klasse uit: ${ADVIESKLASSEN.join(', ')}.`),
  z.iso.date('De eerste dag heeft de vorm JJJJ-MM-DD.'),
  z.string().regex(/^\P{C}{1,300}$/u, 'De tekst heeft 1 tot 300 zichtbare tekens.'),
]);

async function advies([wat = '', ...rest]: readonly string[], config: Config): Promise<number> {
  if (wat === 'lijst')
    return metDatabase(config, async (database) => {
      for (const { productcategorie, vanaf, klasse, tekst } of await leesAdviezen(database))
        console.log(`${(productcategorie || '-').padEnd(2)}  ${vanaf}  ${klasse.padEnd(10)}  ${tekst}`);
      return 0;
    });
  if (wat !== 'zet') throw new Gebruiksfout('Kies uit: advies lijst, advies zet.');
  const { values, positionals: woorden } = parseArgs({
    args: rest,
    allowPositionals: true,
    options: { reden: { type: 'string' } },
  });
  const { reden } = values;
  if (reden !== undefined) eisReden(reden);
  const gelezen = ADVIES.safeParse(woorden);
  if (!gelezen.success)
    throw new Gebruiksfout(
      woorden.length === 4
        ? (gelezen.error.issues[0]?.message ?? '')
        : 'Na deze opdracht wordt CATEGORIE KLASSE VANAF TEKST verwacht.',
    );
  const [categorie, klasse, vanaf, tekst] = gelezen.data;
  return metDatabase(config, async (database) => {
    await zetAdvies(
      database,
      { actor: cliActor(), reden },
      {
        productcategorie: categorie === '-' ? '' : categorie,
        klasse,
        vanaf,
        tekst,
      },
    );
    console.log('Gezet; dit geldt voor signalen vanaf die dag.');
    return 0;
  });
}

/** Command → what it does. */
export const SIGNAALOPDRACHTEN: Readonly<Record<string, (args: readonly string[], config: Config) => Promise<number>>> =
  {
    vergelijk,
    runs: toonRuns,
    voorzieningen: lever,
    advies,
  };
