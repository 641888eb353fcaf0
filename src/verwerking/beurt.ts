/**
 * One turn: take the oldest messages of one or more lanes, judge them, write everything down in one commit.
 *
 * Strict order: the advisory lock of a lane keeps a second worker out, and the states that a verdict changes from keep out a worker that
 * lost its lock without knowing. Fairness: a turn is short, every lane in it gets its first message before any gets its second, and a
 * lane with more work goes to the end of the list. One effect: everything a message causes is in the commit that gives it its outcome.
 */
import { leestInhoud } from '../koppeling/referenties.ts';
import { boekVerloop, type Doorgegeven } from '../koppeling/verloop.ts';
import type { Database } from '../opslag/database.ts';
import type { Sleutels } from '../opslag/sleutels.ts';
import type { Routering } from '../routering/routering.ts';
import { keurtAf } from '../standards/afkeuring.ts';
import type { Controle } from '../standards/controle.ts';
import type { Dossierbron, Doorgegeven as Wmobericht } from '../wlz-samenloop/wmo/dossier.ts';
import { type Gepakt, GROOT_BYTES, pakBanen, type Slot, schrijfBanen, slotVraag, type Verwerkt } from './baanwerk.ts';
import type { Controleur } from './controleur.ts';
import { Dossierwerk, type Gecontroleerd, leestVoorDossier } from './dossierwerk.ts';
import { oordeel, type TeVerwerken, type Uitkomst } from './oordeel.ts';
import { wisStoring } from './storing.ts';

/** Larger than any message; fits the integer of PostgreSQL. */
const GEEN_GRENS = 2 ** 31 - 1;
/** After this long a turn takes no next message. */
const MAX_BEURT_MS = 250;

export interface Werkplaats {
  readonly database: Database;
  readonly sleutels: Sleutels;
  readonly controleur: Controleur;
  /** Whose postbus a message goes to: after a herindeling that of the successor. */
  readonly routering: Pick<Routering, 'postbusVan'>;
  /** Hears of toewijzingen and stops that went on, for the gemeenten that chose so. */
  readonly wmo?: Dossierbron;
}

/**
 * How a lane came out of a turn. bezet: another worker has it; rust: it waits after a failure; groot: its first message is large and needs
 * a turn of its own; meer: there is more to do; klaar: it was emptied.
 */
export type Baanstand = 'bezet' | 'rust' | 'groot' | 'meer' | 'klaar';

export interface Beurtuitslag {
  readonly banen: ReadonlyMap<number, Baanstand>;
  /** All of it committed. */
  readonly verwerkt: readonly Verwerkt[];
}

/** What the lock already tells of a lane; undefined: take its messages. */
function standVanSlot({ vrij, rust, kop }: Slot, tot: number): Baanstand | undefined {
  if (!vrij) return 'bezet';
  if (rust === true) return 'rust';
  if (kop === null) return 'klaar';
  return kop > tot ? 'groot' : undefined;
}

/** What a message that goes on means for the answers that are due. */
const alsDoorgegeven = ({ id, soort }: TeVerwerken, { inhoud }: Controle, { gemaakt }: Uitkomst): Doorgegeven => ({
  id,
  soort,
  inhoud,
  beantwoord: gemaakt.some(({ berichtsoort }) => berichtsoort === soort.antwoord),
});

/** Levels 1, 2 and 4 of a message, with as much of its content as anybody after this needs. */
function controleerStuk(controleur: Controleur, { bytes, bericht }: Gepakt, voorWmo: boolean): Promise<Controle> {
  const { soort, instelling } = bericht;
  const heel = leestVoorDossier(bericht);
  const metInhoud = heel || instelling.retour === 'knooppunt' || leestInhoud(soort) || voorWmo;
  return controleur.controleer(bytes, soort, instelling.controleniveau, metInhoud, heel);
}

/** What a message that goes on means for the Wmo side of its gemeente. */
const alsWmobericht = (
  { bericht: { id, soort, afzender, ontvanger }, baanNummer }: Pick<Verwerkt, 'bericht' | 'baanNummer'>,
  { inhoud }: Controle,
): Wmobericht => {
  return {
    id,
    soort,
    afzender,
    ontvanger,
    baanNummer,
    inhoud,
    keurtAf: inhoud !== undefined && keurtAf(soort, inhoud),
  };
};

