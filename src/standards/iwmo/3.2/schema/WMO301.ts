// Generated from xsd/iwmo/3.2/WMO301.xsd by `npm run genereer`; do not edit. The names are those of the standard.
import type { Structuurgegevens } from '../../../../xml/structuur.ts';
import type {
  CDT_Adres,
  CDT_BerichtIdentificatie,
  CDT_Communicatie,
  CDT_Geboortedatum,
  CDT_Omvang,
  CDT_OpenPeriode,
  CDT_Product,
  CDT_Telefoonnummers,
  CDT_VolledigeNaam,
  CDT_XsdVersie,
  LDT_AdresSoort,
  LDT_AgbCode,
  LDT_BerichtSubversie,
  LDT_BerichtVersie,
  LDT_Budget,
  LDT_BurgerServicenummer,
  LDT_Commentaar,
  LDT_Datum,
  LDT_Emailadres,
  LDT_Gemeente,
  LDT_Geslacht,
  LDT_JuridischeStatus,
  LDT_Nummer,
  LDT_Organisatienaam,
  LDT_Persoonsid,
  LDT_RedenWijziging,
  LDT_Referentie,
  LDT_RelatieVolgorde,
  LDT_SoortRelatie,
  LDT_Tijd,
  LDT_WettelijkeVertegenwoordiging,
} from './basisschema.ts';
import { STRUCTUUR as BASIS } from './basisschema.ts';

export interface Root {
  readonly Header: Header;
  readonly Client: Client;
}

export interface Header {
  readonly BerichtCode: '414';
  readonly BerichtVersie: LDT_BerichtVersie;
  readonly BerichtSubversie: LDT_BerichtSubversie;
  readonly Afzender: LDT_Gemeente;
  readonly Ontvanger: LDT_AgbCode;
  readonly BerichtIdentificatie: CDT_BerichtIdentificatie;
  readonly XsdVersie: CDT_XsdVersie;
}

export interface Client {
  readonly Bsn: LDT_BurgerServicenummer;
  readonly Geboortedatum: CDT_Geboortedatum;
  readonly Geslacht: LDT_Geslacht;
  readonly Naam: CDT_VolledigeNaam;
  readonly Communicatie?: CDT_Communicatie;
  readonly JuridischeStatus?: LDT_JuridischeStatus;
  readonly WettelijkeVertegenwoordiging?: LDT_WettelijkeVertegenwoordiging;
  readonly Commentaar?: LDT_Commentaar;
  readonly Relaties?: Relaties;
  readonly Contactgegevens: Contactgegevens;
  readonly ToegewezenProducten: ToegewezenProducten;
}

export interface Relaties {
  readonly Relatie: readonly Relatie[];
}

export interface Relatie {
  readonly Nummer: LDT_Persoonsid;
  readonly Volgorde?: LDT_RelatieVolgorde;
  readonly Soort: LDT_SoortRelatie;
  readonly Geboortedatum?: CDT_Geboortedatum;
  readonly Geslacht?: LDT_Geslacht;
  readonly Naam: CDT_VolledigeNaam;
  readonly Contact: Contact;
}

export interface Contact {
  readonly Soort: LDT_AdresSoort;
  readonly Adres?: CDT_Adres;
  readonly Organisatie?: LDT_Organisatienaam;
  readonly Telefoon?: CDT_Telefoonnummers;
  readonly Emailadres?: LDT_Emailadres;
  readonly Periode?: CDT_OpenPeriode;
}

export interface Contactgegevens {
  readonly Contact: readonly Contact[];
}

export interface ToegewezenProducten {
  readonly ToegewezenProduct: readonly ToegewezenProduct[];
}

