/** `knooppunt bewaren [--proef]`: a round of retention now, or what it would do. Exit code 0: done; 2: wrong usage. */
import { parseArgs } from 'node:util';
import { type Proefregel, proef } from '../bewaren/proef.ts';
import { doeRonde } from '../bewaren/ronde.ts';
import { leesTermijnen } from '../bewaren/termijnen.ts';
import { leesConfig } from '../config.ts';
import { verwijderLogboekTot } from '../logboek/opruimen.ts';
import { Routering } from '../routering/routering.ts';
import { metDatabase, metSleutels } from './gegevensbank.ts';

const regel = ({ soort, domein, aantal, tot, uitleg }: Proefregel): string =>
  [
    soort.padEnd(13),
    (domein ?? '-').padEnd(5),
    String(aantal).padStart(9),
    tot?.toISOString() ?? '-'.padEnd(24),
    uitleg,
  ].join('  ');

/** @returns the exit code */
export async function voerBewarenUit(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { proef: { type: 'boolean' }, json: { type: 'boolean' } } });
  const config = leesConfig(process.env);
  const termijnen = leesTermijnen(config);
  if (values.proef)
    return metDatabase(config, async (database) => {
      const regels = await proef(database, termijnen, new Date(), config.wlz.terugwerkendDagen);
      console.log(values.json ? JSON.stringify(regels) : regels.map(regel).join('\n'));
      return 0;
    });
  return metSleutels(config, async (database, sleutels) => {
    const routering = new Routering(database);
    const postbusVan = (code: string, nu: Date) => routering.postbusVan(code, nu);
    const ronde = await doeRonde(
      {
        database,
        sleutels,
        kluis: sleutels.kluis,
        termijnen,
        postbusVan,
        verwijderLogboekTot: (voor) => verwijderLogboekTot(database, sleutels, voor),
        terugwerkendDagen: config.wlz.terugwerkendDagen,
      },
      new Date(),
    );
    const { inhoud, aangekondigd, vervallen, metadata, maanden, dossier, wlzSignalen, wmoFeiten } = ronde;
    console.log(
      values.json
        ? JSON.stringify(ronde)
        : `Verwijderd: inhoud ${inhoud}, metadata ${metadata}, dossier ${dossier}, Wlz-signalen ${wlzSignalen}, Wmo-feiten ${wmoFeiten}, partities ${maanden.length}. Aangekondigd ${aangekondigd}, vervallen ${vervallen}.`,
    );
    return 0;
  });
}
