/** Breaks of the rules in gedeeld/persoon.ts, and how to get hold of a person or of a rejected prestatie in a message. */
import { jarenLater } from '#src/standards/datum.ts';
import type { Klasse, Nummer } from '#src/standards/structuren.ts';
import { type Bericht, bouw, type Los, soortVan } from '../../hulp/bouwer.ts';
import { controleerTot } from '../../hulp/controle.ts';
import { type Breuk, breuk } from './breuk.ts';

/** What levels 1 and 2 have against an iWmo message, as one line for each finding. */
export function oordeel<N extends Nummer>(nummer: N, wijzig: (bericht: Bericht<N>) => void): readonly string[] {
  const { bevindingen } = controleerTot(2, bouw('iwmo', nummer, wijzig), soortVan('iwmo', nummer));
  return bevindingen.map(({ regel, ernst, pad }) => `${regel} ${ernst} ${pad}`);
}

/** The first of a list that the example fills. */
export function eerste<T>([deel]: readonly T[]): T {
  if (deel === undefined) throw new Error('The example has none.');
  return deel;
}

/** The only relation in the toewijzing. */
export function relatieVan({ Client }: Bericht<'301'>): Los<Klasse<'301', 'Relatie'>> {
  return eerste(Client.Relaties?.Relatie ?? []);
}

/** Makes a declaratie-antwoord reject one prestatie of one client, when it does not do so already. */
export function metAfgewezenPrestatie({ Header, DeclaratieAntwoord: antwoord }: Bericht<'325'>): void {
  if (!antwoord || antwoord.Clienten) return;
  const [categorie, code] = Header.BerichtCode === '485' ? ['02', '02A05'] : ['45', '45A04'];
  const gevonden = { RetourCode: ['0200'] };
  antwoord.RetourCodes = gevonden;
  antwoord.TotaalToegekendBedrag.TotaalBedrag = String(Number(antwoord.TotaalIngediendBedrag.TotaalBedrag) - 6250);
  const prestatie = {
    ProductReferentie: { ReferentieNummer: 'P2603-00001' },
    ToewijzingNummer: '34407001',
    ProductCategorie: categorie,
    ProductCode: code,
    ProductPeriode: { Begindatum: '2026-03-01', Einddatum: '2026-03-31' },
    GeleverdVolume: '1',
    Eenheid: '04',
    ProductTarief: '6250',
    IngediendBedrag: { Bedrag: '6250', DebetCredit: 'D' },
    RetourCodes: { RetourCode: ['9321'] },
  };
  antwoord.Clienten = {
    Client: [{ Bsn: '999900031', Prestaties: { Prestatie: [prestatie] }, RetourCodes: gevonden }],
  };
}

/** The only prestatie of the first client of a declaratie, or that of metAfgewezenPrestatie. */
export const prestatieVan = <P>(clienten: { Client: { Prestaties: { Prestatie: P[] } }[] } | undefined): P =>
  eerste(eerste(clienten?.Client ?? []).Prestaties.Prestatie);

const CLIENT = '/Bericht/Client';
const RELATIE = '/Bericht/Client/Relaties/Relatie';
/** A digit off. */
const FOUTE_BSN = '999900007';

/** The messages with one client and a date of birth. */
const MET_GEBOORTEDATUM = ['301', '305', '307', '315'] as const;

type Persoonsbericht = Bericht<(typeof MET_GEBOORTEDATUM)[number]>;
type Geboortedatum = Los<Klasse<'305', 'Client'>['Geboortedatum']>;

/** Rule and element, and what of a date of birth is right and wrong; the date may be counted from the dagtekening. */
interface Datumgeval {
  readonly regel: 'CS139' | 'TR002';
  readonly element: string;
  readonly goed: (dagtekening: string) => Geboortedatum;
  readonly fout: (dagtekening: string) => Geboortedatum;
  /** Of the finding, from the person. */
  readonly pad: string;
}

const CS139 = { regel: 'CS139', element: 'Geboortedatum.DatumGebruik', pad: 'Geboortedatum/DatumGebruik' } as const;
const TR002 = { regel: 'TR002', element: 'Geboortedatum', pad: 'Geboortedatum' } as const;
const altijd = (Datum: string, DatumGebruik?: string) => (): Geboortedatum => ({ Datum, DatumGebruik });

const DATUMGEVALLEN: readonly Datumgeval[] = [
  { ...CS139, goed: altijd('1949-09-01', '1'), fout: altijd('1949-09-02', '1') },
  { ...CS139, goed: altijd('1953-01-01', '2'), fout: altijd('1953-01-02', '2') },
  { ...CS139, goed: altijd('1953-01-01', '2'), fout: altijd('1953-02-01', '2') },
  { ...CS139, goed: altijd('1900-01-01', '3'), fout: altijd('1953-01-01', '3') },
  { ...CS139, goed: altijd('1953-02-02'), fout: altijd('1953-02-02', '3') },
  {
    ...TR002,
    goed: (dagtekening) => ({ Datum: jarenLater(dagtekening, -120) }),
    fout: (dagtekening) => ({ Datum: jarenLater(dagtekening, -121) }),
  },
  // Only a date that is wholly unknown is left out, not one of which the year is said to be known.
  { ...TR002, goed: altijd('1900-01-01', '3'), fout: altijd('1900-01-01', '2') },
  { ...TR002, goed: altijd('1900-01-01', '3'), fout: altijd('1900-01-01') },
];