export interface ToegewezenProduct {
  readonly ToewijzingNummer: LDT_Nummer;
  readonly ReferentieAanbieder?: LDT_Referentie;
  readonly Product?: CDT_Product;
  readonly Toewijzingsdatum: LDT_Datum;
  readonly Toewijzingstijd: LDT_Tijd;
  readonly Ingangsdatum: LDT_Datum;
  readonly Einddatum?: LDT_Datum;
  readonly RedenWijziging?: LDT_RedenWijziging;
  readonly Omvang?: CDT_Omvang;
  readonly Budget?: LDT_Budget;
  readonly Commentaar?: LDT_Commentaar;
}

export interface Klassen {
  readonly Root: Root;
  readonly Header: Header;
  readonly Client: Client;
  readonly Relaties: Relaties;
  readonly Relatie: Relatie;
  readonly Contact: Contact;
  readonly Contactgegevens: Contactgegevens;
  readonly ToegewezenProducten: ToegewezenProducten;
  readonly ToegewezenProduct: ToegewezenProduct;
}

export const STRUCTUUR: Structuurgegevens = {
  namespace: 'http://www.istandaarden.nl/iwmo/3_2/wmo301/schema',
  versie: '1.0.0',
  klassen: {
    Root: [
      { naam: 'Header', type: 'Header', vorm: 'klasse', verplicht: true, herhaalbaar: false },
      { naam: 'Client', type: 'Client', vorm: 'klasse', verplicht: true, herhaalbaar: false },
    ],
    Header: [
      { naam: 'BerichtCode', type: '', vorm: 'tekst', verplicht: true, herhaalbaar: false },
      { naam: 'BerichtVersie', type: 'LDT_BerichtVersie', vorm: 'getal', verplicht: true, herhaalbaar: false },
      { naam: 'BerichtSubversie', type: 'LDT_BerichtSubversie', vorm: 'getal', verplicht: true, herhaalbaar: false },
      { naam: 'Afzender', type: 'LDT_Gemeente', vorm: 'tekst', verplicht: true, herhaalbaar: false },
      { naam: 'Ontvanger', type: 'LDT_AgbCode', vorm: 'tekst', verplicht: true, herhaalbaar: false },
      { naam: 'BerichtIdentificatie', type: 'CDT_BerichtIdentificatie', vorm: 'klasse', verplicht: true, herhaalbaar: false },
      { naam: 'XsdVersie', type: 'CDT_XsdVersie', vorm: 'klasse', verplicht: true, herhaalbaar: false },
    ],
    Client: [
      { naam: 'Bsn', type: 'LDT_BurgerServicenummer', vorm: 'tekst', verplicht: true, herhaalbaar: false },
      { naam: 'Geboortedatum', type: 'CDT_Geboortedatum', vorm: 'klasse', verplicht: true, herhaalbaar: false },
      { naam: 'Geslacht', type: 'LDT_Geslacht', vorm: 'tekst', verplicht: true, herhaalbaar: false },
      { naam: 'Naam', type: 'CDT_VolledigeNaam', vorm: 'klasse', verplicht: true, herhaalbaar: false },
      { naam: 'Communicatie', type: 'CDT_Communicatie', vorm: 'klasse', verplicht: false, herhaalbaar: false },
      { naam: 'JuridischeStatus', type: 'LDT_JuridischeStatus', vorm: 'tekst', verplicht: false, herhaalbaar: false },
      { naam: 'WettelijkeVertegenwoordiging', type: 'LDT_WettelijkeVertegenwoordiging', vorm: 'tekst', verplicht: false, herhaalbaar: false },
      { naam: 'Commentaar', type: 'LDT_Commentaar', vorm: 'tekst', verplicht: false, herhaalbaar: false },
      { naam: 'Relaties', type: 'Relaties', vorm: 'klasse', verplicht: false, herhaalbaar: false },
      { naam: 'Contactgegevens', type: 'Contactgegevens', vorm: 'klasse', verplicht: true, herhaalbaar: false },
      { naam: 'ToegewezenProducten', type: 'ToegewezenProducten', vorm: 'klasse', verplicht: true, herhaalbaar: false },
    ],
    Relaties: [
      { naam: 'Relatie', type: 'Relatie', vorm: 'klasse', verplicht: true, herhaalbaar: true },
    ],
    Relatie: [
      { naam: 'Nummer', type: 'LDT_Persoonsid', vorm: 'tekst', verplicht: true, herhaalbaar: false },
      { naam: 'Volgorde', type: 'LDT_RelatieVolgorde', vorm: 'getal', verplicht: false, herhaalbaar: false },
      { naam: 'Soort', type: 'LDT_SoortRelatie', vorm: 'tekst', verplicht: true, herhaalbaar: false },
      { naam: 'Geboortedatum', type: 'CDT_Geboortedatum', vorm: 'klasse', verplicht: false, herhaalbaar: false },
      { naam: 'Geslacht', type: 'LDT_Geslacht', vorm: 'tekst', verplicht: false, herhaalbaar: false },
      { naam: 'Naam', type: 'CDT_VolledigeNaam', vorm: 'klasse', verplicht: true, herhaalbaar: false },
      { naam: 'Contact', type: 'Contact', vorm: 'klasse', verplicht: true, herhaalbaar: false },
    ],
    Contact: [
      { naam: 'Soort', type: 'LDT_AdresSoort', vorm: 'tekst', verplicht: true, herhaalbaar: false },
      { naam: 'Adres', type: 'CDT_Adres', vorm: 'klasse', verplicht: false, herhaalbaar: false },
      { naam: 'Organisatie', type: 'LDT_Organisatienaam', vorm: 'tekst', verplicht: false, herhaalbaar: false },
      { naam: 'Telefoon', type: 'CDT_Telefoonnummers', vorm: 'klasse', verplicht: false, herhaalbaar: false },
      { naam: 'Emailadres', type: 'LDT_Emailadres', vorm: 'tekst', verplicht: false, herhaalbaar: false },
      { naam: 'Periode', type: 'CDT_OpenPeriode', vorm: 'klasse', verplicht: false, herhaalbaar: false },
    ],
    Contactgegevens: [
      { naam: 'Contact', type: 'Contact', vorm: 'klasse', verplicht: true, herhaalbaar: true },
    ],
    ToegewezenProducten: [
      { naam: 'ToegewezenProduct', type: 'ToegewezenProduct', vorm: 'klasse', verplicht: true, herhaalbaar: true },
    ],
    ToegewezenProduct: [
      { naam: 'ToewijzingNummer', type: 'LDT_Nummer', vorm: 'getal', verplicht: true, herhaalbaar: false },
      { naam: 'ReferentieAanbieder', type: 'LDT_Referentie', vorm: 'tekst', verplicht: false, herhaalbaar: false },
      { naam: 'Product', type: 'CDT_Product', vorm: 'klasse', verplicht: false, herhaalbaar: false },
      { naam: 'Toewijzingsdatum', type: 'LDT_Datum', vorm: 'datum', verplicht: true, herhaalbaar: false },
      { naam: 'Toewijzingstijd', type: 'LDT_Tijd', vorm: 'tijd', verplicht: true, herhaalbaar: false },
      { naam: 'Ingangsdatum', type: 'LDT_Datum', vorm: 'datum', verplicht: true, herhaalbaar: false },
      { naam: 'Einddatum', type: 'LDT_Datum', vorm: 'datum', verplicht: false, herhaalbaar: false },
      { naam: 'RedenWijziging', type: 'LDT_RedenWijziging', vorm: 'tekst', verplicht: false, herhaalbaar: false },
      { naam: 'Omvang', type: 'CDT_Omvang', vorm: 'klasse', verplicht: false, herhaalbaar: false },
      { naam: 'Budget', type: 'LDT_Budget', vorm: 'getal', verplicht: false, herhaalbaar: false },
      { naam: 'Commentaar', type: 'LDT_Commentaar', vorm: 'tekst', verplicht: false, herhaalbaar: false },
    ],
  },
  basis: BASIS,
};
