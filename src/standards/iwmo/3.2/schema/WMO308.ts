// Generated from xsd/iwmo/3.2/WMO308.xsd by `npm run genereer`; do not edit. The names are those of the standard.
import type { Structuurgegevens } from '../../../../xml/structuur.ts';
import type {
  CDT_BerichtIdentificatie,
  CDT_Geboortedatum,
  CDT_Product,
  CDT_VerkorteNaam,
  CDT_XsdVersie,
  LDT_AgbCode,
  LDT_BerichtSubversie,
  LDT_BerichtVersie,
  LDT_BurgerServicenummer,
  LDT_Datum,
  LDT_Gemeente,
  LDT_Geslacht,
  LDT_IdentificatieBericht,
  LDT_Nummer,
  LDT_RedenBeeindiging,
  LDT_RetourCode,
  LDT_StatusAanlevering,
  LDT_Versie,
} from './basisschema.ts';
import { STRUCTUUR as BASIS } from './basisschema.ts';

export interface Root {
  readonly Header: Header;
  readonly Client?: Client;
}

export interface Header {
  readonly BerichtCode: '421';
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
  readonly Geboortedatum: CDT_Geboortedatum;
  readonly Geslacht: LDT_Geslacht;
  readonly Naam: CDT_VerkorteNaam;
  readonly StopProducten: StopProducten;
  readonly RetourCodes: RetourCodes;
}

export interface StopProducten {
  readonly StopProduct: readonly StopProduct[];
}

export interface StopProduct {
  readonly ToewijzingNummer?: LDT_Nummer;
  readonly Product?: CDT_Product;
  readonly ToewijzingIngangsdatum?: LDT_Datum;
  readonly Begindatum: LDT_Datum;
  readonly RedenBeeindiging: LDT_RedenBeeindiging;
  readonly Einddatum: LDT_Datum;
  readonly StatusAanlevering: LDT_StatusAanlevering;
  readonly RetourCodes: RetourCodes;
}

export interface RetourCodes {
  readonly RetourCode: readonly LDT_RetourCode[];
}

export interface Klassen {
  readonly Root: Root;
  readonly Header: Header;
  readonly Client: Client;
  readonly StopProducten: StopProducten;
  readonly StopProduct: StopProduct;
  readonly RetourCodes: RetourCodes;
}

export const STRUCTUUR: Structuurgegevens = {
  namespace: 'http://www.istandaarden.nl/iwmo/3_2/wmo308/schema',
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
      { naam: 'Geboortedatum', type: 'CDT_Geboortedatum', vorm: 'klasse', verplicht: true, herhaalbaar: false },
      { naam: 'Geslacht', type: 'LDT_Geslacht', vorm: 'tekst', verplicht: true, herhaalbaar: false },
      { naam: 'Naam', type: 'CDT_VerkorteNaam', vorm: 'klasse', verplicht: true, herhaalbaar: false },
      { naam: 'StopProducten', type: 'StopProducten', vorm: 'klasse', verplicht: true, herhaalbaar: false },
      { naam: 'RetourCodes', type: 'RetourCodes', vorm: 'klasse', verplicht: true, herhaalbaar: false },
    ],
    StopProducten: [
      { naam: 'StopProduct', type: 'StopProduct', vorm: 'klasse', verplicht: true, herhaalbaar: true },
    ],
    StopProduct: [
      { naam: 'ToewijzingNummer', type: 'LDT_Nummer', vorm: 'getal', verplicht: false, herhaalbaar: false },
      { naam: 'Product', type: 'CDT_Product', vorm: 'klasse', verplicht: false, herhaalbaar: false },
      { naam: 'ToewijzingIngangsdatum', type: 'LDT_Datum', vorm: 'datum', verplicht: false, herhaalbaar: false },
      { naam: 'Begindatum', type: 'LDT_Datum', vorm: 'datum', verplicht: true, herhaalbaar: false },
      { naam: 'RedenBeeindiging', type: 'LDT_RedenBeeindiging', vorm: 'tekst', verplicht: true, herhaalbaar: false },
      { naam: 'Einddatum', type: 'LDT_Datum', vorm: 'datum', verplicht: true, herhaalbaar: false },
      { naam: 'StatusAanlevering', type: 'LDT_StatusAanlevering', vorm: 'tekst', verplicht: true, herhaalbaar: false },
      { naam: 'RetourCodes', type: 'RetourCodes', vorm: 'klasse', verplicht: true, herhaalbaar: false },
    ],
    RetourCodes: [
      { naam: 'RetourCode', type: 'LDT_RetourCode', vorm: 'tekst', verplicht: true, herhaalbaar: true },
    ],
  },
  basis: BASIS,
};
