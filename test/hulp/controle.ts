/** Checks for tests: the sources of a quiet day, and the check at one level. */
import type { Controleniveau } from '#src/standards/bevinding.ts';
import type { Bronnen } from '#src/standards/bronnen.ts';
import type { Berichtsoort } from '#src/standards/catalogus.ts';
import { GEMEENTEN_2026 } from '#src/standards/codelijsten/gemeenten.ts';
import { type Controle, controleer } from '#src/standards/controle.ts';

/** The lists as shipped; no product codes. */
export const LIJSTEN: Omit<Bronnen, 'peildatum'> = { gemeenten: GEMEENTEN_2026 };
/** After every date in our examples. */
export const BRONNEN: Bronnen = { ...LIJSTEN, peildatum: '2026-12-31' };

/** Checks up to this level, and hands back what an answer is made of. */
export const controleerTot = (niveau: Controleniveau, bytes: Uint8Array, soort: Berichtsoort): Controle =>
  controleer(bytes, soort, { niveau, bronnen: BRONNEN, metInhoud: true });
