/** One round of retention: everything that is due, in small commits with a rest after each, so that messages that travel are not held up. */
import { setTimeout as wacht } from 'node:timers/promises';
import { type Opgeruimd, opruimbanen, ruimBaanOp } from '../dossier/opruimen/opruimen.ts';
import { schrijfLogboek } from '../logboek/logboek.ts';
import type { Verbinding } from '../opslag/database.ts';
import type { Kluis } from '../opslag/kluis.ts';
import { ruimInhoudOp } from './inhoud.ts';
import { laatMaandenVallen, maakMaanden } from './maanden.ts';
import { ruimMetadataOp, type Weg } from './metadata.ts';
import { ruimNzaOp } from './nza.ts';
import { type Bewaartermijnen, dagenGeleden, dossierVoor } from './regels/termijnen.ts';
import { maakKomendeSleutel, ruimSleutelsOp } from './sleutels.ts';
import { kondigAan, laatVervallen, type Vervalplek, vergeetAankondigingen } from './vervallen.ts';
import { ruimSignalenOp, type Plek as Signaalplek } from './wlz-signalen.ts';
import { ruimVerslagenOp } from './wlz-verslagen.ts';
import { type Plek as Feitplek, ruimFeitenOp, ruimLijstenOp } from './wlz-wmo.ts';

/**
 * Removing what is older than a moment from the audit log. The log is a chain with anchors of its own, so only it knows how.
 * @returns how many lines
 */
export type VerwijderLogboekTot = (tot: Date) => Promise<number>;

export interface Bewaarplek extends Vervalplek {
  readonly kluis: Kluis;
  readonly termijnen: Bewaartermijnen;
  /** Without it the audit log is kept for ever. */
  readonly verwijderLogboekTot?: VerwijderLogboekTot | undefined;
  /** KNOOPPUNT_WLZ_TERUGWERKEND_DAGEN. */
  readonly terugwerkendDagen: number;
}

export interface Ronde {
  readonly inhoud: number;
  readonly aangekondigd: number;
  readonly vervallen: number;
  readonly metadata: number;
  readonly logboek: number;
  /** Registrations for the set for the NZa. */
  readonly nza: number;
  /** Closed stories in the dossier (persons, each in one lane), and messages of which nothing was left there. */
  readonly dossier: number;
  readonly dossierberichten: number;
  readonly wlzSignalen: number;
  /** What messages said about toewijzingen, for the comparison; and lists of gemeenten that were not renewed. */
  readonly wmoFeiten: number;
  readonly wmoLijsten: number;
  readonly wlzVerslagen: number;
  readonly maanden: readonly string[];
  readonly sleutels: readonly string[];
}

/** What goes through whole tables, lane by lane: a planner does it once a day. */
type Dagelijks = Pick<
  Ronde,
  'dossier' | 'dossierberichten' | 'wlzSignalen' | 'wmoFeiten' | 'wmoLijsten' | 'wlzVerslagen'
>;
const NIETS: Dagelijks = {
  dossier: 0,
  dossierberichten: 0,
  wlzSignalen: 0,
  wmoFeiten: 0,
  wmoLijsten: 0,
  wlzVerslagen: 0,
};

/** After each commit we rest as long as it took: at most half of the time of one connection. */
const MAX_RUST_MS = 2000;

const regels = (weg: readonly { readonly berichtId: string; readonly postbus: string }[]) =>
  weg.map(({ berichtId, postbus }) => ({
    gebeurtenis: 'bericht vervallen' as const,
    actor: 'knooppunt',
    namens: postbus,
    resultaat: 'vervallen',
    berichtId,
  }));
const noteerVervallen = (client: Verbinding, weg: Parameters<typeof regels>[0]): Promise<void> =>
  schrijfLogboek(client, regels(weg));

/**
 * @param nu the clock of the terms
 * @param gestopt asked after every commit: true ends the round where it is; the next one goes on from there
 * @param heel also what need not be looked at every ten minutes: the dossier and the samenloop
 */
