/** Breaks of the rules in gedeeld/datums.ts. In the right message the dates that are compared are equal where they can be: that passes. */
import type { Nummer } from '#src/standards/structuren.ts';
import type { Bericht } from '../../hulp/bouwer.ts';
import { type Breuk, breuk } from './breuk.ts';
import { eerste, metAfgewezenPrestatie, prestatieVan, relatieVan } from './persoon.ts';
import { AFSPRAKEN, type Plaats } from './product.ts';

const CLIENT = '/Bericht/Client';
const START = `${CLIENT}/StartProducten/StartProduct`;
const STOP = `${CLIENT}/StopProducten/StopProduct`;
const CONTACT = `${CLIENT}/Relaties/Relatie/Contact`;
const DECLARATIE = '/Bericht/Declaratie';

const dagenLater = (datum: string, dagen: number): string => {
  const dag = new Date(datum);
  dag.setUTCDate(dag.getUTCDate() + dagen);
  return dag.toISOString().slice(0, 10);
};

type MetHeader = Pick<Bericht<Nummer>, 'Header'>;
const dagtekeningVan = ({ Header }: MetHeader): string => Header.BerichtIdentificatie.Dagtekening;

const stopVan = ({ Client }: Bericht<'307'>) => eerste(Client.StopProducten.StopProduct);

/** How ProductPeriode is reached in the declaratie and in the answer to it. */
interface Prestatieplaats {
  readonly nummer: '323' | '325';
  readonly pad: string;
  /** The only prestatie of the first client; made when the example has none. */
  readonly pak: (bericht: never) => { ProductPeriode: { Begindatum: string; Einddatum: string } };
}

const PRESTATIES: readonly Prestatieplaats[] = [
  {
    nummer: '323',
    pad: `${DECLARATIE}/Clienten/Client[1]/Prestaties/Prestatie/ProductPeriode`,
    pak: ({ Declaratie }: Bericht<'323'>) => prestatieVan(Declaratie.Clienten),
  },
  {
    nummer: '325',
    pad: '/Bericht/DeclaratieAntwoord/Clienten/Client/Prestaties/Prestatie/ProductPeriode',
    pak: (bericht: Bericht<'325'>) => {
      metAfgewezenPrestatie(bericht);
      return prestatieVan(bericht.DeclaratieAntwoord?.Clienten);
    },
  },
];

/** TR134 where a date may be set to the dagtekening and to the day after. */
function naDagtekening<N extends Nummer>(
  nummer: N,
  klasse: string,
  element: string,
  pad: string,
  zet: (bericht: Bericht<N>, datum: string) => void,
  ernst?: 'waarschuwing',
): Breuk {
  const dag = (bericht: Bericht<N>): string => dagtekeningVan(bericht as MetHeader);
  return breuk('TR134', nummer, klasse, element, {
    vooraf: (bericht) => zet(bericht, dag(bericht)),
    breek: (bericht) => zet(bericht, dagenLater(dag(bericht), 1)),
    pad,
    ...(ernst && { ernst }),
  });
}

const AFSPRAAKBREUKEN = Object.entries(AFSPRAKEN).map(([klasse, plaats]): Breuk => {
  const { nummer, pad, begin, einde, pak }: Plaats = plaats;
  return {
    regel: 'CS003',
    nummer,
    klasse,
    element: einde,
    vooraf: (bericht) => {
      const afspraak = pak(bericht);
      afspraak[einde] = afspraak[begin];
    },
    breek: (bericht) => {
      const afspraak = pak(bericht);
      afspraak[einde] = dagenLater(afspraak[begin] ?? '', -1);
    },
    pad: `${pad}/${einde}`,
  };
});

const GEBOORTEBREUKEN: readonly Breuk[] = [
  ...(['301', '305', '307', '315'] as const).map((nummer) =>
    naDagtekening<'301' | '305' | '307' | '315'>(
      nummer,
      'Client',
      'Geboortedatum.Datum',
      `${CLIENT}/Geboortedatum/Datum`,
      ({ Client }, datum) => {
        Client.Geboortedatum.Datum = datum;
      },
    ),
  ),
  naDagtekening(
    '301',
    'Relatie',
    'Geboortedatum.Datum',
    `${CLIENT}/Relaties/Relatie/Geboortedatum/Datum`,
    (bericht, datum) => {
      relatieVan(bericht).Geboortedatum = { Datum: datum };
    },
  ),
];

const PRESTATIEBREUKEN = PRESTATIES.flatMap(({ nummer, pad, pak }): readonly Breuk[] => {
  /** A period that begins and ends so many days after the dagtekening. */
  const periode = (begin: number, einde: number) => (bericht: never) => {
    const dag = dagtekeningVan(bericht);
    pak(bericht).ProductPeriode = { Begindatum: dagenLater(dag, begin), Einddatum: dagenLater(dag, einde) };
  };
  const hier = { nummer, klasse: 'Prestatie', vooraf: periode(0, 0) };
  const einde = { ...hier, regel: 'TR137', element: 'ProductPeriode.Einddatum', pad: `${pad}/Einddatum` };
  return [
    { ...einde, breek: periode(0, 1) },
    { ...einde, breek: periode(0, -1) },
    // What begins too late ends too late, or before it begins.
    {
      ...hier,
      regel: 'TR134',
      element: 'ProductPeriode.Begindatum',
      breek: periode(1, 1),
      pad: `${pad}/Begindatum`,
      ook: ['TR137'],
    },
  ];
});

