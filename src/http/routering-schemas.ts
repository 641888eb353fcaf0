/** The shapes of the operator's API for routering; as schemas.ts, of which this is the part that only the operator needs. */
import { z } from 'zod';
import { ORGANISATIESOORTEN, RICHTINGEN } from '../routering/feiten.ts';
import { ORGANISATIECODE } from '../routering/kaart.ts';
import { DOMEINEN } from '../standards/catalogus.ts';
import { dag } from '../standards/dag.ts';
import { reden } from './schemas.ts';

const moment = z.string().meta({ format: 'date-time' });
const datum = dag();
const tijdstip = z.iso.datetime({ offset: true });
const partijcode = z
  .string()
  .regex(ORGANISATIECODE)
  .meta({ description: 'CBS-gemeentecode, AGB-code, of SVB, CAK, CBS, UWV, VWS', example: '0363' });
const domein = z.enum(DOMEINEN);
const dagen = z.strictObject({ vanaf: datum.nullable(), tot: datum.nullable() }).nullable();
const stuf = z.strictObject({
  url: z.string().max(500),
  gestopt: z.boolean(),
  budgetPerMinuut: z.int().min(1).max(1e5),
});
const eigenschappen = {
  naam: z.string().trim().min(1).max(200),
  geldigVanaf: datum.nullable(),
  geldigTot: datum.nullable(),
  opvolger: partijcode.nullable(),
};
const organisatie = z.object({
  code: partijcode,
  soort: z.enum(ORGANISATIESOORTEN),
  ...eigenschappen,
  deelname: z.object({ iwmo: dagen, ijw: dagen }),
  stuf: stuf.nullable(),
});
export const Organisatie = organisatie.meta({ id: 'Organisatie' });
export const Organisaties = z
  .object({ organisaties: z.array(organisatie), volgende: z.string().nullable() })
  .meta({ id: 'Organisaties' });
export const OrganisatieWijziging = z
  .strictObject({
    ...z.object(eigenschappen).partial().shape,
    deelname: z.strictObject({ iwmo: dagen.optional(), ijw: dagen.optional() }).optional(),
    stuf: stuf.partial().nullable().optional(),
    reden,
  })
  .meta({ id: 'OrganisatieWijziging' });

const machtiging = z.object({
  id: z.int(),
  client: z.string().min(1).max(100).meta({ description: 'id van de client in het bestand met clients' }),
  organisatie: partijcode,
  domein,
  vanaf: moment,
  tot: moment.nullable().meta({ description: 'vanaf dit moment geldt zij niet meer' }),
});
export const Machtiging = machtiging.meta({ id: 'Machtiging' });
export const Machtigingen = z
  .object({ machtigingen: z.array(machtiging), volgende: z.string().nullable() })
  .meta({ id: 'Machtigingen' });
export const MachtigingVerzoek = machtiging
  .omit({ id: true })
  .extend({ vanaf: tijdstip.optional(), tot: tijdstip.nullable().default(null), reden })
  .strict()
  .meta({ id: 'MachtigingVerzoek' });
export const Beeindiging = z.strictObject({ reden }).meta({ id: 'Beeindiging' });

const vensters = z.object({
  berichtsoort: z.string(),
  release: z.string(),
  richting: z.enum(RICHTINGEN),
  vensters: z.array(z.object({ vanaf: moment, tot: moment.nullable() })),
});
export const Vensters = vensters.meta({ id: 'Vensters' });
export const Vensterlijst = z.object({ berichtsoorten: z.array(vensters) }).meta({ id: 'Vensterlijst' });
export const VenstersWijziging = z
  .strictObject({ vensters: z.array(z.strictObject({ vanaf: tijdstip, tot: tijdstip.nullable() })).max(100), reden })
  .meta({ id: 'VenstersWijziging' });

const bevriezing = z.object({
  id: z.int(),
  domein: domein.nullable().meta({ description: 'null: beide' }),
  berichtsoorten: z.array(z.string()).nullable().meta({ description: 'null: alle' }),
  vanaf: moment,
  tot: moment.nullable().meta({ description: 'null: tot zij wordt opgeheven' }),
  reden: z.string(),
  aangekondigdOp: moment,
  opgehevenOp: moment.nullable(),
});
export const Bevriezing = bevriezing.meta({ id: 'Bevriezing' });
export const Bevriezingen = z.object({ bevriezingen: z.array(bevriezing) }).meta({ id: 'Bevriezingen' });
export const BevriezingVerzoek = z
  .strictObject({
    domein: domein.nullable().default(null),
    berichtsoorten: z.array(z.string()).min(1).max(100).nullable().default(null),
    vanaf: tijdstip.meta({ description: 'op een hele minuut' }),
    tot: tijdstip.nullable().default(null),
    reden,
  })
  .meta({ id: 'BevriezingVerzoek' });

export const OrganisatiePad = z.object({ code: partijcode });
/** Of an integer of PostgreSQL. */
const HOOGSTE_NUMMER = 2 ** 31 - 1;
export const NummerPad = z.object({ nummer: z.coerce.number().int().min(1).max(HOOGSTE_NUMMER) });
export const VensterPad = z.object({ berichtsoort: z.string().max(10), release: z.string().max(10) });
export const OrganisatieVraag = z.object({
  soort: z.enum(ORGANISATIESOORTEN).optional(),
  aantal: z.coerce.number().int().min(1).max(1000).default(100),
  na: z.string().max(8).default(''),
});
export const MachtigingVraag = z.object({
  client: z.string().max(100).optional(),
  organisatie: partijcode.optional(),
  aantal: z.coerce.number().int().min(1).max(1000).default(100),
  na: z.coerce.number().int().min(0).max(HOOGSTE_NUMMER).default(0),
});
