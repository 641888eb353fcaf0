/**
 * Sends simulated messages: some wrong at first and corrected later, each answered by its receiver as that one does. What is wrong is refused
 * by the switch or by its receiver, so a life goes on with what was right only.
 */
import { afgeleideUuid } from '../../identiteit.ts';
import { antwoord } from '../../retourberichten/antwoord.ts';
import type { Bevinding } from '../../standards/bevinding.ts';
import { BERICHTSOORTEN, type Berichtsoort } from '../../standards/catalogus.ts';
import type { Nummer } from '../../standards/structuren.ts';
import type { Inhoud } from '../../xml/structuur.ts';
import { kop, schrijf } from './berichten.ts';
import { breekXsd, NIVEAU_2, NIVEAU_3 } from './fouten.ts';
import type { Klok } from './klok.ts';
import type { Toeval } from './toeval.ts';
import type { Lot, Partij, Zending } from './types.ts';
import type { Baanplaats } from './wereld.ts';

/** A message before it is known in which order all of them travel. */
export type Ruw = Omit<Zending, 'opgehaald' | 'antwoordOpgehaald' | 'verwerkt'> & { readonly vertraging: number };

/** A message that its receiver has, and does not reject. */
export interface Bezorgd {
  readonly moment: number;
  readonly dagtekening: string;
  readonly inhoud: Inhoud;
  /** When it was answered; null: not before the end. */
  readonly beantwoord: number | null;
}

export interface Opdracht {
  readonly baan: Baanplaats;
  readonly nummer: Nummer;
  readonly op: number;
  /** What is in it, but for the header. */
  readonly maak: (dagtekening: string, moment: number) => Inhoud;
  /** Nothing goes wrong, and answers are in time. */
  readonly vast?: boolean;
  /** What its receiver has against it, when that answers itself: of a declaratie, prestaties that it sends back. */
  readonly bevindingen?: readonly Bevinding[];
}

/** How often a message is wrong at first, and how. */
const KANS = {
  xsd: 0.026,
  niveau2: 0.026,
  niveau3: 0.022,
  zonderAntwoord: { retour: 0.02, declaratie: 0.035 },
} as const;
const TE_LAAT_KEER = { retour: 1.3, declaratie: 0.6 } as const;

/** Working days within which is answered; the norm gives a retour three and a declaratie ten. */
const WERKDAGEN = {
  retour: { vast: [0, 1], opTijd: [0, 3], laat: [4, 16] },
  declaratie: { vast: [1, 3], opTijd: [2, 9], laat: [11, 32] },
} as const;
/** Of the retouren in time, so many are of the same day. */
const ZELFDE_DAG = 0.55;

function werkdagen(toeval: Toeval, wat: keyof typeof WERKDAGEN, hoe: 'vast' | 'opTijd' | 'laat'): number {
  const [minst, meest] = WERKDAGEN[wat][hoe];
  return wat === 'retour' && hoe === 'opTijd' && toeval.kans(ZELFDE_DAG) ? 0 : toeval.geheel(minst, meest);
}

export const soortVan = ({ domein }: Baanplaats, nummer: string): Berichtsoort =>
  BERICHTSOORTEN.find((soort) => soort.domein === domein && soort.nummer === nummer) as Berichtsoort;

/** What tells what is numbered in this simulation from what is numbered in another. */
export interface Kenmerk {
  /** Two characters that stand in every identification. */
  readonly merk: string;
  /** From here on a gemeente numbers its toewijzingen. */
  readonly reeks: number;
}

export class Post {
  readonly zendingen: Ruw[] = [];
  readonly klok: Klok;
  readonly toeval: Toeval;
  readonly #partijen: ReadonlyMap<string, Partij>;
  readonly merk: string;
  readonly reeks: number;
  readonly #nummers = new Map<string, number>();

