/** How long what is kept, and the moments that follow from it. Pure. */
import { z } from 'zod';

const DAG_MS = 24 * 3600 * 1000;
const dagen = (van: number, tot: number, standaard: number) => z.int().min(van).max(tot).default(standaard);

const DOMEIN = z
  .strictObject({
    /** Of a payload, after its receiver confirmed it. */
    inhoudDagenNaBevestiging: dagen(0, 60, 1),
    /** Of a payload, whatever its receiver does: two months. */
    inhoudHoogstensDagen: dagen(7, 61, 61),
    /** So long before the end both parties are told. */
    aankondigingDagen: dagen(1, 30, 7),
    /** What is known of a message without its payload; a resend gets its first receipt as long. Two years. */
    metadataDagen: dagen(90, 3653, 730),
    /** Of a closed story in the dossier, after its last day: five years, in which a declaratie may still be put right (BW 3:307). */
    dossierDagen: dagen(731, 7305, 1827),
  })
  .refine((termijn) => termijn.aankondigingDagen < termijn.inhoudHoogstensDagen)
  .prefault({});

export const SCHEMA = z
  .strictObject({
    iwmo: DOMEIN,
    ijw: DOMEIN,
    /** The audit log: never shorter than NEN 7513 asks. Five years, with two leap days among them. */
    logboekDagen: dagen(1827, 7305, 1827),
    /** The set for the NZa (Regeling Jeugdwet art. 8f), from its registration: four years. */
    nzaDagen: dagen(1461, 1461, 1461),
    /** The Wmo-Wlz samenloop; there is none for the Jeugdwet. */
    wlz: z
      .strictObject({
        /** Of a signal, after it was handled: as long as what is known of the messages about it. */
        signaalDagen: dagen(366, 3653, 730),
        /** Of a voorziening, after its end; and of a list of a gemeente that is not followed by another. */
        voorzieningDagen: dagen(366, 3653, 730),
        /** Of reports of comparisons, and of what was rejected in a delivery. */
        verslagDagen: dagen(30, 3653, 366),
      })
      .prefault({}),
  })
  .prefault({});

export type Bewaartermijnen = z.infer<typeof SCHEMA>;
export type Domeintermijn = z.infer<typeof DOMEIN>;
export const BEWAARDOMEINEN = ['iwmo', 'ijw'] as const;
export const STANDAARD_TERMIJNEN: Bewaartermijnen = SCHEMA.parse(undefined);

/** So many days ago. */
export const dagenGeleden = (nu: Date, aantal: number): Date => new Date(nu.getTime() - aantal * DAG_MS);
export const dagenVerder = (nu: Date, aantal: number): Date => new Date(nu.getTime() + aantal * DAG_MS);

/**
 * Before this day nothing of the samenloop is told any more (KNOOPPUNT_WLZ_TERUGWERKEND_DAGEN): what is removed of before it is not found again. With a
 * month to spare, for a comparison that was broken off and goes on with the day it had.
 */
export const nietMeerGemeld = (nu: Date, terugwerkendDagen: number): Date => dagenGeleden(nu, terugwerkendDagen + 31);
/** The day (UTC) in which a moment falls, YYYY-MM-DD. */
export const dagVan = (moment: Date): string => moment.toISOString().slice(0, 10);

/** YYYY-MM-DD: what was over before this day may leave the dossier. A day in UTC: on a term of years an hour does not count. */
export const dossierVoor = (termijnen: Bewaartermijnen, domein: (typeof BEWAARDOMEINEN)[number], nu: Date): string =>
  dagVan(dagenGeleden(nu, termijnen[domein].dossierDagen));

/** Per domein the moment before which something must have happened: what SQL joins with. */
export interface Grenzen {
  readonly domeinen: readonly string[];
  readonly tot: readonly Date[];
}

export const grenzen = (
  termijnen: Bewaartermijnen,
  nu: Date,
  dagenVan: (termijn: Domeintermijn) => number,
): Grenzen => ({
  domeinen: BEWAARDOMEINEN,
  tot: BEWAARDOMEINEN.map((domein) => dagenGeleden(nu, dagenVan(termijnen[domein]))),
});

/**
 * When an unconfirmed message lapses: at the end of its term, and never sooner than the announcement says, however late that is.
 * @param ontvangenOp of the message
 * @param nu when it is announced
 */
export function vervaltOp(termijn: Domeintermijn, ontvangenOp: Date, nu: Date): Date {
  const einde = dagenVerder(ontvangenOp, termijn.inhoudHoogstensDagen);
  const aangekondigd = dagenVerder(nu, termijn.aankondigingDagen);
  return new Date(Math.max(einde.getTime(), aangekondigd.getTime()));
}

/** The first day of the month (UTC) in which a moment falls, so many months further, as YYYY-MM-DD. */
export const maandVan = (moment: Date, verder = 0): string =>
  dagVan(new Date(Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth() + verder, 1)));

/** All that was stored in a month is older than the longest term of a payload from this moment on. */
export function maandIsOm(termijnen: Bewaartermijnen, maand: string, nu: Date): boolean {
  const langst = Math.max(...BEWAARDOMEINEN.map((domein) => termijnen[domein].inhoudHoogstensDagen));
  const begin = new Date(`${maand}T00:00:00Z`);
  return dagenVerder(new Date(`${maandVan(begin, 1)}T00:00:00Z`), langst) <= nu;
}
