/**
 * Cuts a JSON file that is one long list into its elements, as it comes in: [ {…}, {…} ], bare or as the one answer in a GraphQL response. Only
 * the cutting is done here; each element is parsed by JSON.parse, which judges it.
 */
import { onleesbaar } from './onleesbaar.ts';

/** What may stand before the first element: nothing else, so an answer with errors in it is refused. */
const BEGIN = /^\s*(?:\[|\{\s*"data"\s*:\s*\{\s*"wlzIndicatie"\s*:\s*\[)/;
const EINDE_LIJST = /^\s*$/;
const EINDE_ANTWOORD = /^\s*\}\s*\}\s*$/;
const MAX_BEGIN = 1000;
/** An indication with everything there is about a client has some 10 kB. */
const MAX_ELEMENT = 1_000_000;

const OPEN = 0x7b;
const SLUIT = 0x7d;
const QUOTE = 0x22;
const SCHUIN = 0x5c;
const KOMMA = 0x2c;
const EINDE = 0x5d;
const SPATIES: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);

export class JsonLijst {
  #fase: 'begin' | 'lijst' | 'slot' = 'begin';
  #slot = EINDE_LIJST;
  #over = '';
  #diepte = 0;
  #inTekst = false;
  #schuin = false;
  /** Between two elements: what must come now. */
  #verwacht: 'element of einde' | 'element' | 'komma of einde' = 'element of einde';
  #aantal = 0;

  /**
   * Takes the next text.
   * @returns the elements that became whole, as text
   * @throws KnooppuntFout wlzLeveringOnleesbaar when it is no such list
   */
  lees(tekst: string): readonly string[] {
    let nieuw = this.#over + tekst;
    let vanaf = this.#over.length;
    if (this.#fase === 'begin') {
      const begin = BEGIN.exec(nieuw)?.[0];
      if (begin === undefined) {
        if (nieuw.length > MAX_BEGIN) throw onleesbaar('Het is geen lijst, en geen antwoord met data.wlzIndicatie.');
        this.#over = nieuw;
        return [];
      }
      this.#fase = 'lijst';
      this.#slot = begin.includes('{') ? EINDE_ANTWOORD : EINDE_LIJST;
      nieuw = nieuw.slice(begin.length);
      vanaf = 0;
    }
    return this.#fase === 'lijst' ? this.#knip(nieuw, vanaf) : this.#inSlot(nieuw);
  }

  /** @throws KnooppuntFout wlzLeveringOnleesbaar when the list is not complete, or something follows it */
  einde(): void {
    if (this.#fase !== 'slot' || !this.#slot.test(this.#over))
      throw onleesbaar(`Na element ${this.#aantal} is het bestand niet volledig, of volgt er iets anders.`);
  }

  #inSlot(tekst: string): readonly string[] {
    if (tekst.length > MAX_BEGIN) throw onleesbaar('Na de lijst volgt er nog iets anders.');
    this.#over = tekst;
    return [];
  }

  /** @param vanaf where the part begins that was not looked at yet */
  #knip(tekst: string, vanaf: number): readonly string[] {
    const elementen: string[] = [];
    let begin = 0;
    for (let plaats = vanaf; plaats < tekst.length; plaats += 1) {
      const teken = tekst.charCodeAt(plaats);
      if (this.#diepte === 0) {
        if (SPATIES.has(teken)) continue;
        if (teken === EINDE && this.#verwacht !== 'element') {
          this.#fase = 'slot';
          this.#over = '';
          this.#inSlot(tekst.slice(plaats + 1));
          return elementen;
        }
        if (!this.#opent(teken)) continue;
        this.#diepte = 1;
        begin = plaats;
      } else if (this.#stap(teken)) {
        elementen.push(tekst.slice(begin, plaats + 1));
        this.#aantal += 1;
      }
    }
    this.#over = this.#diepte > 0 ? tekst.slice(begin) : '';
    if (this.#over.length > MAX_ELEMENT) throw onleesbaar(`Element ${this.#aantal + 1} is te groot.`);
    return elementen;
  }

  /** One character between two elements. @returns true when it begins one */
  #opent(teken: number): boolean {
    if (teken === OPEN && this.#verwacht !== 'komma of einde') return true;
    if (teken !== KOMMA || this.#verwacht !== 'komma of einde')
      throw onleesbaar(`Na element ${this.#aantal} staat iets dat geen object is.`);
    this.#verwacht = 'element';
    return false;
  }

  /** One character inside an element. @returns true at its end */
  #stap(teken: number): boolean {
    if (this.#inTekst) {
      if (this.#schuin) this.#schuin = false;
      else if (teken === SCHUIN) this.#schuin = true;
      else if (teken === QUOTE) this.#inTekst = false;
      return false;
    }
    if (teken === QUOTE) this.#inTekst = true;
    else if (teken === OPEN) this.#diepte += 1;
    else if (teken === SLUIT) {
      this.#diepte -= 1;
      if (this.#diepte === 0) this.#verwacht = 'komma of einde';
      return this.#diepte === 0;
    }
    return false;
  }
}