/** Receiver by its code → postbus, of everything that these verdicts deliver. */
async function postbussenVan(
  routering: Pick<Routering, 'postbusVan'>,
  verwerkt: readonly Verwerkt[],
): Promise<ReadonlyMap<string, string>> {
  const nu = new Date();
  const ontvangers = verwerkt.flatMap(({ bericht, uitkomst }) => [
    bericht.ontvanger,
    ...uitkomst.gemaakt.map(({ ontvanger }) => ontvanger),
  ]);
  const paren = [...new Set(ontvangers)].map(async (code) => [code, await routering.postbusVan(code, nu)] as const);
  return new Map(await Promise.all(paren));
}

/**
 * @param banen the lanes; with more than one, large messages are left for a turn of their own
 * @throws the error of the database or of the program; nothing of the turn then stands
 */
export async function neemBeurt(werkplaats: Werkplaats, banen: readonly number[]): Promise<Beurtuitslag> {
  const { database, sleutels, controleur, routering, wmo } = werkplaats;
  await wmo?.ververs();
  const tot = banen.length > 1 ? GROOT_BYTES : GEEN_GRENS;
  return database.transactie(async (client, [eerste]) => {
    const slots = (eerste?.rows ?? []) as readonly Slot[];
    const standen = new Map(slots.map((slot) => [slot.baanId, standVanSlot(slot, tot)]));
    const open = slots.filter(({ baanId }) => standen.get(baanId) === undefined).map(({ baanId }) => baanId);
    const gepakt = open.length > 0 ? await pakBanen(client, sleutels, open, tot) : [];
    const einde = performance.now() + MAX_BEURT_MS;
    const leestWmo = ({ soort, afzender, ontvanger }: TeVerwerken): boolean =>
      wmo?.leest(soort, afzender, ontvanger) === true;
    const gecontroleerd: Gecontroleerd[] = [];
    for (const stuk of gepakt) {
      if (gecontroleerd.length > 0 && performance.now() > einde) break;
      gecontroleerd.push({ ...stuk, controle: await controleerStuk(controleur, stuk, leestWmo(stuk.bericht)) });
    }
    const dossiers = await Dossierwerk.open(client, sleutels, gecontroleerd);
    const verwerkt: Verwerkt[] = [];
    const doorgegeven: Doorgegeven[] = [];
    const wmoberichten: Wmobericht[] = [];
    for (const stuk of gecontroleerd) {
      const { baanId, baanNummer, bericht, spoor } = stuk;
      const controle = await dossiers.schouw(stuk, controleur);
      const uitkomst = oordeel(bericht, controle, new Date(), stuk.bytes);
      dossiers.boek(stuk, uitkomst);
      verwerkt.push({ baanId, baanNummer, bericht, spoor, uitkomst });
      if (uitkomst.toestand !== 'verwerkt') continue;
      doorgegeven.push(alsDoorgegeven(bericht, controle, uitkomst));
      if (leestWmo(bericht)) wmoberichten.push(alsWmobericht(stuk, controle));
    }
    if (verwerkt.length > 0) await schrijfBanen(client, sleutels, verwerkt, await postbussenVan(routering, verwerkt));
    await dossiers.schrijf();
    if (doorgegeven.length > 0) await boekVerloop(client, sleutels, doorgegeven);
    if (wmoberichten.length > 0) await wmo?.boek(client, sleutels, wmoberichten);
    const hersteld = slots
      .filter(({ baanId, rust }) => rust === false && open.includes(baanId))
      .map(({ baanId }) => baanId);
    if (hersteld.length > 0) await wisStoring(client, hersteld);
    for (const baanId of open) {
      // What comes in during the turn brings its own nudge; only what was there already must be asked for. A lane from which nothing
      // could be taken had its first message handled between our look and our lock: the next turn sees it as it is now.
      const gedaan = verwerkt.filter((stuk) => stuk.baanId === baanId).length;
      const klaargezet = gepakt.find((stuk) => stuk.baanId === baanId)?.klaargezet ?? 1;
      standen.set(baanId, gedaan < klaargezet ? 'meer' : 'klaar');
    }
    return { banen: standen as ReadonlyMap<number, Baanstand>, verwerkt };
  }, slotVraag(banen));
}
