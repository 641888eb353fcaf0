/** The inspections of a start (305) and a stop (307). */
import type { Klasse } from '../standards/structuren.ts';
import { eigenFeiten } from './eigen-feiten.ts';
import type { Levering } from './feiten.ts';
import { Leveringstand } from './leveringen.ts';
import { plaatsenVan } from './plaatsen.ts';
import type { Dossierregel } from './regel.ts';
import { AANLEVERREGELS, type Leveringzicht, VERWIJDERREGELS } from './regels/levering.ts';
import { STARTREGELS, STARTVERWIJDERREGELS } from './regels/start.ts';
import { STOPREGELS } from './regels/stop.ts';
import type { TeSchouwen } from './te-schouwen.ts';
import { isVastVoor } from './vast.ts';
import type { Plaats, Verslag } from './verslag.ts';

type Regels = readonly Dossierregel<Leveringzicht>[];
type Product = Klasse<'305', 'StartProduct'> | Klasse<'307', 'StopProduct'>;

interface Lijst {
  readonly plaatsen: readonly (Plaats & { readonly klasse: Product })[];
  /** For StatusAanlevering 1. */
  readonly regels: Regels;
  /** For StatusAanlevering 3: a removal is a correction, of which nothing else is judged (TR063). */
  readonly verwijderregels: Regels;
}

/** All removals count before anything that is delivered: what takes their place may stand beside them, or above them (IV008). */
function schouwLeveringen(bericht: TeSchouwen, verslag: Verslag, { plaatsen, regels, verwijderregels }: Lijst): void {
  const { leveringen } = eigenFeiten(bericht);
  const eerder = leveringen[0] ? bericht.dossier.leveringenVan(leveringen[0].persoon) : [];
  const vast = (levering: Levering): boolean => isVastVoor(bericht, levering);
  const ervoor = new Leveringstand(eerder, vast);
  const stand = new Leveringstand([...eerder, ...leveringen.filter(({ verwijdert }) => verwijdert)], vast);
  for (const [nr, plaats] of plaatsen.entries()) {
    const levering = leveringen[nr];
    if (!levering) continue;
    const zicht = { levering, ingangsdatum: plaats.klasse.ToewijzingIngangsdatum, bericht };
    if (levering.verwijdert) verslag.toets(verwijderregels, { ...zicht, stand: ervoor }, plaats);
    else {
      verslag.toets(regels, { ...zicht, stand }, plaats);
      stand.neem(levering);
    }
  }
}

export function schouwStart(bericht: TeSchouwen, verslag: Verslag): void {
  const { StartProducten } = bericht.inhoud.Client as unknown as Klasse<'305', 'Client'>;
  schouwLeveringen(bericht, verslag, {
    plaatsen: plaatsenVan<Klasse<'305', 'StartProduct'>>(
      '/Bericht/Client/StartProducten',
      'StartProduct',
      StartProducten.StartProduct,
    ),
    regels: [...AANLEVERREGELS, ...STARTREGELS],
    verwijderregels: [...VERWIJDERREGELS, ...STARTVERWIJDERREGELS],
  });
}

export function schouwStop(bericht: TeSchouwen, verslag: Verslag): void {
  const { StopProducten } = bericht.inhoud.Client as unknown as Klasse<'307', 'Client'>;
  schouwLeveringen(bericht, verslag, {
    plaatsen: plaatsenVan<Klasse<'307', 'StopProduct'>>(
      '/Bericht/Client/StopProducten',
      'StopProduct',
      StopProducten.StopProduct,
    ),
    regels: [...AANLEVERREGELS, ...STOPREGELS],
    verwijderregels: VERWIJDERREGELS,
  });
}
