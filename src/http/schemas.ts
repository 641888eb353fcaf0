/** The shapes of the REST API: they check what comes in, and the OpenAPI document is made from them. */
import { z } from 'zod';
import { isDomein } from '../routering/instellingen.ts';
import { BERICHTSOORTEN, DOMEINEN } from '../standards/catalogus.ts';
import { dag } from '../standards/dag.ts';
import { FOUTLIJSTEN } from '../standards/foutcodes/lijsten.ts';
import { BEZORGINGEN, TOESTANDEN, VERVALMELDING } from '../toestanden.ts';
import { SIGNAALSOORT } from '../wlz-samenloop/signalen/regels/types.ts';

const SOORTEN = [...BERICHTSOORTEN.map(({ code }) => code), 'Fo01', SIGNAALSOORT, VERVALMELDING] as const;

export const organisatiecode = z
  .string()
  .regex(/^([0-9]{4}|[0-9]{8})$/)
  .meta({ description: 'CBS-gemeentecode (4 cijfers) of AGB-code (8 cijfers)', example: '0363' });
const uuid = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  .meta({ format: 'uuid' });
const moment = z.string().meta({ format: 'date-time' });
const datum = z.iso.date();
const tijdstip = z.iso.datetime({ offset: true });

export const status = z.enum(TOESTANDEN).meta({
  description:
    'ontvangen: wacht op verwerking; verwerkt: bezorgd bij de ontvanger; afgekeurd: niet bezorgd, de afzender kreeg een Fo01 of retour',
});
const bezorging = z.enum(BEZORGINGEN).nullable().meta({
  description:
    'null: niet (nog niet, of nooit) in een postbus; vervallen: niet bevestigd binnen de bewaartermijn, de inhoud is er niet meer',
});
const berichtsoort = z.enum(SOORTEN as unknown as [string, ...string[]]);

const kern = {
  berichtId: uuid,
  berichtsoort,
  release: z.string(),
  afzender: z.string(),
  ontvanger: z.string(),
  referentienummer: uuid,
  ontvangenOp: moment,
};

const antwoord = z.object({ berichtId: uuid, berichtsoort });
export const Ontvangstbewijs = z
  .object({
    ...kern,
    status,
    sha256: z.string(),
    omvang: z.int(),
    verwerktOp: moment.nullable(),
    antwoorden: z.array(antwoord),
  })
  .meta({
    id: 'Ontvangstbewijs',
    description: 'Bewijs dat het bericht veilig is opgeslagen. Opnieuw insturen geeft hetzelfde bewijs.',
  });

const stap = z.object({
  stap: z.string(),
  tijdstip: moment,
  actor: z.string(),
  oorzaak: z.string().optional().meta({ description: 'waarom een poging tot bezorgen niet slaagde' }),
});
const verwant = z.object({ ...kern, domein: z.enum(DOMEINEN), status }).omit({ release: true });
const paar = z.object({
  heenbericht: verwant.nullable().meta({ description: 'het bericht dat dit bericht beantwoordt' }),
  antwoorden: z.array(verwant).meta({ description: 'retour, declaratie-antwoord of Fo01 op dit bericht' }),
  verzoekparen: z
    .array(verwant)
    .meta({ description: 'door ReferentieAanbieder: van een verzoek de besluiten, van een besluit de verzoeken' }),
});
const verwacht = z.object({
  stap: z.string().meta({ example: 'bevestigen' }),
  door: z.string().meta({ description: 'een organisatie, of knooppunt' }),
  antwoorden: z.array(z.string()).meta({ description: 'een van deze berichtsoorten wordt verwacht' }),
  uiterlijk: datum.nullable().meta({ description: 'laatste dag waarop dat antwoord op tijd is' }),
});
export const Bericht = z
  .object({
    ...kern,
    domein: z.enum(DOMEINEN),
    status,
    bezorging,
    crossReferentienummer: uuid.nullable(),
    identificatie: z.string().nullable(),
    heenberichtId: uuid.nullable(),
    sha256: z.string(),
    omvang: z.int(),
    baanNummer: z
      .int()
      .nullable()
      .meta({ description: 'volgorde van ontvangst tussen deze gemeente en deze aanbieder' }),
    verwerktOp: moment.nullable(),
    stappen: z.array(stap),
    antwoorden: z.array(antwoord),
    paar,
    verwacht: verwacht
      .nullable()
      .optional()
      .meta({ description: 'de eerstvolgende stap; null: er wordt niets meer verwacht' }),
  })
  .meta({ id: 'Bericht' });

export const Berichten = z
  .object({
    berichten: z.array(Bericht.omit({ stappen: true, antwoorden: true, paar: true, verwacht: true })),
    volgende: z.string().nullable(),
  })
  .meta({ id: 'Berichten' });

const bevinding = z.object({
  ernst: z.enum(['fout', 'waarschuwing']).meta({ description: 'alleen een fout keurt af' }),
  niveau: z.int(),
  regel: z.string().meta({ description: 'XSD, of de code van de regel', example: 'TR302' }),
  retourcode: z.string().nullable(),
  pad: z.string(),
  regelnummer: z.int(),
  melding: z.string(),
});
const eerderBericht = z.union([
  z.object({
    ingevoerd: z.literal(false),
    berichtId: uuid,
    berichtsoort: z.string(),
    referentienummer: uuid,
    ontvangenOp: moment,
  }),
  z.object({ ingevoerd: z.literal(true) }).meta({ description: 'van vóór de aansluiting op het knooppunt' }),
]);
export const Bevindingen = z
  .object({
    berichtId: uuid,
    niveau: z.int(),
    bevindingen: z.array(
      bevinding.extend({
        eerder: z
          .array(eerderBericht)
          .optional()
          .meta({ description: 'niveau 3: de eerdere berichten waarmee dit botst' }),
      }),
    ),
  })
  .meta({ id: 'Bevindingen' });

