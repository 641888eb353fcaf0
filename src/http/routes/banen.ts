/** How the lanes and the parts of the switch stand, for the operator. */
import { z } from 'zod';
import { bladerBanen } from '../../bewaking/banen.ts';
import { cursorVan, leesCursor } from '../../bewaking/cursor.ts';
import { isTeLaat, TAKEN } from '../../bewaking/taken.ts';
import { DOMEINEN } from '../../standards/catalogus.ts';
import { eisBeheerder } from '../../toegang/bevoegdheid.ts';
import type { Omgeving } from '../omgeving.ts';
import { type Route, route } from '../route.ts';

const moment = z.string().meta({ format: 'date-time' });
const baan = z.object({
  baanId: z.int(),
  gemeente: z.string(),
  aanbieder: z.string(),
  domein: z.enum(DOMEINEN),
  wachtend: z.int().meta({ description: 'berichten die op verwerking wachten, geteld tot 1000' }),
  oudste: moment.meta({ description: 'wanneer het eerste daarvan is ontvangen' }),
  eerste: z.object({ berichtId: z.string().meta({ format: 'uuid' }), berichtsoort: z.string(), afzender: z.string() }),
  bezig: z.boolean().meta({ description: 'een verwerker heeft de baan nu' }),
  storing: z
    .object({
      sinds: moment,
      pogingen: z.int(),
      oorzaak: z.string().meta({ description: 'soort en code van de fout, nooit haar tekst' }),
      volgendePoging: moment,
    })
    .nullable(),
});
const Banen = z.object({ banen: z.array(baan), volgende: z.string().nullable() }).meta({ id: 'Banen' });
const BanenVraag = z.object({
  aantal: z.coerce.number().int().min(1).max(500).default(50),
  storing: z.enum(['true', 'false']).default('false').meta({ description: 'true: alleen banen in storing' }),
  na: z
    .string()
    .refine((tekst) => leesCursor(tekst) !== undefined)
    .optional(),
});

const bereik = z.enum(['ok', 'niet bereikbaar']);
const Stand = z
  .object({
    postgres: bereik,
    redis: bereik,
    vrijgegeven: z.boolean().nullable().meta({ description: 'false: hersteld of een kopie; er wordt niets verstuurd' }),
    banen: z.object({ metWerk: z.int(), wachtend: z.int(), inStoring: z.int(), oudste: moment.nullable() }).nullable(),
    processen: z.array(z.object({ rol: z.string(), aantal: z.int(), lusVertragingMs: z.number() })),
    taken: z.array(
      z.object({
        taak: z.string(),
        wat: z.string(),
        geluktOp: moment.nullable(),
        misluktOp: moment.nullable(),
        teLaat: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'Stand' });

const woord = (goed: boolean): z.infer<typeof bereik> => (goed ? 'ok' : 'niet bereikbaar');

/** @returns the routes of the operator who watches */
export const banenRoutes = ({ database, bewaking }: Pick<Omgeving, 'database' | 'bewaking'>): readonly Route[] => [
  route({
    methode: 'get',
    pad: '/v1/banen',
    id: 'leesBanen',
    samenvatting: 'De banen met berichten die op verwerking wachten, voor de beheerder; die het langst wacht eerst',
    vraagSchema: BanenVraag,
    antwoord: { status: 200, schema: Banen, uitleg: 'Een pagina van de lijst' },
    async voer({ client, vraag }) {
      eisBeheerder(client);
      const na = vraag.na === undefined ? undefined : leesCursor(vraag.na);
      const banen = await bladerBanen(database, { aantal: vraag.aantal, storing: vraag.storing === 'true', na });
      const laatste = banen.length === vraag.aantal ? banen.at(-1) : undefined;
      return { status: 200, lijf: { banen, volgende: laatste ? cursorVan(laatste) : null } };
    },
  }),
  route({
    methode: 'get',
    pad: '/v1/beheer/stand',
    id: 'leesStand',
    samenvatting: 'Hoe de onderdelen van het knooppunt ervoor staan, voor de beheerder',
    antwoord: { status: 200, schema: Stand, uitleg: 'De stand, hoogstens enkele seconden oud' },
    async voer({ client }) {
      eisBeheerder(client);
      const [stand, redis] = await Promise.all([bewaking.stand(), bewaking.redis()]);
      const lijf: z.infer<typeof Stand> = {
        postgres: woord(stand !== undefined),
        redis: woord(redis !== undefined),
        vrijgegeven: stand?.vrijgegeven ?? null,
        banen: stand
          ? {
              metWerk: stand.banen.banen,
              wachtend: stand.banen.wachtend,
              inStoring: stand.banen.inStoring,
              oudste: stand.banen.oudste?.toISOString() ?? null,
            }
          : null,
        processen: (stand?.processen ?? []).map(({ rol, processen, lus }) => ({
          rol,
          aantal: processen,
          lusVertragingMs: Math.round(lus * 1000),
        })),
        taken: (stand?.taken ?? []).map((rij) => ({
          taak: rij.taak,
          wat: TAKEN[rij.taak].wat,
          geluktOp: rij.geluktOp?.toISOString() ?? null,
          misluktOp: rij.misluktOp?.toISOString() ?? null,
          teLaat: isTeLaat(rij, new Date()),
        })),
      };
      return { status: 200, lijf };
    },
  }),
];
