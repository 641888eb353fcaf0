/**
 * Who the message is about: burgerservicenummer, date of birth and use of names, of the client and of relations.
 * Source: CS002, CS050, CS139, CS318 and TR002, the same in both standards.
 */
import { voldoetAanElfproef } from '../bsn.ts';
import { delen, jarenLater, na } from '../datum.ts';
import { constraint, op, type Regel, technischeRegel } from '../regels.ts';
import type { Klasse } from '../structuren.ts';

type Relatie = Klasse<'301', 'Relatie'>;
type Naam = Relatie['Naam'];
type Geboortedatum = NonNullable<Relatie['Geboortedatum']>;

const MET_PARTNERNAAM: ReadonlySet<string> = new Set(['1', '2', '3', '4']);
const ZONDER_PARTNERNAAM: ReadonlySet<string> = new Set(['1', '6']);
const NIET_NATUURLIJK_PERSOON = '6';

const naamgebruikPast = ({ Partnernaam, NaamGebruik }: Naam): boolean =>
  (Partnernaam ? MET_PARTNERNAAM : ZONDER_PARTNERNAAM).has(NaamGebruik);

/** The value that stands for every part of a date that is not known. */
const ONBEKEND = { jaar: 1900, maand: 1, dag: 1 } as const;

/** DatumGebruik → does the date have the value for unknown in the parts that are not known? */
const ONBEKENDE_DELEN: Readonly<
  Record<NonNullable<Geboortedatum['DatumGebruik']>, (jaar: number, maand: number, dag: number) => boolean>
> = {
  1: (_jaar, _maand, dag) => dag === ONBEKEND.dag,
  2: (_jaar, maand, dag) => maand === ONBEKEND.maand && dag === ONBEKEND.dag,
  3: (jaar, maand, dag) => jaar === ONBEKEND.jaar && maand === ONBEKEND.maand && dag === ONBEKEND.dag,
};

const datumgebruikPast = ({ Datum, DatumGebruik }: Geboortedatum): boolean =>
  DatumGebruik === undefined || ONBEKENDE_DELEN[DatumGebruik](...delen(Datum));

const HELEMAAL_ONBEKEND = '3';
const OUDSTE_JAREN = 120;

/** On the day itself a person of 120 years passes. A date that only claims to be unknown is judged as any other. */
const nietTeOud = (geboortedatum: Geboortedatum, dagtekening: string): boolean =>
  !na(dagtekening, jarenLater(geboortedatum.Datum, OUDSTE_JAREN)) ||
  (geboortedatum.DatumGebruik === HELEMAAL_ONBEKEND && datumgebruikPast(geboortedatum));

export const PERSOONREGELS: readonly Regel[] = [
  constraint('CS002', {
    tekst: 'Het burgerservicenummer voldoet aan de elfproef.',
    melding: 'Controleer Bsn: dit is geen bestaand burgerservicenummer, want het voldoet niet aan de elfproef.',
    toepassingen: [
      op(['301', '305', '307', '315', '317', '323', '325'], 'Client', 'Bsn', ({ Bsn }) => voldoetAanElfproef(Bsn)),
    ],
  }),
  constraint('CS050', {
    tekst: 'Met een partnernaam is het naamgebruik 1, 2, 3 of 4, zonder partnernaam 1 of 6.',
    melding: 'Kies in NaamGebruik 1, 2, 3 of 4 als Partnernaam gevuld is, en anders 1 of 6.',
    toepassingen: [
      op('301', 'Client', 'Naam.NaamGebruik', ({ Naam }) => naamgebruikPast(Naam)),
      op('301', 'Relatie', 'Naam.NaamGebruik', ({ Naam }) => naamgebruikPast(Naam)),
    ],
  }),
  constraint('CS139', {
    tekst:
      'Wat volgens het datumgebruik onbekend is, heeft in de geboortedatum de vaste waarde: dag 01, maand 01, en jaar 1900 als er niets bekend is.',
    melding:
      'Maak Datum en DatumGebruik van de geboortedatum gelijk: een onbekende dag of maand is 01, een geheel onbekende datum 1900-01-01.',
    toepassingen: [
      op(['301', '305', '307', '315'], 'Client', 'Geboortedatum.DatumGebruik', ({ Geboortedatum }) =>
        datumgebruikPast(Geboortedatum),
      ),
      op(
        '301',
        'Relatie',
        'Geboortedatum.DatumGebruik',
        ({ Geboortedatum }) => Geboortedatum === undefined || datumgebruikPast(Geboortedatum),
      ),
    ],
  }),
  constraint('CS318', {
    tekst: 'Een cliënt is een natuurlijk persoon: naamgebruik 6 is er niet.',
    melding: 'Kies een ander NaamGebruik dan 6: een cliënt is altijd een natuurlijk persoon.',
    toepassingen: [op('301', 'Client', 'Naam', ({ Naam }) => Naam.NaamGebruik !== NIET_NATUURLIJK_PERSOON)],
  }),
  technischeRegel('TR002', {
    tekst:
      'Op de dagtekening is niemand ouder dan 120 jaar, behalve met een geheel onbekende geboortedatum (1900-01-01, datumgebruik 3).',
    melding:
      'Controleer de geboortedatum: die ligt meer dan 120 jaar voor de dagtekening; is hij onbekend, vul dan 1900-01-01 met DatumGebruik 3.',
    toepassingen: [
      op(['301', '305', '307', '315'], 'Client', 'Geboortedatum', ({ Geboortedatum }, { dagtekening }) =>
        nietTeOud(Geboortedatum, dagtekening),
      ),
      op(
        '301',
        'Relatie',
        'Geboortedatum',
        ({ Geboortedatum }, { dagtekening }) => Geboortedatum === undefined || nietTeOud(Geboortedatum, dagtekening),
      ),
    ],
  }),
];
