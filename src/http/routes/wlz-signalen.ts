/** The Wmo side of a gemeente, its signals, and how it wants them. */
import type { Request } from 'express';
import { KnooppuntFout } from '../../fouten.ts';
import { eisReden } from '../../routering/wijziging.ts';
import { eisBeheerder } from '../../toegang/bevoegdheid.ts';
import type { Client } from '../../toegang/clients.ts';
import { leesWlzinstelling, wijzigWlzinstelling } from '../../wlz-samenloop/instelling.ts';
import { behandelSignaal } from '../../wlz-samenloop/signalen/behandelen.ts';
import { leesCursor, schrijfCursor } from '../../wlz-samenloop/signalen/cursor.ts';
import { eigenGemeenten } from '../../wlz-samenloop/signalen/gemeenten.ts';
import { leesSignaal, leesSignalen } from '../../wlz-samenloop/signalen/lezen.ts';
import { type Levering, leesLeveringen, leverVoorzieningen } from '../../wlz-samenloop/wmo/levering.ts';
import type { Leveringsvorm } from '../../wlz-samenloop/wmo/stroom.ts';
import type { Omgeving } from '../omgeving.ts';
import { type Route, route } from '../route.ts';
import {
  GemeentePad,
  LeveringAntwoord,
  LeveringenAntwoord,
  LeveringVraag,
  SignaalAntwoord,
  SignaalPad,
  SignaalStap,
  SignaalVraag,
  SignalenAntwoord,
  WlzInstelling,
  WlzInstellingWijziging,
} from '../wlz-signaal-schemas.ts';

const VORM_VAN_TYPE: Readonly<Record<string, Leveringsvorm>> = {
  'text/csv': 'csv',
  'application/json': 'json',
  'application/x-ndjson': 'json',
};
/** So many deliveries are shown. */
const GETOOND = 10;

function vormVan(req: Request): Leveringsvorm {
  const [type = '', ...parameters] = (req.get('Content-Type') ?? '').toLowerCase().split(';');
  const vorm = VORM_VAN_TYPE[type.trim()];
  const anders = parameters.some((deel) => /charset/.test(deel) && !/charset\s*=\s*"?utf-8"?\s*$/.test(deel));
  if (!vorm || anders || req.get('Content-Encoding') !== undefined)
    throw new KnooppuntFout(
      'inhoudstypeOnjuist',
      'Stuur text/csv of application/json, in UTF-8, zonder Content-Encoding.',
    );
  return vorm;
}

/** @throws KnooppuntFout at the first byte too many */
async function* begrensd(stroom: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const stuk of stroom) {
    bytes += stuk.length;
    if (bytes > maxBytes) throw new KnooppuntFout('wmoLeveringTeGroot');
    yield stuk;
  }
}

function signaalRoutes({ database, sleutels, routering }: Omgeving): readonly Route[] {
  const gemeentenVan = async (client: Client, gevraagd?: string): Promise<readonly string[]> =>
    eigenGemeenten(client, await routering.feiten(), gevraagd);
  const toon = async (client: Client, signaalId: string) => {
    const signaal = await leesSignaal(database, sleutels, client.id, signaalId, await gemeentenVan(client));
    if (!signaal) throw new KnooppuntFout('nietGevonden');
    return { status: 200, lijf: signaal };
  };
  return [
    route({
      methode: 'get',
      pad: '/v1/wlz-signalen',
      id: 'leesWlzSignalen',
      samenvatting: 'De Wlz-signalen van de eigen gemeente, nieuwste eerst; elke inzage komt in het logboek',
      vraagSchema: SignaalVraag,
      antwoord: { status: 200, schema: SignalenAntwoord, uitleg: 'Een pagina signalen' },
      async voer({ client, vraag, req }) {
        if ('bsn' in req.query) throw new KnooppuntFout('invoerOngeldig', 'Een BSN hoort niet in een adres.');
        const { signalen, volgende } = await leesSignalen(database, sleutels, client.id, {
          gemeenten: await gemeentenVan(client, vraag.gemeente),
          workflow: vraag.workflow,
          type: vraag.type,
          gewijzigdVanaf: vraag.gewijzigdVanaf === undefined ? undefined : new Date(vraag.gewijzigdVanaf),
          na: leesCursor(vraag.na),
          aantal: vraag.aantal,
        });
        return { status: 200, lijf: { signalen, volgende: volgende && schrijfCursor(volgende) } };
      },
    }),
    route({
      methode: 'get',
      pad: '/v1/wlz-signalen/{signaalId}',
      id: 'leesWlzSignaal',
      samenvatting: 'Een Wlz-signaal van de eigen gemeente, met alles wat ermee gebeurde',
      padSchema: SignaalPad,
      antwoord: { status: 200, schema: SignaalAntwoord, uitleg: 'Het signaal' },
      voer: ({ client, pad }) => toon(client, pad.signaalId),
    }),
    route({
      methode: 'post',
      pad: '/v1/wlz-signalen/{signaalId}/stappen',
      id: 'behandelWlzSignaal',
      samenvatting: 'Neem een signaal in behandeling, of handel het af: gestopt, terecht samen of onjuist',
      padSchema: SignaalPad,
      inhoudSchema: SignaalStap,
      antwoord: { status: 200, schema: SignaalAntwoord, uitleg: 'Het signaal zoals het nu is' },
      async voer({ client, pad, inhoud }) {
        await behandelSignaal(database, sleutels, client.id, pad.signaalId, await gemeentenVan(client), {
          naar: inhoud.naar,
          uitkomst: inhoud.naar === 'afgehandeld' ? inhoud.uitkomst : undefined,
          reden: inhoud.reden ?? null,
          behandelaar: inhoud.behandelaar ?? null,
        });
        return toon(client, pad.signaalId);
      },
    }),
  ];
}

