/** The shapes of the Wmo side, the signals and their settings. */
import { z } from 'zod';
import { ADVIESKLASSEN, SIGNAALTYPEN } from '../wlz-samenloop/signalen/regels/types.ts';
import { UITKOMSTEN, WORKFLOWSTANDEN } from '../wlz-samenloop/signalen/regels/workflow.ts';
import { AFWIJZINGEN, WMO_STATUSSEN } from '../wlz-samenloop/wmo/regels/types.ts';
import { reden as waarom } from './schemas.ts';

const uuid = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  .meta({ format: 'uuid' });
const moment = z.string().meta({ format: 'date-time' });
const gemeentecode = z
  .string()
  .regex(/^[0-9]{4}$/)
  .meta({ description: 'CBS-gemeentecode', example: '0363' });
const periode = z.object({
  vanaf: z.iso.date(),
  totEnMet: z.iso.date().nullable().meta({ description: 'null: geen einde' }),
});

export const GemeentePad = z.object({ code: gemeentecode });
export const SignaalPad = z.object({ signaalId: uuid });

export const SignaalVraag = z.object({
  gemeente: gemeentecode
    .optional()
    .meta({ description: 'alleen van deze gemeente; zonder: van alle die u vertegenwoordigt' }),
  workflow: z.enum(WORKFLOWSTANDEN).optional(),
  type: z.enum(SIGNAALTYPEN).optional(),
  gewijzigdVanaf: z.iso.datetime({ offset: true }).optional(),
  aantal: z.coerce.number().int().min(1).max(100).default(25),
  na: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,200}$/)
    .optional()
    .meta({ description: 'cursor: de waarde van `volgende`' }),
});

const signaal = z.object({
  signaalId: uuid,
  type: z.enum(SIGNAALTYPEN),
  gemeentecode,
  bsn: z.string(),
  voorzieningId: z
    .string()
    .meta({ description: 'leeg als de gemeente er geen gaf; van een toewijzing: aanbieder/ToewijzingNummer' }),
  status: z.enum(WMO_STATUSSEN),
  productcategorie: z.string().nullable(),
  productcode: z.string().nullable(),
  agbAanbieder: z.string().nullable(),
  overlap: periode.meta({ description: 'de dagen waarop Wmo en Wlz samenlopen, beide einden inbegrepen' }),
  indicatie: periode
    .optional()
    .meta({ description: 'de dagen van het indicatiebesluit; alleen als dat voor deze gemeente is ingesteld' }),
  advies: z.object({ klasse: z.enum(ADVIESKLASSEN), tekst: z.string() }),
  registerPeilmoment: moment,
  workflow: z.enum(WORKFLOWSTANDEN),
  uitkomst: z.enum(UITKOMSTEN).nullable(),
  aangemaaktOp: moment,
  gewijzigdOp: moment,
});
export const SignalenAntwoord = z
  .object({ signalen: z.array(signaal), volgende: z.string().nullable() })
  .meta({ id: 'WlzSignalen' });
export const SignaalAntwoord = signaal
  .extend({
    stappen: z.array(
      z.object({
        tijdstip: moment,
        stap: z.string(),
        workflow: z.enum(WORKFLOWSTANDEN),
        uitkomst: z.enum(UITKOMSTEN).nullable(),
        door: z.string(),
        reden: z.string().nullable(),
        behandelaar: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'WlzSignaal' });

const regeltekst = (max: number) => z.string().regex(new RegExp(`^\\P{C}{1,${max}}$`, 'u'));
export const SignaalStap = z
  .discriminatedUnion('naar', [
    z.strictObject({
      naar: z.literal('in_behandeling'),
      reden: regeltekst(500).optional(),
      behandelaar: regeltekst(100).optional(),
    }),
    z.strictObject({
      naar: z.literal('afgehandeld'),
      uitkomst: z.enum(['gestopt', 'terecht_samen', 'onjuist']),
      reden: regeltekst(500),
      behandelaar: regeltekst(100).optional(),
    }),
  ])
  .meta({ id: 'WlzSignaalStap' });

export const WlzInstelling = z
  .strictObject({
    dossierAlsBron: z
      .boolean()
      .meta({ description: 'toewijzingen (301) en stopberichten (307) tellen mee als Wmo-kant' }),
    herinneringNaDagen: z.int().min(1).max(365).nullable(),
    indicatieTonen: z.boolean().meta({ description: 'alleen de beheerder wijzigt dit' }),
  })
  .meta({ id: 'WlzInstelling' });
export const WlzInstellingWijziging = WlzInstelling.partial().extend({ reden: waarom.optional() });

export const LeveringVraag = z.object({
  leeg: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: 'true: een levering zonder voorzieningen is bedoeld' }),
});
const reden = z.enum(Object.keys(AFWIJZINGEN) as [string, ...string[]]);
const levering = {
  leveringId: uuid,
  aangenomen: z.int(),
  afgewezen: z.int(),
  redenen: z.record(z.string(), z.int()),
  afwijzingen: z
    .array(z.object({ regel: z.int(), reden, melding: z.string() }))
    .meta({ description: 'de eerste; regel van het bestand, of nummer van het object' }),
};
export const LeveringAntwoord = z.object(levering).meta({ id: 'WmoLevering' });
export const LeveringenAntwoord = z
  .object({
    leveringen: z.array(
      z.object({
        ...levering,
        toestand: z.enum(['laden', 'actueel', 'vervangen', 'geweigerd']),
        begonnenOp: moment,
        geeindigdOp: moment.nullable(),
      }),
    ),
  })
  .meta({ id: 'WmoLeveringen' });
