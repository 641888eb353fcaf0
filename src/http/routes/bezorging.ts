/** Pushing, for the parties to a message and for the operator: how it stands, and trying again at once. */
import { z } from 'zod';
import { hervat } from '../../bezorging/hervatten.ts';
import { bezorgstandVan, ontvangerstanden } from '../../bezorging/inzage.ts';
import { oorzaaksoort } from '../../bezorging/oorzaken.ts';
import { KnooppuntFout } from '../../fouten.ts';
import { eisReden } from '../../routering/wijziging.ts';
import { eisBeheerder } from '../../toegang/bevoegdheid.ts';
import { BEZORGINGEN } from '../../toestanden.ts';
import type { Omgeving } from '../omgeving.ts';
import { type Route, route } from '../route.ts';
import { BerichtPad, reden } from '../schemas.ts';
import { eigen } from '../zicht.ts';

const moment = z.string().meta({ format: 'date-time' });
const oorzaak = z
  .object({
    code: z.string().meta({ example: 'verbindingGeweigerd' }),
    klasse: z.enum(['tijdelijk', 'dubbelzinnig', 'blijvend']).nullable().meta({
      description:
        'tijdelijk: niet aangekomen; dubbelzinnig: misschien aangekomen; blijvend: iemand moet iets herstellen',
    }),
    tekst: z.string().nullable(),
  })
  .nullable();

const Bezorgstand = z
  .object({
    berichtId: z.string().meta({ format: 'uuid' }),
    bezorging: z.enum(BEZORGINGEN).nullable(),
    route: z
      .enum(['postbus', 'stuf'])
      .meta({ description: 'stuf: wordt ook bij het eindpunt van de ontvanger bezorgd' }),
    onderweg: z.boolean(),
    pogingen: z.int(),
    laatstePoging: moment.nullable(),
    oorzaak,
    volgendePoging: moment.nullable().meta({ description: 'op zijn vroegst; null: er is er geen gepland' }),
  })
  .meta({ id: 'Bezorgstand' });

const Bezorgoverzicht = z
  .object({
    organisaties: z.array(
      z.object({
        organisatie: z.string(),
        eindpunt: z.boolean().meta({ description: 'false: de route is stuf, maar er is geen adres ingesteld' }),
        gestopt: z.boolean(),
        wachtend: z.int(),
        oudste: moment.nullable(),
        onbestelbaar: z.int(),
        oorzaak,
        sinds: moment.nullable().meta({ description: 'sinds wanneer er niets aankomt' }),
        rustTot: moment.nullable(),
      }),
    ),
  })
  .meta({ id: 'Bezorgoverzicht' });

const Hervatting = z
  .object({ berichten: z.int(), onbestelbaar: z.int().meta({ description: 'hoeveel er daarvan onbestelbaar waren' }) })
  .meta({ id: 'Hervatting' });
const Hervatverzoek = z.object({ reden: reden.optional() }).meta({ id: 'Hervatverzoek' });
const OrganisatiePad = z.object({ organisatie: z.string().regex(/^([0-9]{4}|[0-9]{8}|[A-Z]{3})$/) });

const metUitleg = (code: string | null): z.infer<typeof oorzaak> => {
  if (code === null) return null;
  const soort = oorzaaksoort(code);
  return { code, klasse: soort?.klasse ?? null, tekst: soort?.tekst ?? null };
};

/** @returns the routes about pushing; the operator's are under /v1/beheer */
export const bezorgingRoutes = ({ database }: Pick<Omgeving, 'database'>): readonly Route[] => [
  route({
    methode: 'get',
    pad: '/v1/berichten/{berichtId}/bezorging',
    id: 'volgBezorging',
    samenvatting: 'Hoe de bezorging van een bericht ervoor staat',
    padSchema: BerichtPad,
    antwoord: { status: 200, schema: Bezorgstand, uitleg: 'De stand, de laatste oorzaak en de volgende poging' },
    async voer({ client, pad }) {
      await eigen({ database }, client, pad.berichtId);
      const stand = await bezorgstandVan(database, pad.berichtId);
      return { status: 200, lijf: { berichtId: pad.berichtId, ...stand, oorzaak: metUitleg(stand.oorzaak) } };
    },
  }),
  route({
    methode: 'get',
    pad: '/v1/beheer/bezorging',
    id: 'bezorgingOverzicht',
    samenvatting: 'De bezorging per ontvanger, voor de beheerder',
    antwoord: { status: 200, schema: Bezorgoverzicht, uitleg: 'Elke organisatie met een StUF-route' },
    async voer({ client }) {
      eisBeheerder(client);
      const standen = await ontvangerstanden(database);
      const organisaties = standen.map((stand) => ({ ...stand, oorzaak: metUitleg(stand.oorzaak) }));
      return { status: 200, lijf: { organisaties } };
    },
  }),
  route({
    methode: 'post',
    pad: '/v1/beheer/bezorging/{organisatie}/opnieuw',
    id: 'hervatBezorging',
    samenvatting: 'Probeer alles voor deze ontvanger meteen opnieuw, ook wat onbestelbaar was',
    padSchema: OrganisatiePad,
    inhoudSchema: Hervatverzoek,
    antwoord: { status: 200, schema: Hervatting, uitleg: 'Hoeveel berichten nu opnieuw worden aangeboden' },
    async voer({ client, pad, inhoud }) {
      eisBeheerder(client);
      if (inhoud.reden !== undefined) eisReden(inhoud.reden);
      const vraag = { organisatie: pad.organisatie, actor: client.id, reden: inhoud.reden, nu: new Date() };
      const gedaan = await hervat(database, vraag);
      if (!gedaan) throw new KnooppuntFout('nietGevonden');
      return { status: 200, lijf: gedaan };
    },
  }),
];