const dagtekeningVan = ({ Header }: Persoonsbericht): string => Header.BerichtIdentificatie.Dagtekening;

const DATUMBREUKEN = DATUMGEVALLEN.flatMap(({ regel, element, goed, fout, pad }): readonly Breuk[] => [
  ...MET_GEBOORTEDATUM.map((nummer) =>
    breuk<(typeof MET_GEBOORTEDATUM)[number]>(regel, nummer, 'Client', element, {
      vooraf: (bericht) => {
        bericht.Client.Geboortedatum = goed(dagtekeningVan(bericht));
      },
      breek: (bericht) => {
        bericht.Client.Geboortedatum = fout(dagtekeningVan(bericht));
      },
      pad: `${CLIENT}/${pad}`,
    }),
  ),
  breuk(regel, '301', 'Relatie', element, {
    vooraf: (bericht) => {
      relatieVan(bericht).Geboortedatum = goed(dagtekeningVan(bericht));
    },
    breek: (bericht) => {
      relatieVan(bericht).Geboortedatum = fout(dagtekeningVan(bericht));
    },
    pad: `${RELATIE}/${pad}`,
  }),
]);

const PARTNER = { Achternaam: 'Ouédraogo' };

/** NaamGebruik of a name with or without a partner: right, and wrong. */
const NAAMGEVALLEN = [
  { partner: PARTNER, goed: '2', fout: '6' },
  { partner: PARTNER, goed: '4', fout: '5' },
  { partner: undefined, goed: '1', fout: '2' },
  { partner: undefined, goed: '1', fout: '5' },
] as const;

const NAAMBREUKEN = NAAMGEVALLEN.flatMap(({ partner, goed, fout }): readonly Breuk[] => [
  breuk('CS050', '301', 'Client', 'Naam.NaamGebruik', {
    vooraf: ({ Client: { Naam } }) => {
      Naam.Partnernaam = partner;
      Naam.NaamGebruik = goed;
    },
    breek: ({ Client: { Naam } }) => {
      Naam.NaamGebruik = fout;
    },
    pad: `${CLIENT}/Naam/NaamGebruik`,
    // Of a client, 6 is wrong with or without a partner.
    ...(fout === '6' && { ook: ['CS318'] }),
  }),
  breuk('CS050', '301', 'Relatie', 'Naam.NaamGebruik', {
    vooraf: (bericht) => {
      const { Naam } = relatieVan(bericht);
      Naam.Partnernaam = partner;
      // An organisation may be a relation.
      Naam.NaamGebruik = partner ? goed : '6';
    },
    breek: (bericht) => {
      relatieVan(bericht).Naam.NaamGebruik = fout;
    },
    pad: `${RELATIE}/Naam/NaamGebruik`,
  }),
]);

export const PERSOONBREUKEN: readonly Breuk[] = [
  ...(['301', '305', '307', '315', '317'] as const).map((nummer) =>
    breuk<'301' | '305' | '307' | '315' | '317'>('CS002', nummer, 'Client', 'Bsn', {
      breek: ({ Client }) => {
        Client.Bsn = FOUTE_BSN;
      },
      pad: `${CLIENT}/Bsn`,
    }),
  ),
  breuk('CS002', '323', 'Client', 'Bsn', {
    breek: ({ Declaratie }) => {
      eerste(Declaratie.Clienten.Client).Bsn = FOUTE_BSN;
    },
    pad: '/Bericht/Declaratie/Clienten/Client[1]/Bsn',
  }),
  breuk('CS002', '325', 'Client', 'Bsn', {
    vooraf: metAfgewezenPrestatie,
    breek: ({ DeclaratieAntwoord }) => {
      eerste(DeclaratieAntwoord?.Clienten?.Client ?? []).Bsn = FOUTE_BSN;
    },
    pad: '/Bericht/DeclaratieAntwoord/Clienten/Client/Bsn',
  }),
  breuk('CS318', '301', 'Client', 'Naam', {
    vooraf: ({ Client: { Naam } }) => {
      Naam.Partnernaam = undefined;
      Naam.NaamGebruik = '1';
    },
    breek: ({ Client: { Naam } }) => {
      Naam.NaamGebruik = '6';
    },
    pad: `${CLIENT}/Naam`,
  }),
  ...NAAMBREUKEN,
  ...DATUMBREUKEN,
];