export async function doeRonde(
  plek: Bewaarplek,
  nu: Date,
  gestopt: () => boolean = () => false,
  heel = true,
): Promise<Ronde> {
  const { database, termijnen, terugwerkendDagen } = plek;
  const metRust = async <T>(werk: () => Promise<T>): Promise<T> => {
    const begin = performance.now();
    const uitkomst = await werk();
    await wacht(Math.min(performance.now() - begin, MAX_RUST_MS));
    return uitkomst;
  };
  /** Slice after slice, until there is no next one. */
  const sneden = async <T>(
    snee: (na: T | undefined) => Promise<{ readonly weg: number; readonly verder: T | undefined }>,
  ): Promise<number> => {
    let totaal = 0;
    for (let na: T | undefined, meer = true; meer && !gestopt(); ) {
      const vanaf = na;
      const { weg, verder } = await metRust(() => snee(vanaf));
      totaal += weg;
      na = verder;
      meer = verder !== undefined;
    }
    return totaal;
  };
  /** Portion after portion, until there is none left. */
  const porties = async (portie: () => Promise<number>): Promise<number> => {
    let totaal = 0;
    for (let nieuw = 1; nieuw > 0 && !gestopt(); totaal += nieuw) nieuw = await metRust(portie);
    return totaal;
  };

  const ruimDossierOp = async (): Promise<Opgeruimd> => {
    let [verhalen, berichten] = [0, 0];
    for await (const { id, domein } of opruimbanen(database.pool)) {
      if (gestopt()) break;
      const weg = await ruimBaanOp(database, id, dossierVoor(termijnen, domein, nu), metRust, gestopt);
      verhalen += weg.verhalen;
      berichten += weg.berichten;
    }
    return { verhalen, berichten };
  };
  const dagelijks = async (): Promise<Dagelijks> => {
    const { verhalen: dossier, berichten: dossierberichten } = await ruimDossierOp();
    // Signals first: what one is about stays as long as it.
    const wlzSignalen = await sneden((na: Signaalplek | undefined) =>
      ruimSignalenOp(database, termijnen, nu, terugwerkendDagen, na),
    );
    const wmoFeiten = await sneden((na: Feitplek | undefined) =>
      ruimFeitenOp(database, termijnen, nu, terugwerkendDagen, na),
    );
    const wmoLijsten = gestopt() ? 0 : await ruimLijstenOp(database, termijnen, nu);
    const wlzVerslagen = await porties(() => ruimVerslagenOp(database, termijnen, nu));
    return { dossier, dossierberichten, wlzSignalen, wmoFeiten, wmoLijsten, wlzVerslagen };
  };

  await maakMaanden(database, nu);
  await maakKomendeSleutel(database, plek.kluis, nu);
  await vergeetAankondigingen(database);
  const aangekondigd = await porties(() => kondigAan(plek, termijnen, nu));
  const vervallen = await porties(() => laatVervallen(plek, nu, noteerVervallen));
  const inhoud = await sneden((na: string | undefined) => ruimInhoudOp(database, termijnen, nu, na));
  let metadata = 0;
  for (const weg of ['ontvangen', 'eigen'] as const satisfies readonly Weg[])
    metadata += await sneden((na: string | undefined) => ruimMetadataOp(database, termijnen, nu, weg, na));
  const nza = await porties(() => ruimNzaOp(database, termijnen, nu));
  const rest = heel && !gestopt() ? await dagelijks() : NIETS;
  const maanden = gestopt() ? [] : await laatMaandenVallen(database, termijnen, nu);
  // By no clock that runs ahead: the key that encrypts now must not pass for an old one.
  const sleutels = gestopt()
    ? []
    : await ruimSleutelsOp(database, termijnen, new Date(Math.min(nu.getTime(), Date.now())));
  const logboek = gestopt() ? 0 : ((await plek.verwijderLogboekTot?.(dagenGeleden(nu, termijnen.logboekDagen))) ?? 0);
  const ronde = { inhoud, aangekondigd, vervallen, metadata, logboek, nza, ...rest, maanden, sleutels };
  const verwijderd = { inhoud, metadata, logboek, nza, ...rest };
  if (Object.values(verwijderd).some((aantal) => aantal > 0) || maanden.length > 0)
    await schrijfLogboek(database.pool, [
      {
        gebeurtenis: 'bewaartermijn verstreken',
        actor: 'knooppunt',
        namens: null,
        resultaat: 'verwijderd',
        berichtId: null,
        details: { ...verwijderd, maanden: maanden.join(' ') },
      },
    ]);
  return ronde;
}
