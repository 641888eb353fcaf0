// Generated from xsd/ijw/3.2/JW318.xsd by `npm run genereer`; do not edit. The names are those of the standard.
import type { Structuurgegevens } from '../../../../xml/structuur.ts';
import type {
  CDT_BerichtIdentificatie,
  CDT_Omvang,
  CDT_Product,
  CDT_XsdVersie,
  LDT_AgbCode,
  LDT_BerichtSubversie,
  LDT_BerichtVersie,
  LDT_Budget,
  LDT_BurgerServicenummer,
  LDT_Datum,
  LDT_Gemeente,
  LDT_IdentificatieBericht,
  LDT_Nummer,
  LDT_RedenVerzoek,
  LDT_Referentie,
  LDT_RetourCode,
  LDT_Versie,
} from './basisschema.ts';
import { STRUCTUUR as BASIS } from './basisschema.ts';

export interface Root {
  readonly Header: Header;
  readonly Client?: Client;
}

export interface Header {
  readonly BerichtCode: '487';
  readonly BerichtVersie: LDT_BerichtVersie;
  readonly BerichtSubversie: LDT_BerichtSubversie;
  readonly Afzender: LDT_AgbCode;
  readonly Ontvanger: LDT_Gemeente;
  readonly BerichtIdentificatie: CDT_BerichtIdentificatie;
  readonly XsdVersie: CDT_XsdVersie;
  readonly IdentificatieRetour: LDT_IdentificatieBericht;
  readonly DagtekeningRetour: LDT_Datum;
  readonly XsltVersie?: LDT_Versie;
  readonly XsdVersieRetour: CDT_XsdVersie;
  readonly RetourCodes?: RetourCodes;
}

export interface Client {
  readonly Bsn: LDT_BurgerServicenummer;
  readonly Verzoek: Verzoek;
  readonly RetourCodes: RetourCodes;
}

export interface Verzoek {
  readonly ReferentieAanbieder: LDT_Referentie;
  readonly RedenVerzoek: LDT_RedenVerzoek;
  readonly OngewijzigdeProducten?: OngewijzigdeProducten;
  readonly TeWijzigenProducten?: TeWijzigenProducten;
  readonly NieuweProducten?: NieuweProducten;
  readonly RetourCodes: RetourCodes;
}

export interface OngewijzigdeProducten {
  readonly OngewijzigdProduct: readonly OngewijzigdProduct[];
}

export interface OngewijzigdProduct {
  readonly ToewijzingNummer: LDT_Nummer;
  readonly RetourCodes: RetourCodes;
}

export interface TeWijzigenProducten {
  readonly TeWijzigenProduct: readonly TeWijzigenProduct[];
}

export interface TeWijzigenProduct {
  readonly ToewijzingNummer: LDT_Nummer;
  readonly GewensteIngangsdatum: LDT_Datum;
  readonly Einddatum?: LDT_Datum;
  readonly Omvang?: CDT_Omvang;
  readonly Budget?: LDT_Budget;
  readonly RetourCodes: RetourCodes;
}

export interface NieuweProducten {
  readonly NieuwProduct: readonly NieuwProduct[];
}

export interface NieuwProduct {
  readonly Product?: CDT_Product;
  readonly GewensteIngangsdatum: LDT_Datum;
  readonly Einddatum?: LDT_Datum;
  readonly Omvang?: CDT_Omvang;
  readonly Budget?: LDT_Budget;
  readonly RetourCodes: RetourCodes;
}

export interface RetourCodes {
  readonly RetourCode: readonly LDT_RetourCode[];
}

export interface Klassen {
  readonly Root: Root;
  readonly Header: Header;
  readonly Client: Client;
  readonly Verzoek: Verzoek;
  readonly OngewijzigdeProducten: OngewijzigdeProducten;
  readonly OngewijzigdProduct: OngewijzigdProduct;
  readonly TeWijzigenProducten: TeWijzigenProducten;
  readonly TeWijzigenProduct: TeWijzigenProduct;
  readonly NieuweProducten: NieuweProducten;
  readonly NieuwProduct: NieuwProduct;
  readonly RetourCodes: RetourCodes;
}

