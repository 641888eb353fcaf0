/**
 * Imports earlier messages into one lane. What answered them is read first: a message that was rejected never gets in, and of a declaratie is
 * known at once what was granted.
 */

import { inhoudVan } from '../../aanlevering/zip.ts';
import { KnooppuntFout } from '../../fouten.ts';
import { isFout } from '../../standards/bevinding.ts';
import type { Bronnen } from '../../standards/bronnen.ts';
import { type Controle, controleer } from '../../standards/controle.ts';
import { Dossier } from '../dossier.ts';
import type { Masker } from '../feiten.ts';
import { gevolgVan } from '../gevolg.ts';
import { feitenVan } from '../uittreksel.ts';
import type { Stuk } from './archief.ts';
import type { Bekend, Invoerbaan, Zoekvraag } from './baan.ts';
import type { Telling } from './types.ts';

export interface Gereedschap {
  readonly baan: Invoerbaan;
  readonly bronnen: Bronnen;
  readonly masker: Masker;
  readonly telling: Telling;
}

/** What an answer says about the message that it answers. */
interface Antwoord {
  readonly stuk: Stuk;
  readonly afgekeurd: boolean;
  /** Of a declaratie: its prestaties that were sent back. */
  readonly afgewezen: ReadonlySet<string> | undefined;
}

const PER_KEER = 500;
const MAX_BYTES = 4 * 1024 * 1024;
const MAX_REGELS = 5;

const naamVan = ({ nummer, identificatie }: Zoekvraag): string => `${nummer} ${identificatie}`;

/** Why a message is no message: its rules, without what is in it. */
function bezwaarTegen({ bevindingen }: Controle): string {
  const regels = [
    ...new Set(bevindingen.filter(isFout).map(({ regel, regelnummer }) => `${regel} op regel ${regelnummer}`)),
  ];
  const meer = regels.length > MAX_REGELS ? ` en ${regels.length - MAX_REGELS} andere` : '';
  return `Het bericht is niet goed: ${regels.slice(0, MAX_REGELS).join(', ')}${meer}.`;
}

/** Cuts a list where the contents become too much to have in memory together. */
function* inPorties(stukken: readonly Stuk[]): Generator<readonly Stuk[]> {
  let portie: Stuk[] = [];
  let bytes = 0;
  for (const stuk of stukken) {
    const { omvang } = stuk.bestand;
    if (portie.length > 0 && (bytes + omvang > MAX_BYTES || portie.length >= PER_KEER)) {
      yield portie;
      portie = [];
      bytes = 0;
    }
    portie.push(stuk);
    bytes += omvang;
  }
  if (portie.length > 0) yield portie;
}

class Berichteninvoer {
  readonly #werk: Gereedschap;
  readonly #bekend = new Map<string, Bekend[]>();
  /** By the name of the message that they answer, in order. */
  readonly #antwoorden = new Map<string, Antwoord[]>();
  /** Of each message that was looked at: what answered it. */
  readonly #bij = new Map<Stuk, Antwoord>();
  /** Answers to what is in the dossier, or goes in now. */
  readonly #geplaatst = new Set<Stuk>();
  /** Was what is declared given as a sum? Then declaraties would count twice. */
  #opgegeven = false;

  constructor(werk: Gereedschap) {
    this.#werk = werk;
  }

