/** What a message that is being inspected would establish itself: its classes as facts, in the order of the message. */
import type { Feiten } from './feiten.ts';
import type { TeSchouwen } from './te-schouwen.ts';
import { feitenVan } from './uittreksel.ts';

/** @throws when the soort establishes nothing: a retour is not inspected */
export function eigenFeiten({ soort, inhoud, herkomst, masker }: TeSchouwen): Feiten {
  const feiten = feitenVan(soort, inhoud, herkomst, masker);
  if (!feiten) throw new Error(`${soort.code} establishes nothing`);
  return feiten;
}