/** It stands in the address. */
const zonderGemeente = ({ gemeente: _, ...levering }: Levering) => levering;

function voorzieningRoutes({ config, database, sleutels, routering }: Omgeving): readonly Route[] {
  const pad = '/v1/organisaties/{code}/wmo-voorzieningen';
  return [
    route({
      methode: 'put',
      pad,
      id: 'leverWmoVoorzieningen',
      samenvatting: 'Lever alle Wmo-voorzieningen van de gemeente aan; de vorige levering vervalt in één keer',
      padSchema: GemeentePad,
      vraagSchema: LeveringVraag,
      inhoudTypen: Object.keys(VORM_VAN_TYPE),
      antwoord: { status: 200, schema: LeveringAntwoord, uitleg: 'De levering geldt; met wat er niet in is opgenomen' },
      async voer({ client, pad: { code }, vraag, stroom, req }) {
        eigenGemeenten(client, await routering.feiten(), code);
        const vorm = vormVan(req);
        if (Number(req.get('Content-Length') ?? 0) > config.maxBerichtBytes)
          throw new KnooppuntFout('wmoLeveringTeGroot');
        const lijf = await leverVoorzieningen(
          { database, sleutels, routering, alleenTestBsn: config.demo },
          {
            gemeente: code,
            actor: client.id,
            vorm,
            inhoud: begrensd(stroom, config.maxBerichtBytes),
            leeg: vraag.leeg === 'true',
          },
        );
        return { status: 200, lijf };
      },
    }),
    route({
      methode: 'get',
      pad,
      id: 'leesWmoLeveringen',
      samenvatting: 'De laatste leveringen van Wmo-voorzieningen van de gemeente',
      padSchema: GemeentePad,
      antwoord: { status: 200, schema: LeveringenAntwoord, uitleg: 'Nieuwste eerst' },
      async voer({ client, pad: { code } }) {
        eigenGemeenten(client, await routering.feiten(), code);
        return {
          status: 200,
          lijf: { leveringen: (await leesLeveringen(database, code, GETOOND)).map(zonderGemeente) },
        };
      },
    }),
  ];
}

function instellingRoutes({ database, routering }: Omgeving): readonly Route[] {
  const pad = '/v1/organisaties/{code}/wlz-instelling';
  /** @throws KnooppuntFout when the client is neither the gemeente nor the operator, or there is no such gemeente */
  const eis = async (client: Client, code: string): Promise<void> => {
    const feiten = await routering.feiten();
    if (!client.beheerder) eigenGemeenten(client, feiten, code);
    else if (feiten.organisaties.get(code)?.soort !== 'gemeente') throw new KnooppuntFout('nietGevonden');
  };
  return [
    route({
      methode: 'get',
      pad,
      id: 'leesWlzInstelling',
      samenvatting: 'Wat de gemeente over haar Wlz-signalen heeft gekozen',
      padSchema: GemeentePad,
      antwoord: {
        status: 200,
        schema: WlzInstelling,
        uitleg: 'De instelling; de standaardwaarden als er niets gekozen is',
      },
      async voer({ client, pad: { code } }) {
        await eis(client, code);
        return { status: 200, lijf: await leesWlzinstelling(database.pool, code) };
      },
    }),
    route({
      methode: 'put',
      pad,
      id: 'wijzigWlzInstelling',
      samenvatting: 'Wijzig de instelling; wat u weglaat blijft zoals het is',
      padSchema: GemeentePad,
      inhoudSchema: WlzInstellingWijziging,
      antwoord: { status: 200, schema: WlzInstelling, uitleg: 'De instelling zoals ze nu is' },
      async voer({ client, pad: { code }, inhoud: { reden, ...inhoud } }) {
        await eis(client, code);
        if (reden !== undefined) eisReden(reden);
        // Whether the dates of a besluit may be shown is not for who wants to see them to decide.
        if (inhoud.indicatieTonen !== undefined) eisBeheerder(client);
        const gekozen = Object.fromEntries(Object.entries(inhoud).filter(([, waarde]) => waarde !== undefined));
        return { status: 200, lijf: await wijzigWlzinstelling(database, { actor: client.id, reden }, code, gekozen) };
      },
    }),
  ];
}

export const wlzSignaalRoutes = (omgeving: Omgeving): readonly Route[] => [
  ...signaalRoutes(omgeving),
  ...voorzieningRoutes(omgeving),
  ...instellingRoutes(omgeving),
];
