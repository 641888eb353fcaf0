/** The inspection of a request for a toewijzing (315). */
import type { Klasse } from '../standards/structuren.ts';
import type { Inhoud } from '../xml/structuur.ts';
import { plaatsenVan } from './plaatsen.ts';
import { AANVRAAGREGELS, KENMERKREGELS } from './regels/verzoek.ts';
import type { TeSchouwen } from './te-schouwen.ts';
import type { Verslag } from './verslag.ts';

export function schouwVerzoek(bericht: TeSchouwen, verslag: Verslag): void {
  const { masker } = bericht;
  const inhoud = bericht.inhoud.Client as Inhoud;
  const { Bsn, AangevraagdeProducten } = inhoud as unknown as Klasse<'315', 'Client'>;
  verslag.toets(AANVRAAGREGELS, { persoon: masker.persoon(Bsn), bericht }, { pad: '/Bericht/Client', inhoud });
  const lijst: readonly Klasse<'315', 'AangevraagdProduct'>[] = AangevraagdeProducten.AangevraagdProduct;
  for (const plaats of plaatsenVan('/Bericht/Client/AangevraagdeProducten', 'AangevraagdProduct', lijst))
    verslag.toets(KENMERKREGELS, { kenmerk: masker.kenmerk(plaats.klasse.ReferentieAanbieder), bericht }, plaats);
}