export const STRUCTUUR: Structuurgegevens = {
  namespace: 'http://www.istandaarden.nl/ijw/3_2/jw318/schema',
  versie: '1.0.0',
  klassen: {
    Root: [
      { naam: 'Header', type: 'Header', vorm: 'klasse', verplicht: true, herhaalbaar: false },
      { naam: 'Client', type: 'Client', vorm: 'klasse', verplicht: false, herhaalbaar: false },
    ],
    Header: [
      { naam: 'BerichtCode', type: '', vorm: 'tekst', verplicht: true, herhaalbaar: false },
      { naam: 'BerichtVersie', type: 'LDT_BerichtVersie', vorm: 'getal', verplicht: true, herhaalbaar: false },
      { naam: 'BerichtSubversie', type: 'LDT_BerichtSubversie', vorm: 'getal', verplicht: true, herhaalbaar: false },
      { naam: 'Afzender', type: 'LDT_AgbCode', vorm: 'tekst', verplicht: true, herhaalbaar: false },
      { naam: 'Ontvanger', type: 'LDT_Gemeente', vorm: 'tekst', verplicht: true, herhaalbaar: false },
      { naam: 'BerichtIdentificatie', type: 'CDT_BerichtIdentificatie', vorm: 'klasse', verplicht: true, herhaalbaar: false },
      { naam: 'XsdVersie', type: 'CDT_XsdVersie', vorm: 'klasse', verplicht: true, herhaalbaar: false },
      { naam: 'IdentificatieRetour', type: 'LDT_IdentificatieBericht', vorm: 'tekst', verplicht: true, herhaalbaar: false },
      { naam: 'DagtekeningRetour', type: 'LDT_Datum', vorm: 'datum', verplicht: true, herhaalbaar: false },
      { naam: 'XsltVersie', type: 'LDT_Versie', vorm: 'tekst', verplicht: false, herhaalbaar: false },
      { naam: 'XsdVersieRetour', type: 'CDT_XsdVersie', vorm: 'klasse', verplicht: true, herhaalbaar: false },
      { naam: 'RetourCodes', type: 'RetourCodes', vorm: 'klasse', verplicht: false, herhaalbaar: false },
    ],
    Client: [
      { naam: 'Bsn', type: 'LDT_BurgerServicenummer', vorm: 'tekst', verplicht: true, herhaalbaar: false },
      { naam: 'Verzoek', type: 'Verzoek', vorm: 'klasse', verplicht: true, herhaalbaar: false },
      { naam: 'RetourCodes', type: 'RetourCodes', vorm: 'klasse', verplicht: true, herhaalbaar: false },
    ],
    Verzoek: [
      { naam: 'ReferentieAanbieder', type: 'LDT_Referentie', vorm: 'tekst', verplicht: true, herhaalbaar: false },
      { naam: 'RedenVerzoek', type: 'LDT_RedenVerzoek', vorm: 'tekst', verplicht: true, herhaalbaar: false },
      { naam: 'OngewijzigdeProducten', type: 'OngewijzigdeProducten', vorm: 'klasse', verplicht: false, herhaalbaar: false },
      { naam: 'TeWijzigenProducten', type: 'TeWijzigenProducten', vorm: 'klasse', verplicht: false, herhaalbaar: false },
      { naam: 'NieuweProducten', type: 'NieuweProducten', vorm: 'klasse', verplicht: false, herhaalbaar: false },
      { naam: 'RetourCodes', type: 'RetourCodes', vorm: 'klasse', verplicht: true, herhaalbaar: false },
    ],
    OngewijzigdeProducten: [
      { naam: 'OngewijzigdProduct', type: 'OngewijzigdProduct', vorm: 'klasse', verplicht: true, herhaalbaar: true },
    ],
    OngewijzigdProduct: [
      { naam: 'ToewijzingNummer', type: 'LDT_Nummer', vorm: 'getal', verplicht: true, herhaalbaar: false },
      { naam: 'RetourCodes', type: 'RetourCodes', vorm: 'klasse', verplicht: true, herhaalbaar: false },
    ],
    TeWijzigenProducten: [
      { naam: 'TeWijzigenProduct', type: 'TeWijzigenProduct', vorm: 'klasse', verplicht: true, herhaalbaar: true },
    ],
    TeWijzigenProduct: [
      { naam: 'ToewijzingNummer', type: 'LDT_Nummer', vorm: 'getal', verplicht: true, herhaalbaar: false },
      { naam: 'GewensteIngangsdatum', type: 'LDT_Datum', vorm: 'datum', verplicht: true, herhaalbaar: false },
      { naam: 'Einddatum', type: 'LDT_Datum', vorm: 'datum', verplicht: false, herhaalbaar: false },
      { naam: 'Omvang', type: 'CDT_Omvang', vorm: 'klasse', verplicht: false, herhaalbaar: false },
      { naam: 'Budget', type: 'LDT_Budget', vorm: 'getal', verplicht: false, herhaalbaar: false },
      { naam: 'RetourCodes', type: 'RetourCodes', vorm: 'klasse', verplicht: true, herhaalbaar: false },
    ],
    NieuweProducten: [
      { naam: 'NieuwProduct', type: 'NieuwProduct', vorm: 'klasse', verplicht: true, herhaalbaar: true },
    ],
    NieuwProduct: [
      { naam: 'Product', type: 'CDT_Product', vorm: 'klasse', verplicht: false, herhaalbaar: false },
      { naam: 'GewensteIngangsdatum', type: 'LDT_Datum', vorm: 'datum', verplicht: true, herhaalbaar: false },
      { naam: 'Einddatum', type: 'LDT_Datum', vorm: 'datum', verplicht: false, herhaalbaar: false },
      { naam: 'Omvang', type: 'CDT_Omvang', vorm: 'klasse', verplicht: false, herhaalbaar: false },
      { naam: 'Budget', type: 'LDT_Budget', vorm: 'getal', verplicht: false, herhaalbaar: false },
      { naam: 'RetourCodes', type: 'RetourCodes', vorm: 'klasse', verplicht: true, herhaalbaar: false },
    ],
    RetourCodes: [
      { naam: 'RetourCode', type: 'LDT_RetourCode', vorm: 'tekst', verplicht: true, herhaalbaar: true },
    ],
  },
  basis: BASIS,
};
