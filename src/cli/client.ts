/**
 * `knooppunt client ...`: machine clients from the command line, directly on the database. Every change has a reden, is in the audit log and
 * takes effect within 5 seconds. Exit code 0: done; 1: refused; 2: wrong usage or an unreadable file.
 */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Config, leesConfig } from '../config.ts';
import { KnooppuntFout } from '../fouten.ts';
import type { Opdrachtgever } from '../routering/wijziging.ts';
import { wijzig } from '../routering/wijziging.ts';
import { leesCertificaat } from '../toegang/certificaat.ts';
import {
  type Clientoverzicht,
  draaiGeheim,
  draaiSleutels,
  leesClients,
  maakClient,
  trekClientIn,
} from '../toegang/clientbeheer.ts';
import { leesClientsleutels } from '../toegang/clientsleutels.ts';
import { draaiUitgeversleutel } from '../toegang/uitgeversleutels.ts';
import { cliActor, Gebruiksfout, meldWeigering } from './gebruik.ts';
import { metDatabase } from './gegevensbank.ts';

const OVERLAP_UREN = 7 * 24;
const MAX_OVERLAP_UREN = 90 * 24;

const tekst = { type: 'string' } as const;
const schakelaar = { type: 'boolean' } as const;
const lijst = { type: 'string', multiple: true } as const;

function opdrachtgever(reden: string | undefined): Opdrachtgever {
  if (reden === undefined) throw new Gebruiksfout('Geef een reden op met --reden.');
  return { actor: cliActor(), reden };
}

function een(woorden: readonly string[]): string {
  const [id, ...meer] = woorden;
  if (id === undefined || meer.length > 0) throw new Gebruiksfout('Na deze opdracht wordt één client verwacht.');
  return id;
}

function leesTekst(bestand: string): string {
  try {
    return readFileSync(bestand, 'utf8');
  } catch {
    throw new Gebruiksfout(`Kan ${bestand} niet lezen.`);
  }
}

function afdrukVan(bestand: string): string {
  const pem = leesTekst(bestand);
  try {
    return leesCertificaat(new X509Certificate(pem)).sha256;
  } catch {
    throw new Gebruiksfout(`${bestand} is geen certificaat in PEM.`);
  }
}

function externVan(paar: string): { uitgever: string; id: string } {
  const is = paar.lastIndexOf('=');
  if (is < 1 || is === paar.length - 1) throw new Gebruiksfout('Geef een externe naam als UITGEVER=NAAM.');
  return { uitgever: paar.slice(0, is), id: paar.slice(is + 1) };
}

/** The secret goes to standard output alone, so that it can be put away without being seen. */
function toonGeheim(geheim: string): void {
  console.error('Het geheim staat hieronder, en wordt niet nog eens getoond.');
  console.log(geheim);
}

async function maak(args: string[], config: Config): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      namens: tekst,
      geheim: schakelaar,
      sleutels: tekst,
      oin: lijst,
      certificaat: lijst,
      extern: lijst,
      beheerder: schakelaar,
      'wlz-register': schakelaar,
      landelijk: schakelaar,
      reden: tekst,
    },
  });
  const opdracht = opdrachtgever(values.reden);
  const nieuw = {
    id: een(positionals),
    namens: values.namens?.split(',') ?? [],
    beheerder: values.beheerder === true,
    wlzRegister: values['wlz-register'] === true,
    landelijk: values.landelijk === true,
    metGeheim: values.geheim === true,
    sleutels: values.sleutels === undefined ? undefined : leesClientsleutels(leesTekst(values.sleutels)),
    oins: values.oin ?? [],
    certificaten: (values.certificaat ?? []).map(afdrukVan),
    extern: (values.extern ?? []).map(externVan),
  };
  return metDatabase(config, async (database) => {
    const geheim = await maakClient(database, opdracht, nieuw);
    console.error(`Client ${nieuw.id} is gemaakt. Dit geldt binnen 5 seconden.`);
    if (geheim !== undefined) toonGeheim(geheim);
    return 0;
  });
}

/** The signing keys are no rows, but a change of them has its audit line all the same. */
async function draaiUitgever(config: Config, opdracht: Opdrachtgever, meteen: boolean): Promise<number> {
  return metDatabase(config, async (database) => {
    const kid = await wijzig(database, opdracht, async () => {
      const nieuw = await draaiUitgeversleutel(config.toegang.uitgeversleutels, meteen);
      const details = { sleutel: nieuw, meteen: meteen ? 'ja' : 'nee' };
      return {
        waarde: nieuw,
        notities: [{ gebeurtenis: 'uitgeversleutel gedraaid', namens: null, resultaat: 'gedraaid', details }],
      };
    });
    console.log(`Sleutel ${kid} ondertekent ${meteen ? 'nu' : 'binnen 15 seconden'} de tokens.`);
    return 0;
  });
}

