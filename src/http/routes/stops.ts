/** The stop switch per organisation: for the operator to set, and for the organisation itself to see. */
import { z } from 'zod';
import { ORGANISATIECODE } from '../../routering/kaart.ts';
import { leesStop, leesStops, type Stop, zetStop } from '../../routering/stops.ts';
import { eisBeheerder, eisPostbus } from '../../toegang/bevoegdheid.ts';
import type { Omgeving } from '../omgeving.ts';
import { type Route, route } from '../route.ts';
import { reden } from '../schemas.ts';

const stop = z.object({
  organisatie: z.string(),
  aanlevering: z.boolean().meta({ description: 'wat de organisatie aanlevert, wordt geweigerd' }),
  bezorging: z
    .boolean()
    .meta({ description: 'wat in haar postbus ligt, wordt niet verstuurd en niet uitgegeven; het blijft liggen' }),
  reden: z.string().nullable(),
  sinds: z.string().nullable().meta({ format: 'date-time' }),
});
const StopSchema = stop.meta({ id: 'Stop' });
const Stops = z.object({ stops: z.array(stop) }).meta({ id: 'Stops' });
const StopWijziging = z
  .strictObject({ aanlevering: z.boolean(), bezorging: z.boolean(), reden })
  .meta({ id: 'StopWijziging', description: 'beide false: de stop wordt opgeheven' });
const Pad = z.object({ code: z.string().regex(ORGANISATIECODE) });

const toon = (organisatie: string, gezet: Stop | undefined): z.infer<typeof StopSchema> =>
  gezet
    ? { ...gezet, sinds: gezet.sinds.toISOString() }
    : { organisatie, aanlevering: false, bezorging: false, reden: null, sinds: null };

/** @returns the routes of the stop switch */
export const stopRoutes = ({ database, routering }: Pick<Omgeving, 'database' | 'routering'>): readonly Route[] => [
  route({
    methode: 'get',
    pad: '/v1/organisaties/{code}/stop',
    id: 'leesStop',
    samenvatting: 'Wat de beheerder van een organisatie heeft stilgezet, sinds wanneer en waarom',
    padSchema: Pad,
    antwoord: { status: 200, schema: StopSchema, uitleg: 'De stop; zonder reden als er niets is stilgezet' },
    async voer({ client, pad }) {
      // Whoever acts for it in any domein is stopped with it.
      if (!client.beheerder) eisPostbus(client, pad.code);
      return { status: 200, lijf: toon(pad.code, await leesStop(database.pool, pad.code)) };
    },
  }),
  route({
    methode: 'get',
    pad: '/v1/beheer/stops',
    id: 'leesStops',
    samenvatting: 'Alle organisaties waarvan iets is stilgezet',
    antwoord: { status: 200, schema: Stops, uitleg: 'De stops, de langste eerst' },
    async voer({ client }) {
      eisBeheerder(client);
      const gezet = await leesStops(database.pool);
      return { status: 200, lijf: { stops: gezet.map((rij) => toon(rij.organisatie, rij)) } };
    },
  }),
  route({
    methode: 'put',
    pad: '/v1/beheer/organisaties/{code}/stop',
    id: 'zetStop',
    samenvatting:
      'Zet het aanleveren door of het bezorgen aan een organisatie stil, of hef dat op; niets gaat verloren',
    padSchema: Pad,
    inhoudSchema: StopWijziging,
    antwoord: { status: 200, schema: StopSchema, uitleg: 'De stop zoals ze nu is; geldt binnen 5 seconden' },
    async voer({ client, pad, inhoud: { reden: waarom, ...keuze } }) {
      eisBeheerder(client);
      const gezet = await zetStop(database, { actor: client.id, reden: waarom }, pad.code, keuze);
      // The change stands; should reading it fail now, it is read again within seconds.
      await routering.ververs().catch(() => undefined);
      return { status: 200, lijf: toon(pad.code, gezet) };
    },
  }),
];