  async #zoekBekende(stukken: readonly Stuk[]): Promise<void> {
    const vragen = new Map<string, Zoekvraag>();
    for (const { eigen, heen } of stukken)
      for (const vraag of [eigen, heen]) if (vraag) vragen.set(naamVan(vraag), vraag);
    const alle = [...vragen.values()];
    for (let nr = 0; nr < alle.length; nr += PER_KEER)
      for (const bekend of await this.#werk.baan.bekende(alle.slice(nr, nr + PER_KEER))) {
        const naam = naamVan(bekend);
        this.#bekend.set(naam, [...(this.#bekend.get(naam) ?? []), bekend]);
      }
  }

  /** Checks a message: what everybody answers for at levels 1 and 2, of an answer only its form (nobody could refuse it). */
  async #lees({ bestand, soort }: Stuk): Promise<Controle | undefined> {
    const { bronnen, telling } = this.#werk;
    try {
      const niveau = soort.aard === 'heen' ? 2 : 1;
      const controle = controleer(await inhoudVan(bestand), soort, { niveau, metInhoud: true, heel: true, bronnen });
      if (controle.geldig) return controle;
      telling.weiger(bezwaarTegen(controle), bestand);
    } catch (fout) {
      if (!(fout instanceof KnooppuntFout)) throw fout;
      telling.weiger(fout.message, bestand);
    }
    return undefined;
  }

  async #leesAntwoorden(stukken: readonly Stuk[]): Promise<void> {
    for (const stuk of stukken) {
      if (!stuk.heen) continue;
      const inhoud = (await this.#lees(stuk))?.inhoud;
      if (!inhoud) continue;
      const { soort, heen } = stuk;
      // Place 0 stands for the message that it answers, wherever that will be.
      const vraag = { soort, inhoud, plaats: { volgorde: 1, berichtId: null }, heen: 0, antwoorden: [] };
      const { vergeten, besloten } = gevolgVan(vraag, this.#werk.masker);
      const antwoord = { stuk, afgekeurd: vergeten.length > 0, afgewezen: besloten[0]?.afgewezen };
      const naam = naamVan(heen);
      this.#antwoorden.set(naam, [...(this.#antwoorden.get(naam) ?? []), antwoord]);
    }
  }

  /**
   * Ties answers to messages. Of an identification that was used again after a rejection, the first message has the first answer; where the
   * dossier has the message already, only the last answer can still say something new.
   * @returns what is left to go in
   */
  async #verdeel(stukken: readonly Stuk[]): Promise<readonly Stuk[]> {
    const { telling } = this.#werk;
    const over: Stuk[] = [];
    const wachtend = new Map([...this.#antwoorden].map(([naam, lijst]) => [naam, [...lijst]]));
    for (const stuk of stukken) {
      if (!stuk.eigen) continue;
      const naam = naamVan(stuk.eigen);
      if (this.#bekend.has(naam)) {
        telling.tel('bekend');
        continue;
      }
      const antwoord = wachtend.get(naam)?.shift();
      if (antwoord) this.#bij.set(stuk, antwoord);
      if (antwoord) this.#geplaatst.add(antwoord.stuk);
      if (antwoord?.afgekeurd) telling.tel('vervallen');
      else over.push(stuk);
    }
    await this.#opBekende(wachtend);
    return over;
  }

  /** Answers to what the dossier has already. */
  async #opBekende(wachtend: ReadonlyMap<string, readonly Antwoord[]>): Promise<void> {
    const dossier = new Dossier();
    for (const [naam, antwoorden] of wachtend) {
      const bekend = this.#bekend.get(naam);
      const laatste = antwoorden.at(-1);
      if (!bekend || !laatste) continue;
      for (const { stuk } of antwoorden) this.#geplaatst.add(stuk);
      // What went through the switch is answered through the switch.
      const volgorde = bekend.every((een) => een.volgorde !== null) ? bekend.at(-1)?.volgorde : undefined;
      if (volgorde == null) continue;
      if (laatste.afgekeurd) dossier.vergeet(volgorde);
      else if (laatste.afgewezen) dossier.beslis({ volgorde, afgewezen: laatste.afgewezen });
    }
    await this.#werk.baan.schrijf(dossier);
  }

  async #neem(portie: readonly Stuk[]): Promise<void> {
    const { baan, masker, telling } = this.#werk;
    const dossier = new Dossier();
    const plekken = await baan.plekken(portie.map(({ dagtekening }) => dagtekening));
    for (const [nr, stuk] of portie.entries()) {
      const { soort, heen } = stuk;
      if (heen && !this.#geplaatst.has(stuk)) continue;
      if (soort.nummer === '323' && this.#opgegeven) {
        telling.weiger('Van deze baan is met een CSV-bestand al opgegeven wat er gedeclareerd is.', stuk.bestand);
        continue;
      }
      const inhoud = (await this.#lees(stuk))?.inhoud;
      const volgorde = plekken[nr];
      const feiten =
        inhoud && volgorde !== undefined && feitenVan(soort, inhoud, { volgorde, berichtId: null }, masker);
      if (!feiten || volgorde === undefined) continue;
      dossier.neem(feiten);
      const afgewezen = this.#bij.get(stuk)?.afgewezen;
      if (afgewezen) dossier.beslis({ volgorde, afgewezen });
      telling.tel('genomen');
    }
    await baan.schrijf(dossier);
  }

  async loop(stukken: readonly Stuk[]): Promise<void> {
    const { telling } = this.#werk;
    this.#opgegeven = await this.#werk.baan.heeftOpgave();
    await this.#zoekBekende(stukken);
    const isBekend = (vraag: Zoekvraag | null): boolean => vraag !== null && this.#bekend.has(naamVan(vraag));
    // An answer that the dossier has may still keep out the message that it undid: that one left no trace.
    await this.#leesAntwoorden(stukken.filter(({ eigen, heen }) => heen && !(isBekend(eigen) && isBekend(heen))));
    const over = await this.#verdeel(stukken);
    for (const portie of inPorties(over)) await this.#neem(portie);
    for (const { stuk } of [...this.#antwoorden.values()].flat())
      if (!this.#geplaatst.has(stuk)) telling.tel('los');
      else if (!stuk.eigen) telling.tel('genomen');
  }
}

/** Imports the messages of one lane, in this order. */
export const voerBerichtenIn = (werk: Gereedschap, stukken: readonly Stuk[]): Promise<void> =>
  new Berichteninvoer(werk).loop(stukken);