export const Controlerapport = z
  .object({
    bestand: z.string().nullable(),
    berichtsoort: berichtsoort.nullable(),
    release: z.string().nullable(),
    geldig: z.boolean().meta({ description: 'geen enkele bevinding is een fout' }),
    niveau: z.int().meta({ description: 'het hoogste niveau dat helemaal is gecontroleerd' }),
    bevindingen: z.array(bevinding),
    envelop: z
      .enum(['Di01', 'Du01'])
      .optional()
      .meta({ description: 'het bericht zat in deze envelop; pad en regelnummer zijn die in het bericht zelf' }),
  })
  .meta({ id: 'Controlerapport' });

export const Postbus = z
  .object({
    berichten: z.array(
      z
        .object({
          ...kern,
          domein: z.enum(DOMEINEN),
          crossReferentienummer: uuid.nullable(),
          omvang: z.int(),
          bezorging: z.enum(BEZORGINGEN),
        })
        .omit({ ontvanger: true }),
    ),
    volgende: z.string().nullable(),
  })
  .meta({ id: 'Postbus' });

export const OphalingVerzoek = z
  .object({
    aantal: z.int().min(1).max(100).default(10),
    leaseSeconden: z.int().min(1).max(3600).default(60),
    wachtSeconden: z.int().min(0).max(60).default(0).meta({ description: 'long poll: zo lang wachten op post' }),
  })
  .meta({ id: 'OphalingVerzoek' });

export const Ophaling = z
  .object({
    ophalingId: uuid,
    leaseTot: moment,
    berichten: z.array(
      z
        .object({
          ...kern,
          crossReferentienummer: uuid.nullable(),
          inhoud: z.string().meta({ description: 'de bytes van het bericht, base64' }),
        })
        .omit({ ontvanger: true, release: true }),
    ),
  })
  .meta({ id: 'Ophaling' });

export const BevestigingVerzoek = z
  .object({ berichtIds: z.array(uuid).min(1).max(1000) })
  .meta({ id: 'BevestigingVerzoek' });
export const Bevestiging = z.object({ bevestigd: z.array(uuid), onbekend: z.array(uuid) }).meta({ id: 'Bevestiging' });

export const Instelling = z
  .strictObject({
    controleniveau: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
    retour: z.enum(['zelf', 'knooppunt']),
    dossierVolledigVanaf: dag().nullable(),
    foutlijst: z.enum(FOUTLIJSTEN),
    route: z.enum(['postbus', 'stuf']),
  })
  .meta({ id: 'Instelling' });
/** Why, for the audit log. */
export const reden = z
  .string()
  .meta({ description: 'Waarom; komt in het logboek. Geen persoonsgegevens.', example: 'Verzoek 2026-114' });
export const InstellingWijziging = Instelling.partial().extend({ reden: reden.optional() });

export const Gezondheid = z
  .object({ status: z.enum(['ok', 'gedegradeerd', 'niet beschikbaar']), onderdelen: z.record(z.string(), z.string()) })
  .meta({ id: 'Gezondheid' });
export const ProbleemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    foutcode: z.string().optional(),
    foutlijst: z.enum(FOUTLIJSTEN).optional(),
    opnieuw: z.literal(true).optional().meta({ description: 'hetzelfde verzoek kan later wel slagen' }),
    fouten: z.array(z.object({ veld: z.string(), melding: z.string() })).optional(),
  })
  .meta({ id: 'Probleem' });

export const BerichtPad = z.object({ berichtId: uuid });
export const PostbusPad = z.object({ code: organisatiecode });
export const InstellingPad = z.object({
  code: organisatiecode,
  domein: z
    .string()
    .refine(isDomein)
    .meta({ enum: [...DOMEINEN] }),
});
export const BladerVraag = z.object({
  aantal: z.coerce.number().int().min(1).max(100).default(25),
  na: z.coerce.number().int().min(0).default(0),
});
const zoekvelden = {
  referentienummer: uuid.optional(),
  // What the database cannot store is in no message either.
  identificatie: z
    .string()
    .regex(/^\P{C}{1,40}$/u)
    .optional()
    .meta({ description: 'van het bericht, of van de retour' }),
  berichtsoort: berichtsoort.optional(),
  wederpartij: organisatiecode
    .optional()
    .meta({ description: 'alles wat met deze organisatie is uitgewisseld, ook een Fo01 daarover' }),
  vanaf: z.union([tijdstip, datum]).optional(),
  tot: z.union([tijdstip, datum]).optional(),
  status: status.optional(),
  bezorging: z.enum(BEZORGINGEN).optional(),
  na: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,200}$/)
    .optional()
    .meta({ description: 'cursor: de waarde van `volgende`' }),
};
export const ZoekVraag = z.object({ ...zoekvelden, aantal: z.coerce.number().int().min(1).max(100).default(25) });
export const ZoekOpdracht = z
  .strictObject({
    bsn: z
      .string()
      .regex(/^[0-9]{9}$/)
      .optional(),
    ...zoekvelden,
    aantal: z.int().min(1).max(100).default(25),
  })
  .meta({ id: 'Zoekopdracht' });
/** What both searches ask, as it came in. */
export type Zoekvelden = z.output<typeof ZoekVraag>;
