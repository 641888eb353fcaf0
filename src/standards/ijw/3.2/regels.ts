/** What only iJw demands. Source: TR377 and TR409, and the iJw entries of TR302, TR386 and TR410. */
import { overlapregels } from '../../gedeeld/overlap.ts';
import { alleen, op, type Regel, technischeRegel } from '../../regels.ts';
import type { Antwoord } from './schema/JW319.ts';

/** Reason to refuse: another gemeente is responsible. */
const WOONPLAATSBEGINSEL = '8';

const ANTWOORDREGELS: readonly Regel[] = [
  technischeRegel('TR377', {
    tekst: 'Een afwijzing op het woonplaatsbeginsel (reden 8) noemt de gemeente die wel verantwoordelijk is.',
    melding: 'Vul bij een afwijzing op het woonplaatsbeginsel welke gemeente verantwoordelijk is.',
    toepassingen: [
      alleen(
        'ijw',
        op(
          '319',
          'Antwoord',
          'Woonplaatsbeginsel',
          ({ RedenAfwijzingVerzoek, Woonplaatsbeginsel }: Antwoord) =>
            RedenAfwijzingVerzoek !== WOONPLAATSBEGINSEL || Woonplaatsbeginsel !== undefined,
        ),
      ),
    ],
  }),
  technischeRegel('TR409', {
    tekst: 'Alleen een afwijzing op het woonplaatsbeginsel (reden 8) noemt de gemeente die wel verantwoordelijk is.',
    melding: 'Laat Woonplaatsbeginsel weg: dat hoort alleen bij een afwijzing op het woonplaatsbeginsel.',
    twijfel:
      'Een waarschuwing als er geen reden van afwijzing is: de norm zegt niet of een lege reden ook ongelijk aan 8 is.',
    toepassingen: [
      alleen(
        'ijw',
        op(
          '319',
          'Antwoord',
          'Woonplaatsbeginsel',
          ({ RedenAfwijzingVerzoek, Woonplaatsbeginsel }: Antwoord) =>
            Woonplaatsbeginsel === undefined ||
            RedenAfwijzingVerzoek === WOONPLAATSBEGINSEL ||
            (RedenAfwijzingVerzoek === undefined && 'twijfel'),
        ),
      ),
    ],
  }),
];

/** No category may overlap everything. */
export const VRIJ: ReadonlySet<string> = new Set();

export const IJW_REGELS: readonly Regel[] = [...overlapregels('ijw', VRIJ, ''), ...ANTWOORDREGELS];
