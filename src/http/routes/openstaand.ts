/** Answers that are due: to give, and to get. */
import { z } from 'zod';
import { laadKalender } from '../../koppeling/feestdagen.ts';
import { RICHTINGEN, zoekOpenstaand } from '../../koppeling/openstaand.ts';
import { TERMIJNSOORTEN, type Termijnsoort } from '../../koppeling/termijnen.ts';
import { BERICHTSOORTEN, DOMEINEN } from '../../standards/catalogus.ts';
import type { Omgeving } from '../omgeving.ts';
import { leesCursor, schrijfCursor } from '../openstaandcursor.ts';
import { type Route, route } from '../route.ts';
import { organisatiecode } from '../schemas.ts';
import { belangen } from '../zicht.ts';

const heensoort = z.enum(BERICHTSOORTEN.flatMap(({ code, aard }) => (aard === 'heen' ? [code] : [])) as [string]);
const moment = z.string().meta({ format: 'date-time' });
const domein = z.enum(DOMEINEN);

const OpenstaandVraag = z.object({
  richting: z
    .enum(RICHTINGEN)
    .default('te-geven')
    .meta({ description: 'te-geven: u moet antwoorden; te-krijgen: u wacht op een antwoord' }),
  overschreden: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: 'true: alleen wat te laat is; false: alleen wat nog op tijd kan' }),
  organisatie: organisatiecode.optional(),
  tegenpartij: organisatiecode.optional(),
  domein: domein.optional(),
  berichtsoort: heensoort.optional().meta({ description: 'soort van het heenbericht' }),
  aantal: z.coerce.number().int().min(1).max(100).default(25),
  na: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,200}$/)
    .optional()
    .meta({ description: 'cursor: de waarde van `volgende`' }),
});

const Openstaand = z
  .object({
    openstaand: z.array(
      z.object({
        heenbericht: z.object({
          berichtId: z.uuid(),
          berichtsoort: heensoort,
          domein,
          release: z.string(),
          afzender: z.string(),
          ontvanger: z.string(),
          referentienummer: z.uuid(),
          identificatie: z.string().nullable(),
          ontvangenOp: moment,
          bezorgdOp: moment.meta({ description: 'dag 0 van de termijn' }),
        }),
        termijn: z.enum(TERMIJNSOORTEN as [Termijnsoort]),
        antwoorden: z.array(z.string()).meta({ description: 'één van deze berichtsoorten wordt verwacht' }),
        door: z.string().meta({ description: 'wie het antwoord moet geven' }),
        uiterlijk: z.iso.date().meta({ description: 'laatste dag waarop het antwoord op tijd is' }),
        werkdagenOver: z
          .int()
          .meta({ description: '0: vandaag is de laatste dag; negatief: zoveel werkdagen te laat' }),
      }),
    ),
    volgende: z.string().nullable(),
  })
  .meta({ id: 'Openstaand' });

export function openstaandRoutes({ database }: Omgeving): readonly Route[] {
  // Loaded now, so that no request waits for it.
  const kalender = laadKalender();
  return [
    route({
      methode: 'get',
      pad: '/v1/openstaand',
      id: 'zoekOpenstaand',
      samenvatting: 'Welke antwoorden nog gegeven of ontvangen moeten worden, en wanneer; oudste eerst',
      vraagSchema: OpenstaandVraag,
      antwoord: { status: 200, schema: Openstaand, uitleg: 'Een pagina heenberichten waarop nog geen antwoord is' },
      async voer({ client, vraag }) {
        const zoek = {
          ...vraag,
          voor: belangen(client, vraag.organisatie, vraag.domein),
          overschreden: vraag.overschreden === undefined ? undefined : vraag.overschreden === 'true',
          na: leesCursor(vraag.na),
        };
        const { openstaand, volgende } = await zoekOpenstaand(database, zoek, await kalender, new Date());
        return { status: 200, lijf: { openstaand, volgende: volgende && schrijfCursor(volgende) } };
      },
    }),
  ];
}