  constructor(klok: Klok, toeval: Toeval, partijen: ReadonlyMap<string, Partij>, { merk, reeks }: Kenmerk) {
    this.klok = klok;
    this.toeval = toeval;
    this.#partijen = partijen;
    this.merk = merk;
    this.reeks = reeks;
  }

  partij(code: string): Partij {
    return this.#partijen.get(code) as Partij;
  }

  /** The next number that somebody gives to something. */
  volgnummer(wie: string, wat: string): number {
    const nr = (this.#nummers.get(`${wie} ${wat}`) ?? 0) + 1;
    this.#nummers.set(`${wie} ${wat}`, nr);
    return nr;
  }

  /** @returns undefined when the simulated time was over before it was right */
  stuur(opdracht: Opdracht): Bezorgd | undefined {
    const fout = opdracht.vast ? undefined : this.#kiesFout(opdracht);
    if (!fout) return this.#stuurGoed(opdracht, opdracht.op);
    if (!this.#stuurFout(opdracht, fout)) return undefined;
    return this.#stuurGoed(opdracht, this.klok.naWerkdagen(opdracht.op, this.toeval.geheel(1, 4), this.toeval));
  }

  #kiesFout({ baan, nummer }: Opdracht): 'xsd' | 'niveau2' | 'niveau3' | undefined {
    const trek = this.toeval.breuk();
    if (trek < KANS.xsd) return 'xsd';
    if (trek < KANS.xsd + KANS.niveau2) return 'niveau2';
    if (trek >= KANS.xsd + KANS.niveau2 + KANS.niveau3) return undefined;
    const soort = soortVan(baan, nummer);
    const { controleniveau, retour } = this.#ontvanger(baan, soort).keuze[baan.domein];
    const dossierfout = NIVEAU_3[nummer];
    const gezien = dossierfout && (retour === 'zelf' || (controleniveau === 3 && dossierfout.inDossier));
    return gezien ? 'niveau3' : undefined;
  }

  #ontvanger(baan: Baanplaats, soort: Berichtsoort): Partij {
    return this.partij(soort.verzender === 'gemeente' ? baan.aanbieder : baan.gemeente);
  }

