/** What an inspection of a message found, as it goes. */
import type { Ernst } from '../standards/bevinding.ts';
import { bestaand, type Vondst } from '../standards/toetsing.ts';
import type { Inhoud } from '../xml/structuur.ts';
import type { Herkomst } from './feiten.ts';
import type { Dossierregel, Oordeel } from './regel.ts';

/** A finding, with the earlier messages that it collides with. */
export interface Dossiervondst extends Omit<Vondst, 'eerder'> {
  readonly eerder: readonly Herkomst[];
}

/** Not judged: shown beside the findings, and never a reason to refuse. */
export const NIET_BEOORDEELD = '0233';
const ERNST: Readonly<Record<Exclude<Oordeel, 'goed'>, Ernst>> = {
  fout: 'fout',
  twijfel: 'waarschuwing',
  onbekend: 'waarschuwing',
};
const ONBEKEND_MELDING =
  'Dit kon niet worden beoordeeld: het dossier weet niet wat er vóór zijn begindatum was. Het bericht wordt hier niet op afgekeurd.';

/** A class of the message that is being inspected. */
export interface Plaats {
  /** XPath with positions: /Bericht/Client/StartProducten/StartProduct[2]. */
  readonly pad: string;
  readonly inhoud: Inhoud;
}

export class Verslag {
  readonly vondsten: Dossiervondst[] = [];
  /** Paths of the classes of which a rule could not tell, and that no rule refuses. */
  readonly nietBeoordeeld = new Set<string>();
  readonly #afgekeurd = new Set<string>();

  /**
   * Runs rules over a class.
   * @returns does none of them refuse it?
   */
  toets<Zicht>(regels: readonly Dossierregel<Zicht>[], zicht: Zicht, { pad, inhoud }: Plaats): boolean {
    let goed = true;
    for (const { controleer, code, niveau, retourcode, melding, element } of regels) {
      const { oordeel, eerder } = controleer(zicht);
      if (oordeel === 'goed') continue;
      if (oordeel === 'fout') goed = false;
      if (oordeel === 'onbekend' && !this.#afgekeurd.has(pad)) this.nietBeoordeeld.add(pad);
      this.vondsten.push({
        ernst: ERNST[oordeel],
        niveau,
        regel: code,
        retourcode: oordeel === 'onbekend' ? NIET_BEOORDEELD : retourcode,
        pad: pad + bestaand(inhoud, element),
        melding: oordeel === 'onbekend' ? ONBEKEND_MELDING : melding,
        eerder,
      });
    }
    if (!goed) {
      this.#afgekeurd.add(pad);
      this.nietBeoordeeld.delete(pad);
    }
    return goed;
  }
}
