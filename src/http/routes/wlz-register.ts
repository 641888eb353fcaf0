/** The Wlz register: deliveries of CIZ come in, and gemeenten ask whether somebody is in it. */
import type { Request } from 'express';
import { KnooppuntFout } from '../../fouten.ts';
import { eisBeheerder, eisWlzRegister } from '../../toegang/bevoegdheid.ts';
import { leesLeveringIn } from '../../wlz-samenloop/register/inlezen.ts';
import { type Levering, leesLevering, leesLopende, leesRegister } from '../../wlz-samenloop/register/leveringen.ts';
import type { Vorm } from '../../wlz-samenloop/register/regels/types.ts';
import { isActueel, toets } from '../../wlz-samenloop/toets/toets.ts';
import type { Omgeving } from '../omgeving.ts';
import { type Route, route } from '../route.ts';
import {
  LeveringAntwoord,
  LeveringPad,
  LeveringVraag,
  RegisterAntwoord,
  ToetsAntwoord,
  ToetsVraag,
} from '../wlz-schemas.ts';

const VORM_VAN_TYPE: Readonly<Record<string, Vorm>> = {
  'text/csv': 'ciz-dat',
  'application/x-ndjson': 'ciz-dat',
  'application/xml': 'io31',
  'application/json': 'indicatieregister',
};
const TYPEN = Object.keys(VORM_VAN_TYPE);
const MANIFEST = 'Wlz-Manifest';

function vormVan(req: Request): Vorm {
  const [type = ''] = (req.get('Content-Type') ?? '').toLowerCase().split(';');
  const vorm = VORM_VAN_TYPE[type.trim()];
  if (!vorm || req.get('Content-Encoding') !== undefined)
    throw new KnooppuntFout('inhoudstypeOnjuist', `Hier wordt ${TYPEN.join(', ')} verwacht, zonder Content-Encoding.`);
  return vorm;
}

const toonbaar = (levering: Levering, herhaling = false) => ({ ...levering, herhaling });

export const wlzRegisterRoutes = ({ config, database, sleutels, routering }: Omgeving): readonly Route[] => {
  const deur = { database, sleutels, routering, wlz: config.wlz, alleenTestBsn: config.demo };
  return [
    route({
      methode: 'post',
      pad: '/v1/wlz-registertoetsen',
      id: 'voerWlzRegistertoetsUit',
      samenvatting: 'Vraag voor één inwoner of er een indicatiebesluit voor de Wlz is; alleen voor gemeenten en de Wmo',
      inhoudSchema: ToetsVraag,
      antwoord: { status: 201, schema: ToetsAntwoord, uitleg: 'Ja of nee, en het moment van het register' },
      async voer({ client, inhoud }) {
        return { status: 201, lijf: await toets(deur, client, inhoud) };
      },
    }),
    route({
      methode: 'post',
      pad: '/v1/wlz-leveringen',
      id: 'leverWlzRegisterAan',
      samenvatting: 'Lever (een wijziging van) het Wlz-register aan; alleen voor het CIZ en de beheerder',
      vraagSchema: LeveringVraag,
      inhoudTypen: TYPEN,
      scan: 'delen',
      koppen: { [MANIFEST]: 'het manifest als JSON-object, als het niet de eerste regel van de levering is' },
      antwoord: { status: 201, schema: LeveringAntwoord, uitleg: 'De levering is het register geworden' },
      ookAntwoord: { status: 200, schema: LeveringAntwoord, uitleg: 'Deze levering was al verwerkt' },
      async voer({ client, vraag, stroom, req }) {
        eisWlzRegister(client);
        if (vraag.staToe !== undefined) {
          eisBeheerder(client);
          if (vraag.reden === undefined) throw new KnooppuntFout('invoerOngeldig', 'Bij staToe hoort een reden.');
        }
        const vorm = vormVan(req);
        if (Number(req.get('Content-Length') ?? 0) > config.wlz.maxLeveringBytes)
          throw new KnooppuntFout('wlzLeveringTeGroot');
        const { levering, herhaling } = await leesLeveringIn(deur, {
          stroom,
          vorm,
          manifest: req.get(MANIFEST),
          actor: client.id,
          toegestaan: new Set(vraag.staToe),
          reden: vraag.reden,
        });
        return { status: herhaling ? 200 : 201, lijf: toonbaar(levering, herhaling) };
      },
    }),
    route({
      methode: 'get',
      pad: '/v1/wlz-leveringen/{leveringId}',
      id: 'leesWlzLevering',
      samenvatting: 'Wat er van een levering van het Wlz-register werd; alleen voor het CIZ en de beheerder',
      padSchema: LeveringPad,
      antwoord: { status: 200, schema: LeveringAntwoord, uitleg: 'De levering, met de afgekeurde regels' },
      async voer({ client, pad }) {
        eisWlzRegister(client);
        const levering = await leesLevering(database.pool, pad.leveringId);
        if (!levering) throw new KnooppuntFout('nietGevonden');
        return { status: 200, lijf: toonbaar(levering) };
      },
    }),
    route({
      methode: 'get',
      pad: '/v1/wlz-register',
      id: 'leesWlzRegister',
      samenvatting: 'Van wanneer het Wlz-register is, en of er wordt ingelezen; alleen voor het CIZ en de beheerder',
      antwoord: { status: 200, schema: RegisterAntwoord, uitleg: 'De stand van het register' },
      async voer({ client }) {
        eisWlzRegister(client);
        const register = (await leesRegister(database.pool)) ?? null;
        const lopende = await leesLopende(database.pool);
        const lopend = lopende
          ? {
              leveringId: lopende.leveringId,
              volgnummer: lopende.volgnummer,
              gelezen: lopende.gelezen,
              aantal: lopende.aantal,
            }
          : null;
        const actueel = isActueel(register?.peilmoment, new Date(), config.wlz.registerGeldigUren);
        return { status: 200, lijf: { register, actueel, lopend } };
      },
    }),
  ];
};
