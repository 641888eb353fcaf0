// Generated from xsd/iwmo/3.2/basisschema.xsd by `npm run genereer`; do not edit. The names are those of the standard.
import type { Structuurgegevens } from '../../../../xml/structuur.ts';

export type Regel = string; // tekst
export type Getal = string; // getal
export type LDT_Commentaar = string; // tekst
export type LDT_Datum = string; // datum
export type LDT_Tijd = string; // tijd
export type LDT_JaNee = '1' | '2'; // tekst
export type LDT_BerichtVersie = string; // getal
export type LDT_BerichtSubversie = string; // getal
export type LDT_Gemeente = string; // tekst
export type LDT_AgbCode = string; // tekst
export type LDT_IdentificatieBericht = string; // tekst
export type LDT_Versie = string; // tekst
export type LDT_BurgerServicenummer = string; // tekst
export type LDT_Persoonsid = string; // tekst
export type LDT_Naam = string; // tekst
export type LDT_Voorvoegsel = string; // tekst
export type LDT_Voorletters = string; // tekst
export type LDT_NaamGebruik = '1' | '2' | '3' | '4' | '5' | '6'; // tekst
export type LDT_DatumGebruik = '1' | '2' | '3'; // tekst
export type LDT_Geslacht = '0' | '1' | '2'; // tekst
export type LDT_JuridischeStatus = '01' | '02' | '03' | '04' | '05' | '11' | '12'; // tekst
export type LDT_WettelijkeVertegenwoordiging = '06' | '07' | '08' | '09' | '10'; // tekst
export type LDT_SoortRelatie = '03' | '04' | '05' | '06' | '07' | '08' | '09' | '10' | '11' | '12' | '13' | '14' | '15' | '16' | '17' | '18' | '19' | '20' | '21' | '22' | '23' | '24' | '25'; // tekst
export type LDT_RelatieVolgorde = string; // getal
export type LDT_Huisnummer = string; // getal
export type LDT_Huisletter = string; // tekst
export type LDT_HuisnummerToevoeging = string; // tekst
export type LDT_Postcode = string; // tekst
export type LDT_Straatnaam = string; // tekst
export type LDT_Plaatsnaam = string; // tekst
export type LDT_Organisatienaam = string; // tekst
export type LDT_Emailadres = string; // tekst
export type LDT_Telefoonnummer = string; // tekst
export type LDT_Landnummer = string; // tekst
export type LDT_Taal = string; // tekst
export type LDT_AdresSoort = '01' | '02' | '03' | '04'; // tekst
export type LDT_AanduidingWoonadres = 'AB' | 'BY' | 'TO' | 'WW'; // tekst
export type LDT_Communicatievorm = '1' | '2' | '3'; // tekst
export type LDT_LandCode = 'AD' | 'AE' | 'AF' | 'AG' | 'AI' | 'AL' | 'AM' | 'AO' | 'AQ' | 'AR' | 'AS' | 'AT' | 'AU' | 'AW' | 'AX' | 'AZ' | 'BA' | 'BB' | 'BD' | 'BE' | 'BF' | 'BG' | 'BH' | 'BI' | 'BJ' | 'BL' | 'BM' | 'BN' | 'BO' | 'BQ' | 'BR' | 'BS' | 'BT' | 'BV' | 'BW' | 'BY' | 'BZ' | 'CA' | 'CC' | 'CD' | 'CF' | 'CG' | 'CH' | 'CI' | 'CK' | 'CL' | 'CM' | 'CN' | 'CO' | 'CR' | 'CU' | 'CV' | 'CW' | 'CX' | 'CY' | 'CZ' | 'DE' | 'DJ' | 'DK' | 'DM' | 'DO' | 'DZ' | 'EC' | 'EE' | 'EG' | 'EH' | 'ER' | 'ES' | 'ET' | 'FI' | 'FJ' | 'FK' | 'FM' | 'FO' | 'FR' | 'GA' | 'GB' | 'GD' | 'GE' | 'GF' | 'GG' | 'GH' | 'GI' | 'GL' | 'GM' | 'GN' | 'GP' | 'GQ' | 'GR' | 'GS' | 'GT' | 'GU' | 'GW' | 'GY' | 'HK' | 'HM' | 'HN' | 'HR' | 'HT' | 'HU' | 'ID' | 'IE' | 'IL' | 'IM' | 'IN' | 'IO' | 'IQ' | 'IR' | 'IS' | 'IT' | 'JE' | 'JM' | 'JO' | 'JP' | 'KE' | 'KG' | 'KH' | 'KI' | 'KM' | 'KN' | 'KP' | 'KR' | 'KW' | 'KY' | 'KZ' | 'LA' | 'LB' | 'LC' | 'LI' | 'LK' | 'LR' | 'LS' | 'LT' | 'LU' | 'LV' | 'LY' | 'MA' | 'MC' | 'MD' | 'ME' | 'MF' | 'MG' | 'MH' | 'MK' | 'ML' | 'MM' | 'MN' | 'MO' | 'MP' | 'MQ' | 'MR' | 'MS' | 'MT' | 'MU' | 'MV' | 'MW' | 'MX' | 'MY' | 'MZ' | 'NA' | 'NC' | 'NE' | 'NF' | 'NG' | 'NI' | 'NL' | 'NO' | 'NP' | 'NR' | 'NU' | 'NZ' | 'OM' | 'PA' | 'PE' | 'PF' | 'PG' | 'PH' | 'PK' | 'PL' | 'PM' | 'PN' | 'PR' | 'PS' | 'PT' | 'PW' | 'PY' | 'QA' | 'RE' | 'RO' | 'RS' | 'RU' | 'RW' | 'SA' | 'SB' | 'SC' | 'SD' | 'SE' | 'SG' | 'SH' | 'SI' | 'SJ' | 'SK' | 'SL' | 'SM' | 'SN' | 'SO' | 'SR' | 'SS' | 'ST' | 'SV' | 'SX' | 'SY' | 'SZ' | 'TC' | 'TD' | 'TF' | 'TG' | 'TH' | 'TJ' | 'TK' | 'TL' | 'TM' | 'TN' | 'TO' | 'TR' | 'TT' | 'TV' | 'TW' | 'TZ' | 'UA' | 'UG' | 'UM' | 'US' | 'UY' | 'UZ' | 'VA' | 'VC' | 'VE' | 'VG' | 'VI' | 'VN' | 'VU' | 'WF' | 'WS' | 'YE' | 'YT' | 'ZA' | 'ZM' | 'ZW'; // tekst
export type LDT_Nummer = string; // getal
export type LDT_Referentie = string; // tekst
export type LDT_ProductCode = string; // tekst
export type LDT_Volume = string; // getal
export type LDT_Budget = string; // getal
export type LDT_NaamVerwijzer = string; // tekst
export type LDT_ProductCategorie = '01' | '02' | '03' | '04' | '05' | '06' | '07' | '08' | '09' | '10' | '11' | '12' | '13' | '14' | '15' | '16' | '17' | '18'; // tekst
export type LDT_Eenheid = '01' | '04' | '14' | '16' | '82' | '83' | '84'; // tekst
export type LDT_Frequentie = '1' | '2' | '4' | '6'; // tekst
export type LDT_RedenWijziging = '01' | '02' | '03' | '04' | '05' | '06' | '07' | '08' | '09' | '10' | '11' | '12' | '13' | '14'; // tekst
export type LDT_RedenBeeindiging = '02' | '19' | '20' | '21' | '22' | '23' | '31' | '36' | '37' | '38' | '39'; // tekst
export type LDT_StatusAanlevering = '1' | '2' | '3' | '9'; // tekst
export type LDT_TypeVerwijzer = '01' | '02' | '03' | '04' | '05' | '06' | '08'; // tekst
export type LDT_RedenVerzoek = '1' | '2'; // tekst
export type LDT_VerzoekAntwoord = '1' | '2'; // tekst
export type LDT_RedenAfwijzingVerzoek = '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9'; // tekst
export type LDT_Bedrag = string; // getal
export type LDT_TotaalBedrag = string; // getal
export type LDT_DebetCredit = 'C' | 'D'; // tekst
export type LDT_IdentificatieDeclaratie = string; // tekst
export type LDT_ReferentieNummer = string; // tekst
export type LDT_RetourCode = '0001' | '0200' | '0233' | '0611' | '8001' | '8017' | '8021' | '8187' | '8214' | '8848' | '9019' | '9056' | '9063' | '9069' | '9071' | '9074' | '9307' | '9308' | '9319' | '9321' | '9322' | '9326' | '9332' | '9333' | '9338' | '9339' | '9340' | '9341' | '9346' | '9347' | '9349' | '9350' | '9351' | '9355' | '9357' | '9359' | '9360' | '9361' | '9365' | '9366' | '9367' | '9369' | '9373' | '9374' | '9375' | '9379' | '9384' | '9385' | '9387' | '9388' | '9389' | '9390' | '9411' | '9412' | '9413' | '9414' | '9415' | 'S300' | 'S329'; // tekst

