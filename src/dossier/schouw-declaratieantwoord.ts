/** The inspection of a declaratie-antwoord (325): what it repeats, beside the declaratie that it answers. */
import { jarenLater, vergelijk } from '../standards/datum.ts';
import type { Klasse } from '../standards/structuren.ts';
import type { Inhoud } from '../xml/structuur.ts';
import type { Declaratie, Prestatie } from './feiten.ts';
import { plaatsenVan } from './plaatsen.ts';
import {
  ANTWOORDCLIENTREGELS,
  ANTWOORDPRESTATIEREGELS,
  ANTWOORDREGELS,
  NUMMERREGELS,
} from './regels/declaratieantwoord.ts';
import type { TeSchouwen } from './te-schouwen.ts';
import { prestatieVan } from './uittreksel.ts';
import type { Verslag } from './verslag.ts';

type Antwoord = Klasse<'325', 'DeclaratieAntwoord'>;

const ANTWOORD = '/Bericht/DeclaratieAntwoord';

/** What intake matched, or else what has the identificatie and the dagtekening that the answer names: an identificatie may be used twice. */
function declaratieBij({ heen, dossier }: TeSchouwen, header: Klasse<'325', 'Header'>): Declaratie | undefined {
  const gekoppeld = heen === null ? undefined : dossier.declaratieOp(heen);
  const { Identificatie, Dagtekening } = header.DeclaratieIdentificatie;
  return (
    gekoppeld ??
    dossier.declaratiesVan(Identificatie).find(({ herkomst }) => vergelijk(herkomst.dagtekening, Dagtekening) === 0)
  );
}

const referentie = ({ kenmerk, vorig }: Prestatie): string => `${kenmerk} ${vorig ?? ''}`;

/** What was declared, to be found by its reference. */
class Gedeclareerd {
  readonly personen: ReadonlySet<string>;
  readonly #perReferentie: ReadonlyMap<string, readonly Prestatie[]>;

  constructor(prestaties: readonly Prestatie[]) {
    this.personen = new Set(prestaties.map(({ persoon }) => persoon));
    this.#perReferentie = Map.groupBy(prestaties, referentie);
  }

  /** Rather of the same person; two persons may have the same reference. */
  bij(herhaald: Prestatie): Prestatie | undefined {
    const alle = this.#perReferentie.get(referentie(herhaald));
    return alle?.find(({ persoon }) => persoon === herhaald.persoon) ?? alle?.[0];
  }
}

function schouwClienten(antwoord: Antwoord, declaratie: Declaratie, bericht: TeSchouwen, verslag: Verslag): void {
  const { dossier, herkomst, masker, kennis } = bericht;
  const heel = kennis.heeftNog(declaratie.herkomst.dagtekening);
  const gedeclareerd = new Gedeclareerd(dossier.prestatiesVan(declaratie.herkomst.volgorde));
  const clienten: readonly Klasse<'325', 'Client'>[] = antwoord.Clienten?.Client ?? [];
  for (const client of plaatsenVan(`${ANTWOORD}/Clienten`, 'Client', clienten)) {
    const persoon = masker.persoon(client.klasse.Bsn);
    verslag.toets(ANTWOORDCLIENTREGELS, { declaratie, heel, persoon, personen: gedeclareerd.personen }, client);
    const prestaties: readonly Klasse<'325', 'Prestatie'>[] = client.klasse.Prestaties.Prestatie;
    for (const prestatie of plaatsenVan(`${client.pad}/Prestaties`, 'Prestatie', prestaties)) {
      const herhaald = prestatieVan(prestatie.klasse, persoon, herkomst, masker);
      const zicht = { declaratie, heel, herhaald, gedeclareerd: gedeclareerd.bij(herhaald) };
      verslag.toets(ANTWOORDPRESTATIEREGELS, zicht, prestatie);
    }
  }
}

export function schouwDeclaratieantwoord(bericht: TeSchouwen, verslag: Verslag): void {
  const header = bericht.inhoud.Header as unknown as Klasse<'325', 'Header'>;
  const declaratie = declaratieBij(bericht, header);
  const { kennis, herkomst } = bericht;
  const zouBekendZijn =
    kennis.kent(jarenLater(herkomst.dagtekening, -1)) && kennis.heeftNog(header.DeclaratieIdentificatie.Dagtekening);
  const zicht = { bericht, header, declaratie, zouBekendZijn };
  verslag.toets(ANTWOORDREGELS, zicht, { pad: '/Bericht/Header', inhoud: bericht.inhoud.Header as Inhoud });
  const antwoord = bericht.inhoud.DeclaratieAntwoord as Antwoord | undefined;
  if (!antwoord) return;
  verslag.toets(
    NUMMERREGELS,
    { ...zicht, nummer: antwoord.DeclaratieNummer },
    { pad: ANTWOORD, inhoud: antwoord as unknown as Inhoud },
  );
  if (declaratie) schouwClienten(antwoord, declaratie, bericht, verslag);
}
