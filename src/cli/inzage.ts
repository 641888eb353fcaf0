/**
 * `knooppunt inzage`: an inzageverzoek. The BSN comes on standard input, and only there: arguments can be read by everybody on the machine, and
 * stay in the history of a shell. Exit code 0: given; 1: refused; 2: wrong usage, or no BSN.
 */
import { parseArgs } from 'node:util';
import { leesConfig } from '../config.ts';
import { geefInzage } from '../inzage/inzage.ts';
import { schrijfInzage } from '../inzage/tekst.ts';
import { eisReden } from '../routering/wijziging.ts';
import { isBsn } from '../standards/bsn.ts';
import { cliActor, Gebruiksfout, meldWeigering } from './gebruik.ts';
import { metSleutels } from './gegevensbank.ts';

/** A BSN and a newline; of anything longer the rest is not even read. */
const MAX_INVOER = 64;

async function leesBsn(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write('BSN: ');
  let tekst = '';
  for await (const stuk of process.stdin.setEncoding('utf8')) {
    tekst += stuk;
    if (tekst.length > MAX_INVOER || tekst.includes('\n')) break;
  }
  const bsn = tekst.trim();
  if (!isBsn(bsn))
    throw new Gebruiksfout('Op de standaardinvoer staat geen geldig burgerservicenummer van negen cijfers.');
  return bsn;
}

async function voerUit(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'boolean' }, reden: { type: 'string' } },
  });
  if (positionals.length > 0)
    throw new Gebruiksfout('Geef het BSN op de standaardinvoer, nooit als argument: knooppunt inzage < BESTAND.');
  const { reden = 'inzageverzoek (AVG art. 15)' } = values;
  eisReden(reden);
  const config = leesConfig(process.env);
  const bsn = await leesBsn();
  return metSleutels(config, async (database, sleutels) => {
    const inzage = await geefInzage(database, sleutels, {
      bsn,
      actor: cliActor(),
      reden,
    });
    process.stdout.write(values.json ? `${JSON.stringify(inzage)}\n` : schrijfInzage(inzage));
    return 0;
  });
}

/** Runs the command. @returns the exit code */
export async function voerInzageUit(args: readonly string[]): Promise<number> {
  try {
    return await voerUit(args);
  } catch (fout) {
    return meldWeigering(fout);
  }
}
