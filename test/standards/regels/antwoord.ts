/** Breaks of the rules in gedeeld/antwoord.ts. */
import type { Bericht } from '../../hulp/bouwer.ts';
import { type Breuk, breuk } from './breuk.ts';

type Antwoord = Bericht<'319'>['Antwoord'];
/** Changes the answer, and keeps it away from the woonplaatsbeginsel, which only iJw has. */
const antwoord =
  (VerzoekAntwoord: Antwoord['VerzoekAntwoord'], RedenAfwijzingVerzoek?: Antwoord['RedenAfwijzingVerzoek']) =>
  (bericht: Bericht<'319'>): void => {
    const { ReferentieAanbieder } = bericht.Antwoord;
    bericht.Antwoord = { ReferentieAanbieder, VerzoekAntwoord, RedenAfwijzingVerzoek };
  };

export const ANTWOORDBREUKEN: readonly Breuk[] = [
  breuk('CD085', '319', 'Antwoord', 'RedenAfwijzingVerzoek', {
    vooraf: antwoord('1', '1'),
    breek: antwoord('1'),
    pad: '/Bericht/Antwoord',
  }),
  breuk('CD086', '319', 'Antwoord', 'RedenAfwijzingVerzoek', {
    vooraf: antwoord('2'),
    breek: antwoord('2', '1'),
    pad: '/Bericht/Antwoord/RedenAfwijzingVerzoek',
  }),
];