export interface CDT_OpenPeriode {
  readonly Begindatum?: LDT_Datum;
  readonly Einddatum?: LDT_Datum;
}

export interface CDT_GeslotenPeriode {
  readonly Begindatum: LDT_Datum;
  readonly Einddatum: LDT_Datum;
}

export interface CDT_BerichtIdentificatie {
  readonly Identificatie: LDT_IdentificatieBericht;
  readonly Dagtekening: LDT_Datum;
}

export interface CDT_XsdVersie {
  readonly BasisschemaXsdVersie: LDT_Versie;
  readonly BerichtXsdVersie: LDT_Versie;
}

export interface CDT_Achternaam {
  readonly Achternaam: LDT_Naam;
  readonly Voorvoegsel?: LDT_Voorvoegsel;
}

export interface CDT_VerkorteNaam {
  readonly Geslachtsnaam: CDT_Achternaam;
  readonly Voornamen?: LDT_Naam;
  readonly Voorletters?: LDT_Voorletters;
}

export interface CDT_VolledigeNaam {
  readonly Geslachtsnaam: CDT_Achternaam;
  readonly Partnernaam?: CDT_Achternaam;
  readonly Voornamen?: LDT_Naam;
  readonly Voorletters?: LDT_Voorletters;
  readonly NaamGebruik: LDT_NaamGebruik;
}

