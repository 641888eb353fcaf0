/** Breaks of the rules in ijw/3.2/regels.ts. */
import type { Antwoord } from '#src/standards/ijw/3.2/schema/JW319.ts';
import type { Bericht, Los } from '../../hulp/bouwer.ts';
import { type Breuk, breuk } from './breuk.ts';
import { overlapbreuken } from './overlap.ts';

const antwoord =
  (gegevens: Pick<Los<Antwoord>, 'VerzoekAntwoord' | 'RedenAfwijzingVerzoek' | 'Woonplaatsbeginsel'>) =>
  (bericht: Bericht<'319'>): void => {
    const { ReferentieAanbieder } = bericht.Antwoord;
    bericht.Antwoord = { ReferentieAanbieder, ...gegevens };
  };
const PLAATS = { Woonplaatsbeginsel: { Gemeente: '0363' } };

export const IJW_BREUKEN: readonly Breuk[] = [
  ...overlapbreuken('ijw', ['45', '54']),
  breuk('TR377', '319', 'Antwoord', 'Woonplaatsbeginsel', {
    domein: 'ijw',
    breek: antwoord({ VerzoekAntwoord: '1', RedenAfwijzingVerzoek: '8' }),
    pad: '/Bericht/Antwoord',
  }),
  breuk('TR409', '319', 'Antwoord', 'Woonplaatsbeginsel', {
    domein: 'ijw',
    vooraf: antwoord({ VerzoekAntwoord: '1', RedenAfwijzingVerzoek: '7' }),
    breek: antwoord({ VerzoekAntwoord: '1', RedenAfwijzingVerzoek: '7', ...PLAATS }),
    pad: '/Bericht/Antwoord/Woonplaatsbeginsel',
  }),
  breuk('TR409', '319', 'Antwoord', 'Woonplaatsbeginsel', {
    domein: 'ijw',
    vooraf: antwoord({ VerzoekAntwoord: '2' }),
    breek: antwoord({ VerzoekAntwoord: '2', ...PLAATS }),
    pad: '/Bericht/Antwoord/Woonplaatsbeginsel',
    ernst: 'waarschuwing',
  }),
];
