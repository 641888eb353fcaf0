// Generated from xsd/ijw/3.2/JW325.xsd by `npm run genereer`; do not edit. The names are those of the standard.
import type { Structuurgegevens } from '../../../../xml/structuur.ts';
import type {
  CDT_BedragMetDC,
  CDT_BerichtIdentificatie,
  CDT_GeslotenPeriode,
  CDT_Referentie,
  CDT_TotaalBedragMetDC,
  CDT_XsdVersie,
  LDT_AgbCode,
  LDT_Bedrag,
  LDT_BerichtSubversie,
  LDT_BerichtVersie,
  LDT_BurgerServicenummer,
  LDT_Eenheid,
  LDT_Gemeente,
  LDT_IdentificatieDeclaratie,
  LDT_Nummer,
  LDT_ProductCategorie,
  LDT_ProductCode,
  LDT_RetourCode,
  LDT_Versie,
  LDT_Volume,
} from './basisschema.ts';
import { STRUCTUUR as BASIS } from './basisschema.ts';

export interface Root {
  readonly Header: Header;
  readonly DeclaratieAntwoord?: DeclaratieAntwoord;
}

export interface Header {
  readonly BerichtCode: '491';
  readonly BerichtVersie: LDT_BerichtVersie;
  readonly BerichtSubversie: LDT_BerichtSubversie;
  readonly Afzender: LDT_Gemeente;
  readonly Ontvanger: LDT_AgbCode;
  readonly BerichtIdentificatie: CDT_BerichtIdentificatie;
  readonly XsdVersie: CDT_XsdVersie;
  readonly DeclaratieIdentificatie: CDT_BerichtIdentificatie;
  readonly XsltVersie?: LDT_Versie;
  readonly XsdVersieDeclaratie: CDT_XsdVersie;
  readonly RetourCodes: RetourCodes;
}

export interface DeclaratieAntwoord {
  readonly DeclaratieNummer: LDT_IdentificatieDeclaratie;
  readonly TotaalIngediendBedrag: CDT_TotaalBedragMetDC;
  readonly TotaalToegekendBedrag: CDT_TotaalBedragMetDC;
  readonly Clienten?: Clienten;
  readonly RetourCodes: RetourCodes;
}

export interface Clienten {
  readonly Client: readonly Client[];
}

export interface Client {
  readonly Bsn: LDT_BurgerServicenummer;
  readonly Prestaties: Prestaties;
  readonly RetourCodes: RetourCodes;
}

export interface Prestaties {
  readonly Prestatie: readonly Prestatie[];
}

export interface Prestatie {
  readonly ProductReferentie: CDT_Referentie;
  readonly ToewijzingNummer: LDT_Nummer;
  readonly ProductCategorie: LDT_ProductCategorie;
  readonly ProductCode: LDT_ProductCode;
  readonly ProductPeriode: CDT_GeslotenPeriode;
  readonly GeleverdVolume: LDT_Volume;
  readonly Eenheid: LDT_Eenheid;
  readonly ProductTarief?: LDT_Bedrag;
  readonly IngediendBedrag: CDT_BedragMetDC;
  readonly RetourCodes: RetourCodes;
}

export interface RetourCodes {
  readonly RetourCode: readonly LDT_RetourCode[];
}

export interface Klassen {
  readonly Root: Root;
  readonly Header: Header;
  readonly DeclaratieAntwoord: DeclaratieAntwoord;
  readonly Clienten: Clienten;
  readonly Client: Client;
  readonly Prestaties: Prestaties;
  readonly Prestatie: Prestatie;
  readonly RetourCodes: RetourCodes;
}