  #maak({ baan, nummer, maak }: Opdracht, moment: number) {
    const soort = soortVan(baan, nummer);
    const ontvanger = this.#ontvanger(baan, soort);
    const afzender = this.partij(soort.verzender === 'gemeente' ? baan.gemeente : baan.aanbieder);
    const dagtekening = this.klok.dagVan(moment);
    const volgnummer = this.volgnummer(afzender.code, 'identificatie').toString(36).toUpperCase().padStart(4, '0');
    const identificatie = `${this.merk}${afzender.code.slice(-4)}-${volgnummer}`;
    const wie = { soort, afzender: afzender.code, ontvanger: ontvanger.code };
    const inhoud = { Header: kop({ ...wie, identificatie, dagtekening }), ...maak(dagtekening, moment) } as Inhoud;
    return { ...wie, indiener: afzender.leverancier ?? afzender.code, partij: ontvanger, dagtekening, inhoud };
  }

  #zend(
    stuk: Pick<Zending, 'soort' | 'afzender' | 'ontvanger' | 'indiener' | 'bytes' | 'lot' | 'antwoord'>,
    moment: number,
    kruisreferentie: string | null = null,
  ): Ruw {
    const { soort, afzender, ontvanger, indiener, bytes, lot, antwoord: vanKnooppunt } = stuk;
    const referentienummer = afgeleideUuid('simulatie', this.merk, afzender, soort.code, String(this.zendingen.length));
    // Mostly a tenth of a second or two; now and then others are before it.
    const vertraging = Math.round(
      60 + 240 * this.toeval.breuk() ** 2 + (this.toeval.kans(0.03) ? this.toeval.geheel(500, 6000) : 0),
    );
    const wie = { soort, afzender, ontvanger, indiener };
    const ruw = { ...wie, referentienummer, kruisreferentie, bytes, moment, vertraging, lot, antwoord: vanKnooppunt };
    this.zendingen.push(ruw);
    return ruw;
  }

  #stuurFout(opdracht: Opdracht, fout: 'xsd' | 'niveau2' | 'niveau3'): boolean {
    if (opdracht.op >= this.klok.tot) return false;
    const { baan, nummer, op } = opdracht;
    const gemaakt = this.#maak(opdracht, op);
    const { soort, partij } = gemaakt;
    const zelf = partij.keuze[baan.domein].retour === 'zelf';
    const wijzig = fout === 'niveau2' ? NIVEAU_2[nummer] : fout === 'niveau3' ? NIVEAU_3[nummer]?.wijzig : undefined;
    const inhoud = wijzig ? wijzig(gemaakt.inhoud) : gemaakt.inhoud;
    const goed = schrijf(soort, inhoud);
    const bytes = fout === 'xsd' ? breekXsd(goed, this.toeval) : goed;
    const bezorgd = fout === 'niveau3' && zelf;
    const lot: Lot = fout === 'xsd' ? 'xsd' : bezorgd ? 'bezorgd' : 'afgekeurd';
    const vanKnooppunt = fout === 'xsd' ? 'Fo01' : bezorgd ? null : soort.antwoord;
    const ruw = this.#zend({ ...gemaakt, bytes, lot, antwoord: vanKnooppunt }, op);
    const tegen = NIVEAU_3[nummer]?.bevinding;
    if (bezorgd && tegen) this.#antwoordt(ruw, gemaakt.partij, inhoud, { bevindingen: [tegen] });
    return true;
  }

  #stuurGoed(opdracht: Opdracht, moment: number): Bezorgd | undefined {
    if (moment >= this.klok.tot) return undefined;
    const { partij, inhoud, dagtekening, ...wie } = this.#maak(opdracht, moment);
    const zelf = partij.keuze[opdracht.baan.domein].retour === 'zelf';
    const antwoordsoort = zelf ? null : wie.soort.antwoord;
    const ruw = this.#zend(
      { ...wie, bytes: schrijf(wie.soort, inhoud), lot: 'bezorgd', antwoord: antwoordsoort },
      moment,
    );
    const verwerkt = moment + ruw.vertraging;
    const beantwoord = zelf ? this.#antwoordt(ruw, partij, inhoud, opdracht) : verwerkt;
    return { moment: verwerkt, dagtekening, inhoud, beantwoord };
  }

  /** The receiver answers itself: in time, late, or not at all. @returns when */
  #antwoordt(
    heen: Ruw,
    partij: Partij,
    inhoud: Inhoud,
    { vast, bevindingen = [] }: Pick<Opdracht, 'vast' | 'bevindingen'>,
  ): number | null {
    const { toeval, klok } = this;
    const wat = heen.soort.nummer === '323' ? 'declaratie' : 'retour';
    if (!vast && toeval.kans(KANS.zonderAntwoord[wat])) return null;
    const teLaat = !vast && toeval.kans(partij.traag * TE_LAAT_KEER[wat]);
    const dagen = werkdagen(toeval, wat, vast ? 'vast' : teLaat ? 'laat' : 'opTijd');
    const moment = klok.naWerkdagen(heen.moment + heen.vertraging, dagen, toeval);
    if (moment >= klok.tot) return null;
    const gegeven = antwoord(heen.soort, inhoud, bevindingen, {
      heenId: heen.referentienummer,
      moment: new Date(moment),
    });
    if (!gegeven) return null;
    const { soort, bytes } = gegeven;
    const wie = {
      soort,
      afzender: heen.ontvanger,
      ontvanger: heen.afzender,
      indiener: partij.leverancier ?? partij.code,
    };
    this.#zend({ ...wie, bytes, lot: 'bezorgd', antwoord: null }, moment, heen.referentienummer);
    return moment;
  }
}