export interface CDT_Geboortedatum {
  readonly Datum: LDT_Datum;
  readonly DatumGebruik?: LDT_DatumGebruik;
}

export interface CDT_Huis {
  readonly Huisnummer: LDT_Huisnummer;
  readonly Huisletter?: LDT_Huisletter;
  readonly HuisnummerToevoeging?: LDT_HuisnummerToevoeging;
  readonly AanduidingWoonadres?: LDT_AanduidingWoonadres;
}

export interface CDT_Adres {
  readonly Huis?: CDT_Huis;
  readonly Postcode?: LDT_Postcode;
  readonly Straatnaam?: LDT_Straatnaam;
  readonly Plaatsnaam?: LDT_Plaatsnaam;
  readonly LandCode?: LDT_LandCode;
}

export interface CDT_Telefoon {
  readonly Telefoonnummer: LDT_Telefoonnummer;
  readonly Landnummer: LDT_Landnummer;
}

export interface CDT_Telefoonnummers {
  readonly Telefoon01: CDT_Telefoon;
  readonly Telefoon02?: CDT_Telefoon;
}

export interface CDT_Communicatie {
  readonly Vorm: LDT_Communicatievorm;
  readonly Taal?: LDT_Taal;
}

export interface CDT_Product {
  readonly Categorie: LDT_ProductCategorie;
  readonly Code?: LDT_ProductCode;
}

export interface CDT_Omvang {
  readonly Volume: LDT_Volume;
  readonly Eenheid: LDT_Eenheid;
  readonly Frequentie: LDT_Frequentie;
}

export interface CDT_Verwijzer {
  readonly Type: LDT_TypeVerwijzer;
  readonly Naam?: LDT_NaamVerwijzer;
  readonly ZorgverlenerCode?: LDT_AgbCode;
}

export interface CDT_BedragMetDC {
  readonly Bedrag: LDT_Bedrag;
  readonly DebetCredit: LDT_DebetCredit;
}

