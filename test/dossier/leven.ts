/**
 * A life in one lane without a store: messages are made, checked up to level 2 as the lane would, and then either become part of the dossier
 * or are held against it. So a test of a rule across messages tells a life in a few lines.
 */

import { Dossier, prestatiesleutel } from '#src/dossier/dossier.ts';
import type { Masker, Stand } from '#src/dossier/feiten.ts';
import { type Dossierbegin, kennisVan } from '#src/dossier/kennis.ts';
import { schouw } from '#src/dossier/schouw.ts';
import type { TeSchouwen } from '#src/dossier/te-schouwen.ts';
import { feitenVan } from '#src/dossier/uittreksel.ts';
import type { Domein } from '#src/standards/catalogus.ts';
import { controleer } from '#src/standards/controle.ts';
import { type Nummer, structuurVan } from '#src/standards/structuren.ts';
import { leesInhoud } from '#src/xml/inhoud.ts';
import type { Inhoud } from '#src/xml/structuur.ts';
import { alsBytes, type Bericht, inhoudVan, soortVan } from '../hulp/bouwer.ts';
import { BRONNEN } from '../hulp/controle.ts';

/** Changes a message that has its header and person already. */
export type Wijziging<N extends Nummer> = (bericht: Bericht<N>, domein: Domein) => void;

/** One that can be read back in a failed test; the real one is keyed. */
export const MASKER: Masker = { persoon: (bsn) => `persoon ${bsn}`, kenmerk: (tekst) => `kenmerk ${tekst}` };

/** The dossier has everything from before all lives in these tests. */
export const HEEL: Dossierbegin = {
  volledigVanaf: '2020-01-01',
  lopendeIngevoerd: true,
  eersteDagtekening: null,
  blindTot: null,
};
/** Nothing is said about its beginning, so nothing that is missing proves anything. */
export const ONGEZEGD: Dossierbegin = {
  volledigVanaf: null,
  lopendeIngevoerd: false,
  eersteDagtekening: '2026-01-01',
  blindTot: null,
};

export const JAN = '999900006';
export const PIET = '999900031';

interface Keuzes {
  /** Absent: Jan. */
  readonly bsn?: string;
  /** Absent: one of its own. */
  readonly identificatie?: string;
  /** false: a fact from before these rules were kept; it need not be valid. */
  readonly gecontroleerd?: boolean;
  /** What an inspection is given, other than usual. */
  readonly anders?: Partial<Pick<TeSchouwen, 'heen' | 'geweigerd' | 'tarieven'>>;
}

/** What the rules said: rule, how serious, where. `onbekend` for what could not be judged. */
export interface Oordeel {
  readonly vondsten: readonly (readonly [regel: string, ernst: 'fout' | 'waarschuwing' | 'onbekend', pad: string])[];
  /** Places in the lane of the earlier messages that each of them collides with. */
  readonly eerder: readonly (readonly number[])[];
  readonly nietBeoordeeld: readonly string[];
}

export class Leven {
  readonly domein: Domein;
  readonly dossier = new Dossier();
  readonly #begin: Dossierbegin;
  readonly #peildatum: string;
  #volgorde = 0;

  constructor(domein: Domein, begin: Dossierbegin = HEEL, peildatum = '2026-06-15') {
    this.domein = domein;
    this.#begin = begin;
    this.#peildatum = peildatum;
  }

  #maak<N extends Nummer>(nummer: N, dagtekening: string, wijzig: Wijziging<N>, keuzes: Keuzes) {
    const volgorde = this.#volgorde + 1;
    const soort = soortVan(this.domein, nummer);
    const bericht = inhoudVan(soort) as unknown as Bericht<N>;
    const { Header, Client } = bericht as unknown as {
      Header: { BerichtIdentificatie: { Identificatie: string; Dagtekening: string } };
      Client?: { Bsn: string };
    };
    Header.BerichtIdentificatie = {
      Identificatie: keuzes.identificatie ?? `B${volgorde}`,
      Dagtekening: dagtekening,
    };
    if (Client) Client.Bsn = keuzes.bsn ?? JAN;
    wijzig(bericht, this.domein);
    const bytes = alsBytes(bericht as unknown as Inhoud, soort);
    if (keuzes.gecontroleerd !== false) {
      const { bevindingen } = controleer(bytes, soort, { niveau: 2, bronnen: BRONNEN });
      const fouten = bevindingen.filter(({ ernst }) => ernst === 'fout');
      if (fouten.length > 0) throw new Error(`This message would not get as far as level 3: ${JSON.stringify(fouten)}`);
    }
    const inhoud = leesInhoud(bytes, structuurVan(soort));
    return { soort, inhoud, herkomst: { volgorde, berichtId: `bericht ${volgorde}`, dagtekening } };
  }

  /** A message becomes part of the dossier, whatever the rules say. @returns its place in the lane */
  stuur<N extends Nummer>(nummer: N, dagtekening: string, wijzig: Wijziging<N>, keuzes: Keuzes = {}): number {
    const { soort, inhoud, herkomst } = this.#maak(nummer, dagtekening, wijzig, keuzes);
    const feiten = feitenVan(soort, inhoud, herkomst, MASKER);
    if (feiten) this.dossier.neem(feiten);
    this.#volgorde = herkomst.volgorde;
    return herkomst.volgorde;
  }

  /** What the rules have against a message that comes in now. The dossier stays as it is. */
  schouw<N extends Nummer>(nummer: N, dagtekening: string, wijzig: Wijziging<N>, keuzes: Keuzes = {}): Oordeel {
    const verslag = schouw({
      ...this.#maak(nummer, dagtekening, wijzig, keuzes),
      heen: null,
      dossier: this.dossier,
      kennis: kennisVan(this.#begin),
      masker: MASKER,
      peildatum: this.#peildatum,
      geweigerd: new Set(),
      ...keuzes.anders,
    });
    return {
      vondsten: verslag.vondsten.map(({ regel, ernst, retourcode, pad }) => [
        regel,
        retourcode === '0233' ? 'onbekend' : ernst,
        pad,
      ]),
      eerder: verslag.vondsten.map(({ eerder }) => eerder.map(({ volgorde }) => volgorde)),
      nietBeoordeeld: [...verslag.nietBeoordeeld],
    };
  }

  /** A message is judged, and becomes part of the dossier when nothing refuses it, as the lane does. */
  ontvang<N extends Nummer>(nummer: N, dagtekening: string, wijzig: Wijziging<N>, keuzes: Keuzes = {}): Oordeel {
    const oordeel = this.schouw(nummer, dagtekening, wijzig, keuzes);
    if (oordeel.vondsten.every(([, ernst]) => ernst !== 'fout')) this.stuur(nummer, dagtekening, wijzig, keuzes);
    return oordeel;
  }

  /** A declaratie gets its answer: everything in it is granted, or everything is sent back. */
  beslis(volgorde: number, stand: Exclude<Stand, 'ingediend'>): void {
    const afgewezen = stand === 'toegekend' ? [] : this.dossier.prestatiesVan(volgorde);
    this.dossier.beslis({ volgorde, afgewezen: new Set(afgewezen.map(prestatiesleutel)) });
  }
}
