/** The shapes of the API for figures of the chain; as schemas.ts, of which this is a part. */
import { z } from 'zod';
import { THEMAS } from '../ketendata/inzicht/regels/indicator.ts';
import { RICHTINGEN, SPLITSINGEN, WEERGAVEN } from '../ketendata/inzicht/regels/vraag.ts';
import { VERGELIJKINGEN } from '../ketendata/inzicht/regels/weken.ts';
import { DOMEINEN } from '../standards/catalogus.ts';
import { dag as bestaandeDag } from '../standards/dag.ts';
import { organisatiecode, reden } from './schemas.ts';

const dag = bestaandeDag();
const gemeentecode = z
  .string()
  .regex(/^[0-9]{4}$/)
  .meta({ description: 'CBS-gemeentecode', example: '0363' });
const verbandcode = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{1,62}$/)
  .meta({ description: 'code van het samenwerkingsverband' });

export const CijferVraag = z.object({
  weergave: z.enum(WEERGAVEN).meta({ description: 'van wie de cijfers zijn' }),
  code: z
    .string()
    .max(63)
    .default('')
    .meta({ description: 'van de gemeente, de aanbieder of het samenwerkingsverband; bij landelijk geen' }),
  indicator: z
    .string()
    .max(1000)
    .optional()
    .meta({ description: 'een of meer indicatoren, met komma’s; zonder: alle die er voor deze weergave zijn' }),
  vanaf: dag.optional().meta({ description: 'een dag in de eerste week; zonder: 13 weken' }),
  tot: dag.optional().meta({ description: 'een dag in de laatste week; zonder: de laatste week die voorbij is' }),
  vergelijk: z
    .enum(VERGELIJKINGEN)
    .optional()
    .meta({ description: 'vorige: even lang, er net voor; jaar: een jaar eerder' }),
  splitsing: z.enum(SPLITSINGEN).optional(),
  domein: z.enum(DOMEINEN).optional(),
  berichtsoort: z
    .string()
    .regex(/^[A-Za-z0-9]{1,20}$/)
    .optional(),
  richting: z.enum(RICHTINGEN).optional(),
  release: z
    .string()
    .regex(/^[0-9.]{1,10}$/)
    .optional(),
  tegenpartij: organisatiecode.optional(),
  vorm: z.enum(['json', 'csv']).optional().meta({ description: 'csv; of vraag erom met Accept: text/csv' }),
});

const periode = z.object({
  vanaf: dag.meta({ description: 'een maandag' }),
  tot: dag.meta({ description: 'een zondag' }),
});
const cijfer = {
  waarde: z.number().nullable().meta({ description: 'null: er is niets geteld, of het mag niet bekend worden' }),
  teller: z.number().nullable(),
  noemer: z.number().nullable(),
};
export const Cijfers = z
  .object({
    weergave: z.enum(WEERGAVEN),
    code: z.string(),
    periode,
    vergelijking: periode.nullable(),
    cijfers: z.array(
      z.object({
        indicator: z.string(),
        deel: z.string().nullable(),
        ...cijfer,
        vergelijking: z.object(cijfer).optional(),
        onderdrukt: z
          .int()
          .optional()
          .meta({ description: 'landelijk: zoveel onderdelen zijn te klein om te tonen en tellen niet mee' }),
      }),
    ),
  })
  .meta({ id: 'Ketencijfers' });

export const Indicatoren = z
  .object({
    indicatoren: z.array(
      z.object({
        id: z.string(),
        thema: z.enum(Object.keys(THEMAS) as [keyof typeof THEMAS]),
        titel: z.string(),
        uitleg: z.string(),
        eenheid: z.string().meta({ description: 'aandeel: een deel van 1; geld: centen; tijd: milliseconden' }),
        beter: z.enum(['meer', 'minder']).nullable(),
        perCode: z.boolean(),
        landelijk: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'Ketenindicatoren' });

const verband = z.object({ code: verbandcode, naam: z.string().min(1).max(200) });
export const Verband = verband.meta({ id: 'Samenwerkingsverband' });
export const Verbanden = z.object({ samenwerkingsverbanden: z.array(verband) }).meta({ id: 'Samenwerkingsverbanden' });
export const VerbandPad = z.object({ code: verbandcode });
export const VerbandWijziging = z
  .strictObject({ naam: z.string().trim().min(1).max(200), reden })
  .meta({ id: 'SamenwerkingsverbandWijziging' });

const mandaat = z.object({
  id: z.int(),
  verband: verbandcode,
  gemeente: gemeentecode,
  vanaf: dag.meta({ description: 'weken die op of na deze dag beginnen, tellen mee' }),
  tot: dag.nullable().meta({ description: 'en die voor deze dag beginnen; null: tot het mandaat is ingetrokken' }),
  ingetrokkenOp: z.string().nullable().meta({ format: 'date-time' }),
});
export const Mandaat = mandaat.meta({ id: 'Ketendatamandaat' });
export const Mandaten = z.object({ mandaten: z.array(mandaat) }).meta({ id: 'Ketendatamandaten' });
export const MandaatVerzoek = z
  .strictObject({ verband: verbandcode, vanaf: dag, tot: dag.nullable().default(null), reden })
  .meta({ id: 'KetendatamandaatVerzoek' });
export const GemeentePad = z.object({ code: gemeentecode });
export const MandaatPad = GemeentePad.extend({
  nummer: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1),
});