function overlapVan(uren: string | undefined, meteen: boolean): number {
  if (meteen && uren !== undefined) throw new Gebruiksfout('Kies --meteen of --overlap, niet beide.');
  if (meteen) return 0;
  const aantal = Number(uren ?? OVERLAP_UREN);
  if (!Number.isInteger(aantal) || aantal < 0 || aantal > MAX_OVERLAP_UREN)
    throw new Gebruiksfout(`De overlap is een geheel aantal uren, hooguit ${MAX_OVERLAP_UREN}.`);
  return aantal;
}

async function draai(args: string[], config: Config): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { uitgever: schakelaar, sleutels: tekst, overlap: tekst, meteen: schakelaar, reden: tekst },
  });
  const opdracht = opdrachtgever(values.reden);
  const meteen = values.meteen === true;
  if (values.uitgever) {
    if (positionals.length > 0 || values.sleutels !== undefined || values.overlap !== undefined)
      throw new Gebruiksfout('Bij --uitgever horen alleen --meteen en --reden.');
    return draaiUitgever(config, opdracht, meteen);
  }
  const id = een(positionals);
  const { sleutels: bestand } = values;
  if (bestand !== undefined && (meteen || values.overlap !== undefined))
    throw new Gebruiksfout('Bij --sleutels geldt precies wat in het bestand staat: er is geen overlap.');
  const sleutels = bestand === undefined ? undefined : leesClientsleutels(leesTekst(bestand));
  const overlap = overlapVan(values.overlap, meteen);
  return metDatabase(config, async (database) => {
    if (sleutels) {
      await draaiSleutels(database, opdracht, id, sleutels);
      console.error(`Client ${id} heeft andere sleutels. Dit geldt binnen 5 seconden.`);
      return 0;
    }
    const geheim = await draaiGeheim(database, opdracht, id, overlap);
    console.error(`Client ${id} heeft een nieuw geheim; het oude geldt nog ${overlap} uur.`);
    toonGeheim(geheim);
    return 0;
  });
}

async function intrek(args: string[], config: Config): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { reden: tekst } });
  const opdracht = opdrachtgever(values.reden);
  const id = een(positionals);
  return metDatabase(config, async (database) => {
    await trekClientIn(database, opdracht, id);
    console.log(`Client ${id} is ingetrokken, met alle tokens die zij nog heeft. Dit geldt binnen 5 seconden.`);
    return 0;
  });
}

function regelVan(client: Clientoverzicht): string {
  const {
    id,
    namens,
    geheimen,
    sleutels,
    oins,
    certificaten,
    extern,
    beheerder,
    wlzRegister,
    landelijk,
    ingetrokkenOp,
  } = client;
  if (ingetrokkenOp) return `${id}: ingetrokken op ${ingetrokkenOp.toISOString()}`;
  const delen = [
    `namens ${namens.join(', ') || 'niemand'}`,
    beheerder && 'beheerder',
    wlzRegister && 'levert het Wlz-register',
    landelijk && 'ziet de landelijke cijfers',
    geheimen > 0 && `geheimen: ${geheimen}`,
    ...Object.entries({ sleutels, OIN: oins, certificaten, extern }).map(
      ([wat, waarden]) => waarden.length > 0 && `${wat}: ${waarden.join(', ')}`,
    ),
  ];
  return `${id}: ${delen.filter((deel) => deel !== false).join('; ')}`;
}

async function toon(args: string[], config: Config): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { json: schakelaar } });
  const id = positionals.length === 0 ? null : een(positionals);
  return metDatabase(config, async ({ pool }) => {
    const clients = await leesClients(pool, id);
    if (id !== null && clients.length === 0)
      throw new KnooppuntFout('invoerOngeldig', 'Er is geen client met deze naam.');
    process.stdout.write(
      values.json ? `${JSON.stringify(clients)}\n` : clients.map((client) => `${regelVan(client)}\n`).join(''),
    );
    return 0;
  });
}

const OPDRACHTEN: Readonly<Record<string, (args: string[], config: Config) => Promise<number>>> = {
  maak,
  draai,
  intrek,
  toon,
};

/** Runs one of the commands of `client`. @returns the exit code */
export async function voerClientUit([naam = '', ...args]: readonly string[]): Promise<number> {
  try {
    const opdracht = OPDRACHTEN[naam];
    if (!opdracht) throw new Gebruiksfout(`Kies uit: ${Object.keys(OPDRACHTEN).join(', ')}.`);
    return await opdracht(args, leesConfig(process.env));
  } catch (fout) {
    return meldWeigering(fout);
  }
}
