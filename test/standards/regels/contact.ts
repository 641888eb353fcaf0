/** Breaks of the rules in gedeeld/contact.ts. */
import type { Klasse } from '#src/standards/structuren.ts';
import type { Bericht, Los } from '../../hulp/bouwer.ts';
import { type Breuk, breuk } from './breuk.ts';
import { eerste, relatieVan } from './persoon.ts';

type Contact = Los<Klasse<'301', 'Contact'>>;

/** Leaves the client one way to be reached: at a Dutch BRP-adres, and by telephone. */
export function enigContact({ Client }: Bericht<'301'>): Contact {
  Client.Contactgegevens.Contact.length = 1;
  return eerste(Client.Contactgegevens.Contact);
}

interface Contactgeval {
  readonly regel: string;
  readonly element: string;
  /** What the contact is before; absent: as it is. */
  readonly goed?: Partial<Contact>;
  readonly fout: Partial<Contact>;
  /** Of the finding, from the contact. */
  readonly pad: string;
}

const CD005 = { regel: 'CD005', element: 'Adres.LandCode' } as const;
const CD009 = { regel: 'CD009', element: 'Periode', pad: '/Periode' } as const;
const CS089 = { regel: 'CS089', element: 'Adres.Postcode', pad: '/Adres/Postcode' } as const;
const TR006 = { regel: 'TR006', element: '', pad: '' } as const;

const HUIS = { Huisnummer: '7' };
const ADRES = { Huis: HUIS, Postcode: '1011AB', LandCode: 'NL' };
const PERIODE = { Begindatum: '2026-01-05', Einddatum: '2026-03-01' };

const CONTACTGEVALLEN: readonly Contactgeval[] = [
  { ...CD005, fout: { Adres: { Huis: HUIS, Postcode: '1011AB' } }, pad: '/Adres' },
  {
    ...CD005,
    goed: { Soort: '02', Adres: { Huis: HUIS } },
    fout: { Adres: { Huis: HUIS, LandCode: 'NL' } },
    pad: '/Adres/LandCode',
  },
  { ...CD009, fout: { Periode: PERIODE } },
  { ...CD009, goed: { Soort: '02' }, fout: { Periode: {} } },
  {
    regel: 'CD025',
    element: 'Adres.Huis',
    goed: { Adres: { Postcode: '75001', LandCode: 'FR' } },
    fout: { Adres: { Postcode: '1011AB', LandCode: 'NL' } },
    pad: '/Adres',
  },
  { regel: 'CD034', element: 'Adres.Postcode', fout: { Adres: { Huis: HUIS } }, pad: '/Adres' },
  {
    regel: 'CD034',
    element: 'Adres.Postcode',
    goed: { Soort: '02', Adres: { Huis: HUIS } },
    fout: { Soort: '03' },
    pad: '/Adres',
  },
  { ...CS089, goed: { Adres: { ...ADRES, Postcode: '1011ab' } }, fout: { Adres: { ...ADRES, Postcode: '1011 AB' } } },
  {
    ...CS089,
    goed: { Adres: { ...ADRES, Postcode: 'SW1A 1AA', LandCode: 'GB' } },
    fout: { Adres: { ...ADRES, Postcode: '0111AB' } },
  },
  { ...CS089, fout: { Adres: { ...ADRES, Postcode: '1011ABC' } } },
  {
    ...TR006,
    goed: { Telefoon: undefined },
    fout: { Adres: { Postcode: '75001', LandCode: 'FR' } },
  },
  { ...TR006, goed: { Soort: '02', Adres: { Huis: HUIS } }, fout: { Telefoon: undefined } },
];

const INCONTACT = CONTACTGEVALLEN.map(({ regel, element, goed, fout, pad }) =>
  breuk(regel, '301', 'Contact', element, {
    vooraf: (bericht) => {
      Object.assign(enigContact(bericht), goed);
    },
    breek: (bericht) => {
      Object.assign(enigContact(bericht), fout);
    },
    pad: `/Bericht/Client/Contactgegevens/Contact${pad}`,
  }),
);

export const CONTACTBREUKEN: readonly Breuk[] = [
  ...INCONTACT,
  // Whether an address that is absent altogether needs a postcode is open; here of a relation, whose address no other rule asks for.
  breuk('CD034', '301', 'Contact', 'Adres.Postcode', {
    breek: (bericht) => {
      relatieVan(bericht).Contact.Adres = undefined;
    },
    pad: '/Bericht/Client/Relaties/Relatie/Contact',
    ernst: 'waarschuwing',
  }),
  breuk('CD007', '301', 'Client', 'Communicatie.Taal', {
    vooraf: ({ Client }) => {
      Client.Communicatie = { Vorm: '1', Taal: 'Papiaments' };
    },
    breek: ({ Client }) => {
      Client.Communicatie = { Vorm: '1' };
    },
    pad: '/Bericht/Client/Communicatie',
  }),
  breuk('CD007', '301', 'Client', 'Communicatie.Taal', {
    vooraf: ({ Client }) => {
      Client.Communicatie = { Vorm: '2' };
    },
    breek: ({ Client }) => {
      Client.Communicatie = { Vorm: '3', Taal: 'Papiaments' };
    },
    pad: '/Bericht/Client/Communicatie/Taal',
  }),
  breuk('TR061', '301', 'Client', 'Contactgegevens', {
    breek: (bericht) => {
      enigContact(bericht).Soort = '04';
    },
    pad: '/Bericht/Client/Contactgegevens',
  }),
  // Whether the fixed address must be filled is open.
  breuk('TR061', '301', 'Client', 'Contactgegevens', {
    vooraf: (bericht) => {
      enigContact(bericht).Soort = '02';
    },
    breek: (bericht) => {
      enigContact(bericht).Adres = undefined;
    },
    pad: '/Bericht/Client/Contactgegevens',
    ernst: 'waarschuwing',
  }),
  breuk('TR061', '301', 'Client', 'Contactgegevens', {
    vooraf: ({ Client }) => {
      const telefoon = eerste(Client.Contactgegevens.Contact).Telefoon;
      Client.Contactgegevens.Contact = [
        { Soort: '04', Adres: ADRES },
        { Soort: '02', Adres: ADRES, Telefoon: telefoon },
      ];
    },
    breek: ({ Client }) => {
      for (const contact of Client.Contactgegevens.Contact) if (contact.Soort === '02') contact.Adres = undefined;
    },
    pad: '/Bericht/Client/Contactgegevens',
    ernst: 'waarschuwing',
  }),
];