export interface CDT_TotaalBedragMetDC {
  readonly TotaalBedrag: LDT_TotaalBedrag;
  readonly DebetCredit: LDT_DebetCredit;
}

export interface CDT_Referentie {
  readonly ReferentieNummer: LDT_ReferentieNummer;
  readonly VorigReferentieNummer?: LDT_ReferentieNummer;
}

export const STRUCTUUR: Structuurgegevens['basis'] = {
  namespace: 'http://www.istandaarden.nl/iwmo/3_2/basisschema/schema',
  versie: '1.0.0',
  klassen: {
    CDT_OpenPeriode: [
      { naam: 'Begindatum', type: 'LDT_Datum', vorm: 'datum', verplicht: false, herhaalbaar: false },
      { naam: 'Einddatum', type: 'LDT_Datum', vorm: 'datum', verplicht: false, herhaalbaar: false },
    ],
    CDT_GeslotenPeriode: [
      { naam: 'Begindatum', type: 'LDT_Datum', vorm: 'datum', verplicht: true, herhaalbaar: false },
      { naam: 'Einddatum', type: 'LDT_Datum', vorm: 'datum', verplicht: true, herhaalbaar: false },
    ],
    CDT_BerichtIdentificatie: [
      { naam: 'Identificatie', type: 'LDT_IdentificatieBericht', vorm: 'tekst', verplicht: true, herhaalbaar: false },
      { naam: 'Dagtekening', type: 'LDT_Datum', vorm: 'datum', verplicht: true, herhaalbaar: false },
    ],
    CDT_XsdVersie: [
      { naam: 'BasisschemaXsdVersie', type: 'LDT_Versie', vorm: 'tekst', verplicht: true, herhaalbaar: false },
      { naam: 'BerichtXsdVersie', type: 'LDT_Versie', vorm: 'tekst', verplicht: true, herhaalbaar: false },
    ],
    CDT_Achternaam: [
      { naam: 'Achternaam', type: 'LDT_Naam', vorm: 'tekst', verplicht: true, herhaalbaar: false },
      { naam: 'Voorvoegsel', type: 'LDT_Voorvoegsel', vorm: 'tekst', verplicht: false, herhaalbaar: false },
    ],
    CDT_VerkorteNaam: [
      { naam: 'Geslachtsnaam', type: 'CDT_Achternaam', vorm: 'klasse', verplicht: true, herhaalbaar: false },
      { naam: 'Voornamen', type: 'LDT_Naam', vorm: 'tekst', verplicht: false, herhaalbaar: false },
      { naam: 'Voorletters', type: 'LDT_Voorletters', vorm: 'tekst', verplicht: false, herhaalbaar: false },
    ],
    CDT_VolledigeNaam: [
      { naam: 'Geslachtsnaam', type: 'CDT_Achternaam', vorm: 'klasse', verplicht: true, herhaalbaar: false },
      { naam: 'Partnernaam', type: 'CDT_Achternaam', vorm: 'klasse', verplicht: false, herhaalbaar: false },
      { naam: 'Voornamen', type: 'LDT_Naam', vorm: 'tekst', verplicht: false, herhaalbaar: false },
      { naam: 'Voorletters', type: 'LDT_Voorletters', vorm: 'tekst', verplicht: false, herhaalbaar: false },
      { naam: 'NaamGebruik', type: 'LDT_NaamGebruik', vorm: 'tekst', verplicht: true, herhaalbaar: false },
    ],
    CDT_Geboortedatum: [
      { naam: 'Datum', type: 'LDT_Datum', vorm: 'datum', verplicht: true, herhaalbaar: false },
      { naam: 'DatumGebruik', type: 'LDT_DatumGebruik', vorm: 'tekst', verplicht: false, herhaalbaar: false },
    ],
    CDT_Huis: [
      { naam: 'Huisnummer', type: 'LDT_Huisnummer', vorm: 'getal', verplicht: true, herhaalbaar: false },
      { naam: 'Huisletter', type: 'LDT_Huisletter', vorm: 'tekst', verplicht: false, herhaalbaar: false },
      { naam: 'HuisnummerToevoeging', type: 'LDT_HuisnummerToevoeging', vorm: 'tekst', verplicht: false, herhaalbaar: false },
      { naam: 'AanduidingWoonadres', type: 'LDT_AanduidingWoonadres', vorm: 'tekst', verplicht: false, herhaalbaar: false },
    ],
    CDT_Adres: [
      { naam: 'Huis', type: 'CDT_Huis', vorm: 'klasse', verplicht: false, herhaalbaar: false },
      { naam: 'Postcode', type: 'LDT_Postcode', vorm: 'tekst', verplicht: false, herhaalbaar: false },
      { naam: 'Straatnaam', type: 'LDT_Straatnaam', vorm: 'tekst', verplicht: false, herhaalbaar: false },
      { naam: 'Plaatsnaam', type: 'LDT_Plaatsnaam', vorm: 'tekst', verplicht: false, herhaalbaar: false },
      { naam: 'LandCode', type: 'LDT_LandCode', vorm: 'tekst', verplicht: false, herhaalbaar: false },
    ],
    CDT_Telefoon: [
      { naam: 'Telefoonnummer', type: 'LDT_Telefoonnummer', vorm: 'tekst', verplicht: true, herhaalbaar: false },
      { naam: 'Landnummer', type: 'LDT_Landnummer', vorm: 'tekst', verplicht: true, herhaalbaar: false },
    ],
    CDT_Telefoonnummers: [
      { naam: 'Telefoon01', type: 'CDT_Telefoon', vorm: 'klasse', verplicht: true, herhaalbaar: false },
      { naam: 'Telefoon02', type: 'CDT_Telefoon', vorm: 'klasse', verplicht: false, herhaalbaar: false },
    ],
    CDT_Communicatie: [
      { naam: 'Vorm', type: 'LDT_Communicatievorm', vorm: 'tekst', verplicht: true, herhaalbaar: false },
      { naam: 'Taal', type: 'LDT_Taal', vorm: 'tekst', verplicht: false, herhaalbaar: false },
    ],
    CDT_Product: [
      { naam: 'Categorie', type: 'LDT_ProductCategorie', vorm: 'tekst', verplicht: true, herhaalbaar: false },
      { naam: 'Code', type: 'LDT_ProductCode', vorm: 'tekst', verplicht: false, herhaalbaar: false },
    ],
    CDT_Omvang: [
      { naam: 'Volume', type: 'LDT_Volume', vorm: 'getal', verplicht: true, herhaalbaar: false },
      { naam: 'Eenheid', type: 'LDT_Eenheid', vorm: 'tekst', verplicht: true, herhaalbaar: false },
      { naam: 'Frequentie', type: 'LDT_Frequentie', vorm: 'tekst', verplicht: true, herhaalbaar: false },
    ],
    CDT_Verwijzer: [
      { naam: 'Type', type: 'LDT_TypeVerwijzer', vorm: 'tekst', verplicht: true, herhaalbaar: false },
      { naam: 'Naam', type: 'LDT_NaamVerwijzer', vorm: 'tekst', verplicht: false, herhaalbaar: false },
      { naam: 'ZorgverlenerCode', type: 'LDT_AgbCode', vorm: 'tekst', verplicht: false, herhaalbaar: false },
    ],
    CDT_BedragMetDC: [
      { naam: 'Bedrag', type: 'LDT_Bedrag', vorm: 'getal', verplicht: true, herhaalbaar: false },
      { naam: 'DebetCredit', type: 'LDT_DebetCredit', vorm: 'tekst', verplicht: true, herhaalbaar: false },
    ],
    CDT_TotaalBedragMetDC: [
      { naam: 'TotaalBedrag', type: 'LDT_TotaalBedrag', vorm: 'getal', verplicht: true, herhaalbaar: false },
      { naam: 'DebetCredit', type: 'LDT_DebetCredit', vorm: 'tekst', verplicht: true, herhaalbaar: false },
    ],
    CDT_Referentie: [
      { naam: 'ReferentieNummer', type: 'LDT_ReferentieNummer', vorm: 'tekst', verplicht: true, herhaalbaar: false },
      { naam: 'VorigReferentieNummer', type: 'LDT_ReferentieNummer', vorm: 'tekst', verplicht: false, herhaalbaar: false },
    ],
  },
};
