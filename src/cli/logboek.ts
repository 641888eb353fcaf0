/**
 * `knooppunt logboek ...`: the audit log from the command line, directly on the database. Exit code 0: done, and nothing wrong; 1: findings, or
 * refused; 2: wrong usage or an unreadable file.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Config, leesConfig } from '../config.ts';
import { KnooppuntFout } from '../fouten.ts';
import { zegelsleutel } from '../logboek/afdruk.ts';
import { Ankerfout, leesAnkers } from '../logboek/ankers.ts';
import { BEVINDINGEN, type Controlerapport, controleerKeten } from '../logboek/controle.ts';
import { type Bestemming, exporteer, type Periode } from '../logboek/exporteren.ts';
import { werkKetenBij } from '../logboek/keten.ts';
import { type Gebeurtenis, schrijfLogboek } from '../logboek/logboek.ts';
import { naarBestand, naarStroom } from '../logboek/naar-bestand.ts';
import { naarOtlp, otlpAdres, otlpKoppen } from '../logboek/naar-otlp.ts';
import { Exportfout } from '../logboek/voortgang.ts';
import type { Database } from '../opslag/database.ts';
import { eisReden } from '../routering/wijziging.ts';
import { cliActor, FOUT_GEBRUIK, Gebruiksfout } from './gebruik.ts';
import { metSleutels } from './gegevensbank.ts';
import { leesMoment } from './moment.ts';

const BEVINDING = 1;
/** Lines that are being written at the moment of the export are waited for. */
const GEDULD_MS = 30_000;

const noteer = (
  database: Database,
  gebeurtenis: Gebeurtenis,
  resultaat: string,
  details: Readonly<Record<string, string | number>>,
): Promise<void> =>
  schrijfLogboek(database.pool, [
    { gebeurtenis, actor: cliActor(), namens: null, resultaat, berichtId: null, details },
  ]);

const REDEN = { reden: { type: 'string' } } as const;

function vertel({ schakels, regels, zonderSchakel, ankers, bevindingen, aantalBevindingen }: Controlerapport): void {
  console.log(`${regels} regels in ${schakels} schakels gecontroleerd, met ${ankers} ankers.`);
  if (ankers === 0) console.log('Er zijn geen ankers: regels die van het einde zijn weggenomen, vallen dan niet op.');
  if (zonderSchakel > 0) console.log(`${zonderSchakel} regels staan nog in geen schakel.`);
  for (const { soort, schakel, regel } of bevindingen) {
    const waar = [schakel === null ? [] : `schakel ${schakel}`, regel === null ? [] : `regel ${regel}`]
      .flat()
      .join(', ');
    console.log(`  ${waar}: ${BEVINDINGEN[soort]}`);
  }
  const meer = aantalBevindingen - bevindingen.length;
  if (meer > 0) console.log(`  en nog ${meer} andere.`);
  console.log(
    aantalBevindingen === 0 ? 'Er is niets gewijzigd, verwijderd of ingevoegd.' : `${aantalBevindingen} bevindingen.`,
  );
}

async function controleer(args: readonly string[], config: Config): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { ...REDEN, ankers: { type: 'string' }, json: { type: 'boolean' } },
  });
  const { reden = 'controle van het logboek' } = values;
  eisReden(reden);
  if (values.ankers !== undefined && !existsSync(values.ankers))
    throw new Gebruiksfout(`Kan ${values.ankers} niet lezen.`);
  const ankers = leesAnkers(values.ankers ?? config.logboek.ankers);
  return metSleutels(config, async (database, { hmac }) => {
    const rapport = await controleerKeten(database, zegelsleutel(hmac), ankers);
    const { aantalBevindingen, schakels, regels } = rapport;
    await noteer(database, 'logboek gecontroleerd', aantalBevindingen === 0 ? 'in orde' : 'bevindingen', {
      schakels,
      regels,
      bevindingen: aantalBevindingen,
      reden,
    });
    if (values.json) console.log(JSON.stringify(rapport));
    else vertel(rapport);
    return aantalBevindingen === 0 ? 0 : BEVINDING;
  });
}

function momentVan(tekst: string | undefined, kant: 'vanaf' | 'tot', anders: Date): Date {
  if (tekst === undefined) return anders;
  const moment = leesMoment(tekst, kant);
  if (!moment)
    throw new Gebruiksfout('Een moment heeft de vorm JJJJ-MM-DD of JJJJ-MM-DDTUU:MM, en bestaat in Nederlandse tijd.');
  return moment;
}

async function voerExportUit(args: readonly string[], config: Config): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...REDEN,
      vanaf: { type: 'string' },
      tot: { type: 'string' },
      otlp: { type: 'string' },
      bestand: { type: 'string' },
    },
  });
  const { otlp, bestand, reden = 'export van het logboek' } = values;
  eisReden(reden);
  if (otlp !== undefined && bestand !== undefined) throw new Gebruiksfout('Kies --otlp of --bestand.');
  // What is to go on later must be the same period then.
  if (values.tot === undefined && (otlp !== undefined || bestand !== undefined))
    throw new Gebruiksfout('Geef met --tot op tot wanneer.');
  const periode: Periode = {
    vanaf: momentVan(values.vanaf, 'vanaf', new Date(0)),
    tot: momentVan(values.tot, 'tot', new Date()),
  };
  const bestemming = (): Bestemming => {
    if (bestand !== undefined) return naarBestand(bestand);
    if (otlp === undefined) return naarStroom(process.stdout);
    const koppen = otlpKoppen(process.env.OTEL_EXPORTER_OTLP_HEADERS);
    return naarOtlp({ url: otlpAdres(otlp), koppen, voortgang: join(config.data, 'logboek-otlp.voortgang') });
  };
  const naar = bestemming();
  return metSleutels(config, async (database, { hmac }) => {
    const wat = {
      vanaf: periode.vanaf.toISOString(),
      tot: periode.tot.toISOString(),
      naar: otlp === undefined ? 'bestand' : 'otlp',
      reden,
    };
    // Before the first line leaves: what was not written down is not given.
    await noteer(database, 'logboek geëxporteerd', 'begonnen', wat);
    await werkKetenBij(database, zegelsleutel(hmac), { ms: GEDULD_MS });
    const geteld = await exporteer(database, config.logboek, periode, naar);
    await noteer(database, 'logboek geëxporteerd', 'geleverd', { ...wat, ...geteld });
    console.error(`${geteld.regels} regels geleverd, als ${geteld.records} records.`);
    return 0;
  });
}

const OPDRACHTEN: Readonly<Record<string, (args: readonly string[], config: Config) => Promise<number>>> = {
  controleer,
  exporteer: voerExportUit,
};

/** Runs one of the commands of `logboek`. @returns the exit code */
export async function voerLogboekUit([naam = '', ...args]: readonly string[]): Promise<number> {
  try {
    const opdracht = OPDRACHTEN[naam];
    if (!opdracht) throw new Gebruiksfout(`Kies uit: ${Object.keys(OPDRACHTEN).join(', ')}.`);
    return await opdracht(args, leesConfig(process.env));
  } catch (fout) {
    if (fout instanceof Gebruiksfout || fout instanceof Ankerfout) {
      console.error(fout.message);
      return FOUT_GEBRUIK;
    }
    if (!(fout instanceof Exportfout || fout instanceof KnooppuntFout)) throw fout;
    console.error(fout instanceof KnooppuntFout ? (fout.details ?? fout.message) : fout.message);
    return BEVINDING;
  }
}
