// Generated from xsd/ijw/3.2/JW319.xsd by `npm run genereer`; do not edit. The names are those of the standard.
import type { Structuurgegevens } from '../../../../xml/structuur.ts';
import type {
  CDT_BerichtIdentificatie,
  CDT_XsdVersie,
  LDT_AgbCode,
  LDT_BerichtSubversie,
  LDT_BerichtVersie,
  LDT_Gemeente,
  LDT_RedenAfwijzingVerzoek,
  LDT_Referentie,
  LDT_VerzoekAntwoord,
} from './basisschema.ts';
import { STRUCTUUR as BASIS } from './basisschema.ts';

export interface Root {
  readonly Header: Header;
  readonly Antwoord: Antwoord;
}

export interface Header {
  readonly BerichtCode: '488';
  readonly BerichtVersie: LDT_BerichtVersie;
  readonly BerichtSubversie: LDT_BerichtSubversie;
  readonly Afzender: LDT_Gemeente;
  readonly Ontvanger: LDT_AgbCode;
  readonly BerichtIdentificatie: CDT_BerichtIdentificatie;
  readonly XsdVersie: CDT_XsdVersie;
}

export interface Antwoord {
  readonly ReferentieAanbieder: LDT_Referentie;
  readonly VerzoekAntwoord: LDT_VerzoekAntwoord;
  readonly RedenAfwijzingVerzoek?: LDT_RedenAfwijzingVerzoek;
  readonly Woonplaatsbeginsel?: Woonplaatsbeginsel;
}

export interface Woonplaatsbeginsel {
  readonly Gemeente: LDT_Gemeente;
}

export interface Klassen {
  readonly Root: Root;
  readonly Header: Header;
  readonly Antwoord: Antwoord;
  readonly Woonplaatsbeginsel: Woonplaatsbeginsel;
}

export const STRUCTUUR: Structuurgegevens = {
  namespace: 'http://www.istandaarden.nl/ijw/3_2/jw319/schema',
  versie: '1.0.0',
  klassen: {
    Root: [
      { naam: 'Header', type: 'Header', vorm: 'klasse', verplicht: true, herhaalbaar: false },
      { naam: 'Antwoord', type: 'Antwoord', vorm: 'klasse', verplicht: true, herhaalbaar: false },
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
    Antwoord: [
      { naam: 'ReferentieAanbieder', type: 'LDT_Referentie', vorm: 'tekst', verplicht: true, herhaalbaar: false },
      { naam: 'VerzoekAntwoord', type: 'LDT_VerzoekAntwoord', vorm: 'tekst', verplicht: true, herhaalbaar: false },
      { naam: 'RedenAfwijzingVerzoek', type: 'LDT_RedenAfwijzingVerzoek', vorm: 'tekst', verplicht: false, herhaalbaar: false },
      { naam: 'Woonplaatsbeginsel', type: 'Woonplaatsbeginsel', vorm: 'klasse', verplicht: false, herhaalbaar: false },
    ],
    Woonplaatsbeginsel: [
      { naam: 'Gemeente', type: 'LDT_Gemeente', vorm: 'tekst', verplicht: true, herhaalbaar: false },
    ],
  },
  basis: BASIS,
};
