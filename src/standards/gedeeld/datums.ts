/**
 * The order of dates within a message: an end is not before its begin, and what has happened is not after the dagtekening.
 * Source: CS003, TR018, TR134 and TR137, the same in both standards. The dagtekening itself is judged against today elsewhere (TR135).
 */
import { na } from '../datum.ts';
import { constraint, type Omgeving, op, type Regel, technischeRegel, type Uitslag } from '../regels.ts';
import type { Klasse } from '../structuren.ts';

type GeslotenPeriode = Klasse<'323', 'Prestatie'>['ProductPeriode'];

/** Equal dates are one day; without one of the two there is nothing to compare. */
const inVolgorde = (begin: string | undefined, einde: string | undefined): boolean =>
  begin === undefined || einde === undefined || !na(begin, einde);

const uiterlijkOpDagtekening = (datum: string, { dagtekening }: Omgeving): boolean => !na(datum, dagtekening);
const misschienTeLaat = (datum: string, omgeving: Omgeving): Uitslag =>
  uiterlijkOpDagtekening(datum, omgeving) || 'twijfel';

const eindePast = ({ Begindatum, Einddatum }: GeslotenPeriode, omgeving: Omgeving): boolean =>
  inVolgorde(Begindatum, Einddatum) && uiterlijkOpDagtekening(Einddatum, omgeving);

export const DATUMREGELS: readonly Regel[] = [
  constraint('CS003', {
    tekst: 'De einddatum ligt op of na de begin- of ingangsdatum van dezelfde periode.',
    melding: 'Verbeter de begin- of ingangsdatum of de einddatum: de einddatum ligt vóór het begin.',
    toepassingen: [
      op('301', 'Contact', 'Periode.Einddatum', ({ Periode }) => inVolgorde(Periode?.Begindatum, Periode?.Einddatum)),
      op('301', 'ToegewezenProduct', 'Einddatum', ({ Ingangsdatum, Einddatum }) => inVolgorde(Ingangsdatum, Einddatum)),
      op('315', 'AangevraagdProduct', 'ToewijzingEinddatum', ({ ToewijzingIngangsdatum, ToewijzingEinddatum }) =>
        inVolgorde(ToewijzingIngangsdatum, ToewijzingEinddatum),
      ),
      op('317', 'TeWijzigenProduct', 'Einddatum', ({ GewensteIngangsdatum, Einddatum }) =>
        inVolgorde(GewensteIngangsdatum, Einddatum),
      ),
      op('317', 'NieuwProduct', 'Einddatum', ({ GewensteIngangsdatum, Einddatum }) =>
        inVolgorde(GewensteIngangsdatum, Einddatum),
      ),
    ],
  }),
  technischeRegel('TR018', {
    tekst: 'De levering stopt niet voordat ze begint.',
    melding: 'Verbeter Begindatum of Einddatum van het gestopte product: de einddatum ligt vóór de begindatum.',
    toepassingen: [
      op('307', 'StopProduct', 'Einddatum', ({ Begindatum, Einddatum }) => inVolgorde(Begindatum, Einddatum)),
    ],
  }),
  technischeRegel('TR134', {
    tekst: 'De datum ligt op of voor de dagtekening van het bericht.',
    melding: 'Verbeter deze datum of de dagtekening van het bericht: de datum ligt na de dagtekening.',
    twijfel:
      'Bij de toewijzingsdatum, de dagtekening van de declaratie en de datums van een gestart of gestopt product is het een waarschuwing: de norm 3.2 zegt niet dat de regel daar ook geldt.',
    toepassingen: [
      op(['301', '305', '307', '315'], 'Client', 'Geboortedatum.Datum', ({ Geboortedatum }, omgeving) =>
        uiterlijkOpDagtekening(Geboortedatum.Datum, omgeving),
      ),
      op(
        '301',
        'Relatie',
        'Geboortedatum.Datum',
        ({ Geboortedatum }, omgeving) => !Geboortedatum || uiterlijkOpDagtekening(Geboortedatum.Datum, omgeving),
      ),
      op('323', 'Declaratie', 'DeclaratiePeriode.Begindatum', ({ DeclaratiePeriode }, omgeving) =>
        uiterlijkOpDagtekening(DeclaratiePeriode.Begindatum, omgeving),
      ),
      op(['323', '325'], 'Prestatie', 'ProductPeriode.Begindatum', ({ ProductPeriode }, omgeving) =>
        uiterlijkOpDagtekening(ProductPeriode.Begindatum, omgeving),
      ),
      op('301', 'ToegewezenProduct', 'Toewijzingsdatum', ({ Toewijzingsdatum }, omgeving) =>
        misschienTeLaat(Toewijzingsdatum, omgeving),
      ),
      op('305', 'StartProduct', 'Begindatum', ({ Begindatum }, omgeving) => misschienTeLaat(Begindatum, omgeving)),
      op('307', 'StopProduct', 'Begindatum', ({ Begindatum }, omgeving) => misschienTeLaat(Begindatum, omgeving)),
      // A stop that has not begun yet has been reported at its begin; the end can only be later.
      op(
        '307',
        'StopProduct',
        'Einddatum',
        ({ Begindatum, Einddatum }, omgeving) =>
          !uiterlijkOpDagtekening(Begindatum, omgeving) || misschienTeLaat(Einddatum, omgeving),
      ),
      op('323', 'Declaratie', 'DeclaratieDagtekening', ({ DeclaratieDagtekening }, omgeving) =>
        misschienTeLaat(DeclaratieDagtekening, omgeving),
      ),
    ],
  }),
  technischeRegel('TR137', {
    tekst:
      'De einddatum van een afgesloten periode ligt op of na de begindatum, en op of voor de dagtekening van het bericht.',
    melding:
      'Controleer Einddatum: die mag niet voor de begindatum van de periode en niet na de dagtekening van het bericht liggen.',
    toepassingen: [
      op('323', 'Declaratie', 'DeclaratiePeriode.Einddatum', ({ DeclaratiePeriode }, omgeving) =>
        eindePast(DeclaratiePeriode, omgeving),
      ),
      op(['323', '325'], 'Prestatie', 'ProductPeriode.Einddatum', ({ ProductPeriode }, omgeving) =>
        eindePast(ProductPeriode, omgeving),
      ),
    ],
  }),
];