const DECLARATIEBREUKEN: readonly Breuk[] = [
  // A period of which the last day is the dagtekening, and the next month.
  breuk('TR137', '323', 'Declaratie', 'DeclaratiePeriode.Einddatum', {
    vooraf: ({ Header, Declaratie }) => {
      Header.BerichtIdentificatie.Dagtekening = '2026-05-31';
      Declaratie.DeclaratiePeriode = { Begindatum: '2026-05-01', Einddatum: '2026-05-31' };
    },
    breek: ({ Header }) => {
      Header.BerichtIdentificatie.Dagtekening = '2026-05-30';
    },
    pad: `${DECLARATIE}/DeclaratiePeriode/Einddatum`,
  }),
  breuk('TR137', '323', 'Declaratie', 'DeclaratiePeriode.Einddatum', {
    breek: ({ Declaratie: { DeclaratiePeriode: periode } }) => {
      periode.Einddatum = dagenLater(periode.Begindatum, -1);
    },
    pad: `${DECLARATIE}/DeclaratiePeriode/Einddatum`,
    // Not a whole month either.
    ook: ['CS340'],
  }),
  breuk('TR134', '323', 'Declaratie', 'DeclaratiePeriode.Begindatum', {
    breek: ({ Declaratie }) => {
      Declaratie.DeclaratiePeriode = { Begindatum: '2026-06-01', Einddatum: '2026-06-30' };
    },
    pad: `${DECLARATIE}/DeclaratiePeriode/Begindatum`,
    ook: ['TR137'],
  }),
];

/** Where no source in 3.2 says that TR134 holds. */
const TWIJFELBREUKEN: readonly Breuk[] = [
  naDagtekening(
    '301',
    'ToegewezenProduct',
    'Toewijzingsdatum',
    `${CLIENT}/ToegewezenProducten/ToegewezenProduct/Toewijzingsdatum`,
    ({ Client }, datum) => {
      eerste(Client.ToegewezenProducten.ToegewezenProduct).Toewijzingsdatum = datum;
    },
    'waarschuwing',
  ),
  naDagtekening(
    '305',
    'StartProduct',
    'Begindatum',
    `${START}/Begindatum`,
    ({ Client }, datum) => {
      eerste(Client.StartProducten.StartProduct).Begindatum = datum;
    },
    'waarschuwing',
  ),
  naDagtekening(
    '307',
    'StopProduct',
    'Einddatum',
    `${STOP}/Einddatum`,
    (bericht, datum) => {
      stopVan(bericht).Einddatum = datum;
    },
    'waarschuwing',
  ),
  naDagtekening(
    '307',
    'StopProduct',
    'Begindatum',
    `${STOP}/Begindatum`,
    (bericht, datum) => {
      stopVan(bericht).Begindatum = datum;
      stopVan(bericht).Einddatum = datum;
    },
    'waarschuwing',
  ),
  naDagtekening(
    '323',
    'Declaratie',
    'DeclaratieDagtekening',
    `${DECLARATIE}/DeclaratieDagtekening`,
    ({ Declaratie }, datum) => {
      Declaratie.DeclaratieDagtekening = datum;
    },
    'waarschuwing',
  ),
];

export const DATUMBREUKEN: readonly Breuk[] = [
  ...AFSPRAAKBREUKEN,
  breuk('CS003', '301', 'Contact', 'Periode.Einddatum', {
    vooraf: (bericht) => {
      const { Contact } = relatieVan(bericht);
      Contact.Soort = '04';
      Contact.Periode = { Begindatum: '2026-03-01', Einddatum: '2026-03-01' };
    },
    breek: (bericht) => {
      relatieVan(bericht).Contact.Periode = { Begindatum: '2026-03-01', Einddatum: '2026-02-28' };
    },
    pad: `${CONTACT}/Periode/Einddatum`,
  }),
  breuk('TR018', '307', 'StopProduct', 'Einddatum', {
    vooraf: (bericht) => {
      const stop = stopVan(bericht);
      stop.Einddatum = stop.Begindatum;
    },
    breek: (bericht) => {
      const stop = stopVan(bericht);
      stop.Einddatum = dagenLater(stop.Begindatum, -1);
    },
    pad: `${STOP}/Einddatum`,
  }),
  ...GEBOORTEBREUKEN,
  ...DECLARATIEBREUKEN,
  ...PRESTATIEBREUKEN,
  ...TWIJFELBREUKEN,
];
