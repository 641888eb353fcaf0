/** What a StUF-GGk envelope says, in words. */
import type { Foutplek } from './stuf-fout.ts';

/** Who sends or receives. */
export interface Systeem {
  /** CBS code, AGB code or a name (CAK, VECOZO); empty when a Fo01 leaves it out. */
  readonly organisatie: string;
  readonly applicatie: string;
  readonly administratie?: string;
  readonly gebruiker?: string;
}

interface Stuurgegevens {
  readonly zender: Systeem;
  readonly ontvanger: Systeem;
  readonly referentienummer: string;
  /** 8 to 17 digits: as much of YYYYMMDDhhmmssmmm as the sender gives. */
  readonly tijdstipBericht: string;
}

/** How the content travels; the bytes themselves went past. */
export type Bestand =
  | { readonly soort: 'xml'; readonly omvang: number }
  | { readonly soort: 'tekst'; readonly bestandsnaam: string; readonly omvang: number };

interface Envelopinhoud extends Stuurgegevens {
  /** Berichtsoort by the sender's word: WMO301, JW323, ... */
  readonly functie: string;
  /** Four digits each. */
  readonly functieVersie: string;
  readonly functieSubversie: string;
  readonly applicatieVersie: string;
  readonly applicatieSubversie: string;
  readonly bestand: Bestand;
}

/** A heenbericht. */
export interface Di01 extends Envelopinhoud {
  readonly soort: 'Di01';
}

/** A retourbericht, or a declaratie-antwoord. */
export interface Du01 extends Envelopinhoud {
  readonly soort: 'Du01';
  /** referentienummer of the message that this one answers. */
  readonly crossRefnummer: string;
}

/** A message was refused after it had been received. */
export interface Fo01 extends Stuurgegevens {
  readonly soort: 'Fo01';
  /** referentienummer of the refused message. In a Fo01 neither number needs to be a UUID. */
  readonly crossRefnummer: string;
  readonly code: string;
  readonly plek: Foutplek;
  /** Text of the sender of the Fo01: may hold values from a message, so not for the log. */
  readonly omschrijving: string;
  /** As omschrijving. */
  readonly details: string | undefined;
  /** Does it have a detailsXML? That is not read: it may hold the whole refused message. */
  readonly heeftDetailsXml: boolean;
}

export type Envelop = Di01 | Du01 | Fo01;
