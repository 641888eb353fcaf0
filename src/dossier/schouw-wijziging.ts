/** The inspection of a request for a change (317). */
import { na } from '../standards/datum.ts';
import type { Zorgproduct } from '../standards/gedeeld/overlap.ts';
import type { Klasse } from '../standards/structuren.ts';
import type { Inhoud } from '../xml/structuur.ts';
import type { Persoon, Toewijzing } from './feiten.ts';
import { plaatsenVan } from './plaatsen.ts';
import { type Gevraagd, OVERLAPREGELS, overlapVan } from './regels/overlap.ts';
import { AANVRAAGREGELS, KENMERKREGELS } from './regels/verzoek.ts';
import { CLIENTREGELS, ONGEWIJZIGDREGELS, VERZOEKREGELS, WIJZIGINGREGELS } from './regels/wijziging.ts';
import type { TeSchouwen } from './te-schouwen.ts';
import { type Genoemd, isLopend, zoekToewijzing } from './toewijzingen.ts';
import type { Plaats, Verslag } from './verslag.ts';

type Verzoek = Klasse<'317', 'Verzoek'>;

/** A product of the request. */
interface Regel extends Plaats, Gevraagd {
  /** It names a toewijzing, and these are the rules on that; absent: it names none. */
  readonly toets?: (verslag: Verslag) => void;
}

const VERZOEK = '/Bericht/Client/Verzoek';

const versieVan = (genoemd: Genoemd): Toewijzing | undefined => (genoemd.van === 'deze' ? genoemd.versie : undefined);
const zorgVan = ({ categorie, code }: Toewijzing, begin: string, einde: string | null | undefined): Zorgproduct => ({
  categorie: categorie ?? undefined,
  code: code ?? undefined,
  begin,
  einde: einde ?? undefined,
});

function ongewijzigd({ OngewijzigdeProducten }: Verzoek, persoon: Persoon, bericht: TeSchouwen): readonly Regel[] {
  const lijst = OngewijzigdeProducten?.OngewijzigdProduct ?? [];
  return plaatsenVan(`${VERZOEK}/OngewijzigdeProducten`, 'OngewijzigdProduct', lijst).map(({ klasse, ...plaats }) => {
    const genoemd = zoekToewijzing(bericht, Number(klasse.ToewijzingNummer), persoon);
    const versie = versieVan(genoemd);
    return {
      ...plaats,
      ongewijzigd: true,
      versie,
      zorg: versie && zorgVan(versie, versie.ingangsdatum, versie.einddatum),
      toets: (verslag) => verslag.toets(ONGEWIJZIGDREGELS, { genoemd, bericht }, plaats),
    };
  });
}

function teWijzigen({ TeWijzigenProducten }: Verzoek, persoon: Persoon, bericht: TeSchouwen): readonly Regel[] {
  const lijst = TeWijzigenProducten?.TeWijzigenProduct ?? [];
  return plaatsenVan(`${VERZOEK}/TeWijzigenProducten`, 'TeWijzigenProduct', lijst).map(({ klasse, ...plaats }) => {
    const genoemd = zoekToewijzing(bericht, Number(klasse.ToewijzingNummer), persoon);
    const versie = versieVan(genoemd);
    return {
      ...plaats,
      ongewijzigd: false,
      versie,
      zorg: versie && zorgVan(versie, klasse.GewensteIngangsdatum, klasse.Einddatum),
      toets: (verslag) => verslag.toets(WIJZIGINGREGELS, { genoemd, product: klasse, bericht }, plaats),
    };
  });
}

function nieuw({ NieuweProducten }: Verzoek): readonly Regel[] {
  const lijst: readonly Klasse<'317', 'NieuwProduct'>[] = NieuweProducten?.NieuwProduct ?? [];
  return plaatsenVan(`${VERZOEK}/NieuweProducten`, 'NieuwProduct', lijst).map(({ klasse, ...plaats }) => ({
    ...plaats,
    ongewijzigd: false,
    versie: undefined,
    zorg: {
      categorie: klasse.Product?.Categorie,
      code: klasse.Product?.Code,
      begin: klasse.GewensteIngangsdatum,
      einde: klasse.Einddatum,
    },
  }));
}

/** Toewijzingen that run on the day of the request and today, and that it does not name. */
function ongenoemd(
  regels: readonly Regel[],
  persoon: Persoon,
  { dossier, herkomst, peildatum }: TeSchouwen,
): readonly Toewijzing[] {
  const dag = na(herkomst.dagtekening, peildatum) ? herkomst.dagtekening : peildatum;
  const genoemd = new Set(regels.map(({ versie }) => versie?.nummer));
  return dossier.toewijzingenVan(persoon).filter((versie) => isLopend(versie, dag) && !genoemd.has(versie.nummer));
}

export function schouwWijziging(bericht: TeSchouwen, verslag: Verslag): void {
  const { dossier, masker } = bericht;
  const client = bericht.inhoud.Client as Inhoud;
  const { Bsn, Verzoek } = client as unknown as Klasse<'317', 'Client'>;
  const persoon = masker.persoon(Bsn);
  const bekend = dossier.toewijzingenVan(persoon).length > 0 || dossier.verzoekenVan(persoon).length > 0;
  verslag.toets(CLIENTREGELS, { bekend, bericht }, { pad: '/Bericht/Client', inhoud: client });

  const regels = [
    ...ongewijzigd(Verzoek, persoon, bericht),
    ...teWijzigen(Verzoek, persoon, bericht),
    ...nieuw(Verzoek),
  ];
  const plaats = { pad: VERZOEK, inhoud: client.Verzoek as Inhoud };
  verslag.toets(KENMERKREGELS, { kenmerk: masker.kenmerk(Verzoek.ReferentieAanbieder), bericht }, plaats);
  verslag.toets(AANVRAAGREGELS, { persoon, bericht }, plaats);
  verslag.toets(VERZOEKREGELS, { ongenoemd: ongenoemd(regels, persoon, bericht), bericht }, plaats);

  const overlap = overlapVan(regels, bericht);
  for (const [nr, regel] of regels.entries()) {
    // Of somebody unknown no toewijzing can be known either: that is said once, at the client.
    if (bekend) regel.toets?.(verslag);
    else if (regel.toets) verslag.nietBeoordeeld.add(regel.pad);
    verslag.toets(OVERLAPREGELS, { overlap: overlap[nr] ?? 'goed', versie: regel.versie }, regel);
  }
}
