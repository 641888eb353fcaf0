/** The inspection of a toewijzing (301). */
import type { Klasse } from '../standards/structuren.ts';
import { eigenFeiten } from './eigen-feiten.ts';
import { plaatsenVan } from './plaatsen.ts';
import { TOEWIJZINGREGELS } from './regels/toewijzing.ts';
import type { TeSchouwen } from './te-schouwen.ts';
import type { Verslag } from './verslag.ts';

export function schouwToewijzing(bericht: TeSchouwen, verslag: Verslag): void {
  const { ToegewezenProducten } = bericht.inhoud.Client as unknown as Klasse<'301', 'Client'>;
  const { toewijzingen } = eigenFeiten(bericht);
  const lijst: readonly Klasse<'301', 'ToegewezenProduct'>[] = ToegewezenProducten.ToegewezenProduct;
  for (const [nr, plaats] of plaatsenVan('/Bericht/Client/ToegewezenProducten', 'ToegewezenProduct', lijst).entries()) {
    const toewijzing = toewijzingen[nr];
    if (toewijzing) verslag.toets(TOEWIJZINGREGELS, { toewijzing, bericht }, plaats);
  }
}
