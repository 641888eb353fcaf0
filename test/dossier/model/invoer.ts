/** What ran when the switch came, as its receiver tells it: each thing as the message that would have brought it. */
import type { Nummer } from '#src/standards/structuren.ts';
import type { Inhoud } from '#src/xml/structuur.ts';
import { soortVan } from '../../hulp/bouwer.ts';
import { aanwezig, zelfdeLevering } from './leveringen.ts';
import { type Bericht, geldendeVan, isVerwijderd, type Lijst, onderNummer, type Toewijzing, versies } from './lijst.ts';
import { isOnderhanden, verzoeken } from './verzoeken.ts';
import type { Stop } from './wereld.ts';

/**
 * @param lijst all that was there until then
 * @param vanaf the first day on which the switch sees everything
 */
export function lopend(lijst: Lijst, vanaf: string): readonly Bericht[] {
  const domein = lijst[0]?.soort.domein ?? 'iwmo';
  let teller = 0;
  const alsBericht = (nummer: Nummer, van: Bericht, klasse: object): Bericht => {
    teller += 1;
    const inhoud = { Header: van.inhoud.Header, Client: { ...(van.inhoud.Client as Inhoud), ...klasse } } as Inhoud;
    return { soort: soortVan(domein, nummer), inhoud, volgorde: -teller, ingevoerd: true };
  };
  // Also what was withdrawn or removed: it does not run, but it is known.
  const zouLopen = ({ bsn, product }: Toewijzing): boolean =>
    onderNummer(lijst, bsn, product.ToewijzingNummer).eigen.some(
      (versie) =>
        !isVerwijderd(versie) && (versie.product.Einddatum === undefined || versie.product.Einddatum >= vanaf),
    );
  const personen = [...new Set(versies(lijst).map(({ bsn }) => bsn))];
  const toewijzingen = personen
    .flatMap((bsn) => geldendeVan(lijst, bsn))
    .filter(zouLopen)
    .map(({ bericht, product }) =>
      alsBericht('301', bericht, { ToegewezenProducten: { ToegewezenProduct: [product] } }),
    );
  const stops = aanwezig(lijst, '307').filter(({ product }) => (product as Stop).Einddatum < vanaf);
  const starts = aanwezig(lijst, '305')
    .filter((start) => !stops.some((stop) => zelfdeLevering(stop, start)))
    .map(({ bericht, product }) => alsBericht('305', bericht, { StartProducten: { StartProduct: [product] } }));
  const open = verzoeken(lijst)
    .filter((verzoek) => isOnderhanden(lijst, verzoek))
    .map(({ bericht, referentie }) =>
      alsBericht('315', bericht, {
        AangevraagdeProducten: { AangevraagdProduct: [{ ReferentieAanbieder: referentie }] },
      }),
    );
  return [...toewijzingen, ...starts, ...open];
}
