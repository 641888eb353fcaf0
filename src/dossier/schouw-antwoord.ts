/** The inspection of the answer to a request (319). */
import type { Inhoud } from '../xml/structuur.ts';
import { eigenFeiten } from './eigen-feiten.ts';
import { ANTWOORDREGELS } from './regels/antwoord.ts';
import type { TeSchouwen } from './te-schouwen.ts';
import type { Verslag } from './verslag.ts';

export function schouwAntwoord(bericht: TeSchouwen, verslag: Verslag): void {
  const inhoud = bericht.inhoud.Antwoord as Inhoud;
  for (const antwoord of eigenFeiten(bericht).antwoorden)
    verslag.toets(ANTWOORDREGELS, { antwoord, bericht }, { pad: '/Bericht/Antwoord', inhoud });
}
