/**
 * TR101: no line may stand in a message twice. Source: rules.json TR101, with the logical keys of logical-keys.json.
 *
 * A key counts among the lines of one parent: under another parent they differ already by the key of that parent. A class that its
 * parent holds only once (Client of a 301, Verzoek, Contact of a Relatie) cannot repeat and has no place here.
 */
import { delen } from '../datum.ts';
import { op, type Regel, type Toepassing, technischeRegel } from '../regels.ts';
import type { Klasse, Klassenaam, Nummer } from '../structuren.ts';
import { stap } from '../toetsing.ts';

/** Positions from 0: of one whose key an earlier one in the list has as well, and of the first that has it. */
interface Herhaling {
  readonly nr: number;
  readonly eerste: number;
}
const GEEN: readonly Herhaling[] = [];

/** Those whose key an earlier one in the list has as well. */
export function herhaald<P>(lijst: readonly P[], sleutel: (regel: P) => string): readonly Herhaling[] {
  if (lijst.length < 2) return GEEN;
  const gezien = new Map<string, number>();
  const dubbel: Herhaling[] = [];
  for (const [nr, regel] of lijst.entries()) {
    const eigen = sleutel(regel);
    const eerste = gezien.get(eigen);
    if (eerste === undefined) gezien.set(eigen, nr);
    else dubbel.push({ nr, eerste });
  }
  return dubbel;
}

/**
 * A row of the table of keys.
 * @param houder the class that holds the list
 * @param klasse the class in the list, which is also the name of its element
 */
function uniek<N extends Nummer, K extends Klassenaam<N> & string>(
  berichten: N | readonly N[],
  houder: Klassenaam<N>,
  klasse: K,
  sleutel: (regel: Klasse<N, K>) => string,
): Toepassing {
  return op(berichten, houder, klasse, (inhoud) => {
    const lijst = (inhoud as Readonly<Record<K, readonly Klasse<N, K>[]>>)[klasse];
    return herhaald(lijst, sleutel).map(({ nr, eerste }) => ({
      pad: stap(klasse, nr, lijst),
      met: stap(klasse, eerste, lijst),
    }));
  });
}

/** Numbers and dates count by their value: 007 is 7. A number of the standard has 9 digits at most. */
const getal = (tekst: string | undefined): string => (tekst === undefined ? '' : String(Number(tekst)));
const datum = (tekst: string): string => delen(tekst).join('-');
/** The parts of a key as one text. What is absent counts as empty; the separator is a character that XML does not have. */
const samen = (...waarden: readonly (string | undefined)[]): string => waarden.join('\0');

const toewijzing = (regel: { readonly ToewijzingNummer: string }): string => getal(regel.ToewijzingNummer);

const SLEUTELS: readonly Toepassing[] = [
  uniek('301', 'Relaties', 'Relatie', ({ Nummer }) => Nummer),
  uniek('301', 'Contactgegevens', 'Contact', ({ Soort }) => Soort),
  uniek('301', 'ToegewezenProducten', 'ToegewezenProduct', toewijzing),
  uniek('305', 'StartProducten', 'StartProduct', ({ ToewijzingNummer, Product, Begindatum }) =>
    samen(getal(ToewijzingNummer), Product?.Categorie, Product?.Code, datum(Begindatum)),
  ),
  uniek('307', 'StopProducten', 'StopProduct', (stop) =>
    samen(
      getal(stop.ToewijzingNummer),
      stop.Product?.Categorie,
      stop.Product?.Code,
      datum(stop.Begindatum),
      stop.RedenBeeindiging,
      datum(stop.Einddatum),
    ),
  ),
  uniek('315', 'AangevraagdeProducten', 'AangevraagdProduct', ({ ReferentieAanbieder }) => ReferentieAanbieder),
  uniek('317', 'OngewijzigdeProducten', 'OngewijzigdProduct', toewijzing),
  uniek('317', 'TeWijzigenProducten', 'TeWijzigenProduct', toewijzing),
  uniek('317', 'NieuweProducten', 'NieuwProduct', ({ Product, GewensteIngangsdatum }) =>
    samen(Product?.Categorie, Product?.Code, datum(GewensteIngangsdatum)),
  ),
  uniek(['323', '325'], 'Clienten', 'Client', ({ Bsn }) => Bsn),
  uniek(['323', '325'], 'Prestaties', 'Prestatie', ({ ProductReferentie }) =>
    samen(ProductReferentie.ReferentieNummer, ProductReferentie.VorigReferentieNummer),
  ),
];

export const SLEUTELREGELS: readonly Regel[] = [
  technischeRegel('TR101', {
    tekst:
      'Niets staat twee keer in een bericht: elk onderdeel heeft binnen het geheel erboven een eigen logische sleutel.',
    melding:
      'Laat dit onderdeel weg, of verbeter de gegevens die het uniek maken: een eerder onderdeel in dit bericht heeft dezelfde.',
    toepassingen: SLEUTELS,
  }),
];
