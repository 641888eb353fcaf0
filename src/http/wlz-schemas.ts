/** The shapes of the Wlz register and its toets. */
import { z } from 'zod';
import { LEVERINGSTOESTANDEN } from '../wlz-samenloop/register/leveringen.ts';
import { TOE_TE_STAAN } from '../wlz-samenloop/register/regels/toelating.ts';
import { AFKEURREDENEN, LEVERINGSOORTEN, VORMEN } from '../wlz-samenloop/register/regels/types.ts';
import { DOELCODES, type Doel } from '../wlz-samenloop/toets/doelen.ts';

const uuid = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  .meta({ format: 'uuid' });
const moment = z.string().meta({ format: 'date-time' });
const telling = z.record(z.string(), z.int());

export const ToetsVraag = z
  .strictObject({
    bsn: z.string().regex(/^[0-9]{9}$/),
    doel: z
      .enum(DOELCODES as readonly [Doel, ...Doel[]])
      .meta({ description: 'artikel van de Wmo 2015 waarvoor het antwoord nodig is (artikel 5.2.5 lid 3)' }),
    peildatum: z.iso.date().optional().meta({ description: 'de dag die telt; vandaag als deze ontbreekt' }),
    kenmerk: z
      .string()
      .regex(/^[\x20-\x7e]{1,100}$/)
      .optional()
      .meta({ description: 'eigen kenmerk van de gemeente; wordt alleen als hash bewaard' }),
    gemeente: z
      .string()
      .regex(/^[0-9]{4}$/)
      .optional()
      .meta({ description: 'namens wie; alleen nodig als u meer gemeenten vertegenwoordigt' }),
  })
  .meta({ id: 'WlzToetsVraag' });

export const ToetsAntwoord = z
  .object({
    toetsId: uuid,
    wlzIndicatie: z.boolean().meta({ description: 'is er op de peildatum een indicatiebesluit voor de Wlz' }),
    registerPeilmoment: moment.meta({ description: 'het register zoals het op dit moment was' }),
  })
  .meta({ id: 'WlzToetsAntwoord' });

export const LeveringVraag = z.object({
  staToe: z
    .string()
    .transform((lijst) => lijst.split(','))
    .pipe(z.array(z.enum(TOE_TE_STAAN)))
    .optional()
    .meta({ description: 'alleen voor de beheerder: gat, krimp, afgekeurd' }),
  reden: z.string().min(1).max(200).optional(),
});
export const LeveringPad = z.object({ leveringId: uuid });

export const LeveringAntwoord = z
  .object({
    leveringId: uuid,
    vorm: z.enum(VORMEN),
    soort: z.enum(LEVERINGSOORTEN),
    volgnummer: z.int(),
    vorigVolgnummer: z.int().nullable(),
    peilmoment: moment,
    toestand: z.enum(LEVERINGSTOESTANDEN),
    reden: z.string().nullable(),
    begonnenOp: moment,
    geeindigdOp: moment.nullable(),
    aantal: z.int().meta({ description: 'regels volgens het manifest' }),
    gelezen: z.int(),
    tellers: z.object({ afgekeurd: telling, geenRecht: telling, opgemerkt: telling }).partial(),
    afkeuringen: z.array(
      z.object({ regel: z.int(), reden: z.enum(Object.keys(AFKEURREDENEN) as [string, ...string[]]) }),
    ),
    toegevoegd: z.int().nullable(),
    gewijzigd: z.int().nullable(),
    verwijderd: z.int().nullable(),
    herhaling: z.boolean().meta({ description: 'deze levering was al verwerkt; er is nu niets gedaan' }),
  })
  .meta({ id: 'WlzLevering' });

export const RegisterAntwoord = z
  .object({
    register: z
      .object({ leveringId: uuid, volgnummer: z.int(), peilmoment: moment, aantal: z.int(), bijgewerktOp: moment })
      .nullable(),
    actueel: z.boolean().meta({ description: 'jong genoeg om een registertoets te beantwoorden' }),
    lopend: z.object({ leveringId: uuid, volgnummer: z.int(), gelezen: z.int(), aantal: z.int() }).nullable(),
  })
  .meta({ id: 'WlzRegister' });
