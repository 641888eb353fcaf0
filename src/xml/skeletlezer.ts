/**
 * Reads a large document of which only a little matters: that little is kept as a tree, the skeleton; the text of the elements that hold
 * the bulk goes to someone else as it comes. Who reads the document says of every element, at its start tag, which of the two it is.
 */
import type { SaxesTagNS } from 'saxes';
import { type Attribuut, type Bot, sleutel } from './skelet.ts';
import { type Bezwaar, Tekststroom } from './tekststroom.ts';

/** Names, attributes and texts together. */
const MAX_SKELET = 64 * 1024;
/** What a node costs besides its names and text. */
const KNOOP = 16;

/** A start tag. */
export interface Begin {
  readonly naam: string;
  readonly namespace: string;
  readonly attributen: readonly Attribuut[];
  /** The elements around it, the root first, as {namespace}name. */
  readonly omgeving: readonly string[];
}

/** What happens with an element. */
export interface Wijze {
  /** Does it stand in the skeleton? */
  readonly bewaar: boolean;
  /** Its text: into the skeleton, or to this function, piece by piece. */
  readonly tekst: 'skelet' | ((stuk: string) => void);
  /** Are the elements in it looked at? Otherwise they need only be well-formed, and are forgotten. */
  readonly kinderen: boolean;
}

export interface Skeletwijzer {
  wijs(begin: Begin): Wijze;
  /** Must throw; see Luisteraar. */
  weiger(bezwaar: Bezwaar, toelichting: string): never;
}

export const BEWAAR: Wijze = { bewaar: true, tekst: 'skelet', kinderen: true };
export const NEGEER: Wijze = { bewaar: false, tekst: () => {}, kinderen: false };

/** A bone that still grows. */
interface Groeiend extends Bot {
  tekst: string;
  readonly kinderen: Groeiend[];
}

interface Open {
  readonly wijze: Wijze;
  readonly bot: Groeiend | undefined;
  /** The namespaces declared here: prefix → namespace. */
  readonly namespaces: Readonly<Record<string, string>>;
}

const attributenVan = (tag: SaxesTagNS): readonly Attribuut[] =>
  Object.values(tag.attributes).map(({ name, local, uri, value }) => ({
    naam: name,
    lokaal: local,
    namespace: uri,
    waarde: value,
  }));

export class SkeletLezer {
  readonly #stroom: Tekststroom;
  readonly #wijzer: Skeletwijzer;
  readonly #open: Open[] = [];
  readonly #omgeving: string[] = [];
  #wortel: Groeiend | undefined;
  #grootte = 0;
  /** How deep in an element that is not looked at. */
  #genegeerd = 0;

  constructor(wijzer: Skeletwijzer) {
    this.#wijzer = wijzer;
    this.#stroom = new Tekststroom({
      open: (tag) => this.#begin(tag),
      sluit: () => this.#sluit(),
      tekst: (stuk) => this.#tekst(stuk),
      weiger: (bezwaar, toelichting) => wijzer.weiger(bezwaar, toelichting),
    });
  }

  /** Takes the next bytes; throws what the guide throws, after which no more may be read. */
  lees(bytes: Uint8Array): void {
    this.#stroom.lees(bytes);
  }

  /** @returns the skeleton, or undefined when no element had to be kept */
  einde(): Bot | undefined {
    this.#stroom.einde();
    return this.#wortel;
  }

  /** As far as it was read. */
  get skelet(): Bot | undefined {
    return this.#wortel;
  }

  #begin(tag: SaxesTagNS): void {
    const ouder = this.#open.at(-1);
    if (this.#genegeerd > 0 || ouder?.wijze.kinderen === false) {
      this.#genegeerd += 1;
      return;
    }
    const attributen = attributenVan(tag);
    const wijze = this.#wijzer.wijs({ naam: tag.local, namespace: tag.uri, attributen, omgeving: this.#omgeving });
    this.#open.push({
      wijze,
      bot: wijze.bewaar ? this.#groei(tag, attributen, ouder?.bot) : undefined,
      namespaces: tag.ns,
    });
    this.#omgeving.push(sleutel(tag.uri, tag.local));
  }

  #groei(tag: SaxesTagNS, attributen: readonly Attribuut[], ouder: Groeiend | undefined): Groeiend {
    const bot: Groeiend = {
      naam: tag.local,
      namespace: tag.uri,
      gekwalificeerd: tag.name,
      attributen: ouder ? attributen : [...this.#geerfd(tag.ns), ...attributen],
      tekst: '',
      kinderen: [],
    };
    for (const { naam, waarde } of bot.attributen) this.#tel(naam.length + waarde.length + KNOOP);
    this.#tel(tag.name.length + KNOOP);
    if (ouder) ouder.kinderen.push(bot);
    else this.#wortel = bot;
    return bot;
  }

  /** The declarations of the elements around the root of the skeleton: its names and values may use their prefixes. */
  #geerfd(eigen: Readonly<Record<string, string>>): readonly Attribuut[] {
    const alle = new Map(this.#open.flatMap(({ namespaces }) => Object.entries(namespaces)));
    for (const voorvoegsel of Object.keys(eigen)) alle.delete(voorvoegsel);
    return [...alle].map(([voorvoegsel, waarde]) => ({
      naam: voorvoegsel === '' ? 'xmlns' : `xmlns:${voorvoegsel}`,
      lokaal: voorvoegsel,
      namespace: 'http://www.w3.org/2000/xmlns/',
      waarde,
    }));
  }

  #sluit(): void {
    if (this.#genegeerd > 0) {
      this.#genegeerd -= 1;
      return;
    }
    this.#open.pop();
    this.#omgeving.pop();
  }

  #tekst(stuk: string): void {
    const hier = this.#open.at(-1);
    if (this.#genegeerd > 0 || !hier) return;
    if (hier.wijze.tekst !== 'skelet') hier.wijze.tekst(stuk);
    else if (hier.bot) {
      this.#tel(stuk.length);
      hier.bot.tekst += stuk;
    }
  }

  #tel(tekens: number): void {
    this.#grootte += tekens;
    if (this.#grootte > MAX_SKELET) this.#wijzer.weiger('xmlTeComplex', 'Een onderdeel is te lang om te lezen.');
  }
}
