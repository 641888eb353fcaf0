/** What an organisation brings along: what was running before the switch came, and the tariffs that it agreed. */
import type { Request } from 'express';
import { z } from 'zod';
import { KnooppuntFout } from '../../fouten.ts';
import type { Domein } from '../../standards/catalogus.ts';
import type { Csvfout } from '../../standards/codelijsten/csv.ts';
import { dag as bestaandeDag } from '../../standards/dag.ts';
import { eisBevoegd } from '../../toegang/bevoegdheid.ts';
import { geheel } from '../lichaam.ts';
import type { Omgeving } from '../omgeving.ts';
import { type Route, route } from '../route.ts';
import { InstellingPad } from '../schemas.ts';

/** What a client may call these files. */
const CSV = ['text/csv'];
const ZIP = ['application/zip', 'application/x-zip-compressed'];
/** An import may be as large as so many messages; a larger one goes by the command line, or in parts. */
const MAX_BERICHTEN = 4;
/** More than these help nobody; the rest is counted. */
const MAX_FOUTEN = 20;
const MAX_TARIEVEN_BYTES = 8 * 1024 * 1024;

const dag = bestaandeDag();
const InvoerVraag = z.object({
  peildatum: dag.meta({ description: 'de dag waarvan het bestand zegt wat er liep' }),
  volledig: z
    .enum(['true', 'false'])
    .default('false')
    .transform((tekst) => tekst === 'true')
    .meta({ description: 'is dit alles wat er op de peildatum liep?' }),
});
const Invoerverslag = z
  .object({
    soort: z.enum(['berichten', 'regels']),
    aantallen: z.object({
      genomen: z.int(),
      bekend: z.int().meta({ description: 'waren er al' }),
      vervallen: z.int().meta({ description: 'door hun ontvanger afgekeurd' }),
      los: z.int().meta({ description: 'antwoorden op een bericht dat er niet is' }),
    }),
    aantalGeweigerd: z.int(),
    geweigerd: z
      .array(z.object({ bestand: z.string().nullable(), regel: z.int().nullable(), reden: z.string() }))
      .meta({ description: 'de eerste duizend' }),
    volledig: z.boolean(),
    dossierVolledigVanaf: dag.nullable(),
  })
  .meta({ id: 'Invoerverslag' });
const Tarieflijst = z.object({ regels: z.int() }).meta({ id: 'Tarieflijst' });

/** @throws KnooppuntFout inhoudstypeOnjuist or zipTeGroot, before a byte of the body was read */
function eisType(req: Request, typen: readonly string[], maxBytes: number): void {
  const type = (req.get('Content-Type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (!typen.includes(type) || req.get('Content-Encoding') !== undefined)
    throw new KnooppuntFout('inhoudstypeOnjuist', `Stuur ${typen[0]}, zonder Content-Encoding.`);
  if (Number(req.get('Content-Length') ?? 0) > maxBytes) throw new KnooppuntFout('invoerTeGroot');
}

async function leesLijf(stroom: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Buffer> {
  try {
    return await geheel(stroom, maxBytes);
  } catch (fout) {
    if (fout instanceof KnooppuntFout && fout.soort === 'berichtTeGroot') throw new KnooppuntFout('invoerTeGroot');
    throw fout;
  }
}

/** Faults of a list in one text. */
function opsomming(fouten: readonly Csvfout[]): string {
  const regels = fouten.slice(0, MAX_FOUTEN).map(({ regel, melding }) => `Regel ${regel}: ${melding}`);
  return [...regels, ...(fouten.length > MAX_FOUTEN ? [`En nog ${fouten.length - MAX_FOUTEN} andere.`] : [])].join(' ');
}

type Nodig = Pick<Omgeving, 'config' | 'routering' | 'invoerder'>;

export function dossierRoutes({ config, routering, invoerder }: Nodig): readonly Route[] {
  const maxBytes = MAX_BERICHTEN * config.maxBerichtBytes;
  const eisBekend = async (code: string): Promise<void> => {
    if (!(await routering.bestaat(code))) throw new KnooppuntFout('nietGevonden');
  };
  return [
    route({
      methode: 'post',
      pad: '/v1/organisaties/{code}/dossiers/{domein}/invoer',
      id: 'voerDossierIn',
      samenvatting: 'Voer in wat er liep voordat het knooppunt kwam: eerdere berichten in een ZIP, of een CSV',
      padSchema: InstellingPad,
      vraagSchema: InvoerVraag,
      inhoudTypen: [...ZIP.slice(0, 1), ...CSV],
      antwoord: { status: 200, schema: Invoerverslag, uitleg: 'Wat er met elk bericht of elke regel gebeurde' },
      async voer({ client, pad, vraag: { peildatum, volledig }, stroom, req }) {
        const domein = pad.domein as Domein;
        eisBevoegd(client, 'dossier invoeren', pad.code, domein);
        await eisBekend(pad.code);
        eisType(req, [...ZIP, ...CSV], maxBytes);
        const opdracht = { organisatie: pad.code, domein, peildatum, volledig, actor: client.id };
        const lijf = await invoerder.alleen(async () => invoerder.dossier(opdracht, await leesLijf(stroom, maxBytes)));
        return { status: 200, lijf };
      },
    }),
    route({
      methode: 'put',
      pad: '/v1/organisaties/{code}/tarieven/{domein}',
      id: 'vervangTarieven',
      samenvatting: 'Vervang de tarievenlijst van een gemeente, alles of niets',
      padSchema: InstellingPad,
      inhoudTypen: CSV,
      antwoord: {
        status: 200,
        schema: Tarieflijst,
        uitleg: 'Het aantal regels; geldt vanaf het eerstvolgende bericht',
      },
      async voer({ client, pad, stroom, req }) {
        const domein = pad.domein as Domein;
        eisBevoegd(client, 'dossier invoeren', pad.code, domein);
        await eisBekend(pad.code);
        eisType(req, CSV, MAX_TARIEVEN_BYTES);
        const opdracht = { gemeente: pad.code, domein, actor: client.id };
        const { lijst, fouten } = await invoerder.alleen(async () =>
          invoerder.tarieven(opdracht, await leesLijf(stroom, MAX_TARIEVEN_BYTES)),
        );
        if (fouten) throw new KnooppuntFout('invoerOngeldig', opsomming(fouten));
        return { status: 200, lijf: { regels: lijst } };
      },
    }),
  ];
}