export const STRUCTUUR: Structuurgegevens = {
  namespace: 'http://www.istandaarden.nl/ijw/3_2/jw325/schema',
  versie: '1.0.0',
  klassen: {
    Root: [
      { naam: 'Header', type: 'Header', vorm: 'klasse', verplicht: true, herhaalbaar: false },
      { naam: 'DeclaratieAntwoord', type: 'DeclaratieAntwoord', vorm: 'klasse', verplicht: false, herhaalbaar: false },
    ],
    Header: [
      { naam: 'BerichtCode', type: '', vorm: 'tekst', verplicht: true, herhaalbaar: false },
      { naam: 'BerichtVersie', type: 'LDT_BerichtVersie', vorm: 'getal', verplicht: true, herhaalbaar: false },
      { naam: 'BerichtSubversie', type: 'LDT_BerichtSubversie', vorm: 'getal', verplicht: true, herhaalbaar: false },
      { naam: 'Afzender', type: 'LDT_Gemeente', vorm: 'tekst', verplicht: true, herhaalbaar: false },
      { naam: 'Ontvanger', type: 'LDT_AgbCode', vorm: 'tekst', verplicht: true, herhaalbaar: false },
      { naam: 'BerichtIdentificatie', type: 'CDT_BerichtIdentificatie', vorm: 'klasse', verplicht: true, herhaalbaar: false },
      { naam: 'XsdVersie', type: 'CDT_XsdVersie', vorm: 'klasse', verplicht: true, herhaalbaar: false },
      { naam: 'DeclaratieIdentificatie', type: 'CDT_BerichtIdentificatie', vorm: 'klasse', verplicht: true, herhaalbaar: false },
      { naam: 'XsltVersie', type: 'LDT_Versie', vorm: 'tekst', verplicht: false, herhaalbaar: false },
      { naam: 'XsdVersieDeclaratie', type: 'CDT_XsdVersie', vorm: 'klasse', verplicht: true, herhaalbaar: false },
      { naam: 'RetourCodes', type: 'RetourCodes', vorm: 'klasse', verplicht: true, herhaalbaar: false },
    ],
    DeclaratieAntwoord: [
      { naam: 'DeclaratieNummer', type: 'LDT_IdentificatieDeclaratie', vorm: 'tekst', verplicht: true, herhaalbaar: false },
      { naam: 'TotaalIngediendBedrag', type: 'CDT_TotaalBedragMetDC', vorm: 'klasse', verplicht: true, herhaalbaar: false },
      { naam: 'TotaalToegekendBedrag', type: 'CDT_TotaalBedragMetDC', vorm: 'klasse', verplicht: true, herhaalbaar: false },
      { naam: 'Clienten', type: 'Clienten', vorm: 'klasse', verplicht: false, herhaalbaar: false },
      { naam: 'RetourCodes', type: 'RetourCodes', vorm: 'klasse', verplicht: true, herhaalbaar: false },
    ],
    Clienten: [
      { naam: 'Client', type: 'Client', vorm: 'klasse', verplicht: true, herhaalbaar: true },
    ],
    Client: [
      { naam: 'Bsn', type: 'LDT_BurgerServicenummer', vorm: 'tekst', verplicht: true, herhaalbaar: false },
      { naam: 'Prestaties', type: 'Prestaties', vorm: 'klasse', verplicht: true, herhaalbaar: false },
      { naam: 'RetourCodes', type: 'RetourCodes', vorm: 'klasse', verplicht: true, herhaalbaar: false },
    ],
    Prestaties: [
      { naam: 'Prestatie', type: 'Prestatie', vorm: 'klasse', verplicht: true, herhaalbaar: true },
    ],
    Prestatie: [
      { naam: 'ProductReferentie', type: 'CDT_Referentie', vorm: 'klasse', verplicht: true, herhaalbaar: false },
      { naam: 'ToewijzingNummer', type: 'LDT_Nummer', vorm: 'getal', verplicht: true, herhaalbaar: false },
      { naam: 'ProductCategorie', type: 'LDT_ProductCategorie', vorm: 'tekst', verplicht: true, herhaalbaar: false },
      { naam: 'ProductCode', type: 'LDT_ProductCode', vorm: 'tekst', verplicht: true, herhaalbaar: false },
      { naam: 'ProductPeriode', type: 'CDT_GeslotenPeriode', vorm: 'klasse', verplicht: true, herhaalbaar: false },
      { naam: 'GeleverdVolume', type: 'LDT_Volume', vorm: 'getal', verplicht: true, herhaalbaar: false },
      { naam: 'Eenheid', type: 'LDT_Eenheid', vorm: 'tekst', verplicht: true, herhaalbaar: false },
      { naam: 'ProductTarief', type: 'LDT_Bedrag', vorm: 'getal', verplicht: false, herhaalbaar: false },
      { naam: 'IngediendBedrag', type: 'CDT_BedragMetDC', vorm: 'klasse', verplicht: true, herhaalbaar: false },
      { naam: 'RetourCodes', type: 'RetourCodes', vorm: 'klasse', verplicht: true, herhaalbaar: false },
    ],
    RetourCodes: [
      { naam: 'RetourCode', type: 'LDT_RetourCode', vorm: 'tekst', verplicht: true, herhaalbaar: true },
    ],
  },
  basis: BASIS,
};
