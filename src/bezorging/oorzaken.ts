/**
 * The one registry of causes why a push failed. A retry is decided by cause alone, never by a text; the codes stand in the database, in
 * the metrics and in the answers of the API.
 */

/**
 * tijdelijk: the message cannot have arrived. dubbelzinnig: it may have arrived; the receiver knows it again by its referentienummer.
 * blijvend: trying again helps only when somebody mends something.
 */
export type Klasse = 'tijdelijk' | 'dubbelzinnig' | 'blijvend';

/**
 * Whom it concerns. ontvanger: every message would fare the same, so all of them wait and order is kept. bericht: the receiver answers, so
 * the others go on. onzeker: it can be either. ons: we broke off, which says nothing of anybody.
 */
export type Treft = 'ontvanger' | 'bericht' | 'onzeker' | 'ons';

export interface Oorzaaksoort {
  readonly klasse: Klasse;
  readonly treft: Treft;
  /** For sender, receiver and operator: one Dutch sentence. */
  readonly tekst: string;
}

export const OORZAKEN = {
  verbindingGeweigerd: {
    klasse: 'tijdelijk',
    treft: 'ontvanger',
    tekst: 'Het eindpunt van de ontvanger weigert de verbinding.',
  },
  geenVerbinding: {
    klasse: 'tijdelijk',
    treft: 'ontvanger',
    tekst: 'Er komt geen verbinding met het eindpunt van de ontvanger tot stand.',
  },
  naamOnbekend: {
    klasse: 'tijdelijk',
    treft: 'ontvanger',
    tekst: 'De naam van het eindpunt van de ontvanger is niet te vinden.',
  },
  verzendenMislukt: {
    klasse: 'tijdelijk',
    treft: 'ontvanger',
    tekst: 'De verbinding brak af of stokte voordat het bericht verzonden was.',
  },
  teDruk: { klasse: 'tijdelijk', treft: 'ontvanger', tekst: 'De ontvanger vraagt om later terug te komen.' },
  nietBeschikbaar: { klasse: 'tijdelijk', treft: 'ontvanger', tekst: 'De ontvanger is tijdelijk niet beschikbaar.' },
  // Of our own certificate: nothing of the receiver is wrong, and it may take days before there is another.
  certificaatGevraagd: {
    klasse: 'tijdelijk',
    treft: 'ontvanger',
    tekst: 'Het eindpunt van de ontvanger eist een clientcertificaat, en het knooppunt toonde er geen.',
  },
  certificaatGeweigerd: {
    klasse: 'tijdelijk',
    treft: 'ontvanger',
    tekst: 'Het eindpunt van de ontvanger weigert het clientcertificaat van het knooppunt.',
  },
  certificaatVerlopen: {
    klasse: 'tijdelijk',
    treft: 'ontvanger',
    tekst: 'Het clientcertificaat van het knooppunt is verlopen.',
  },
  tlsBestanden: {
    klasse: 'tijdelijk',
    treft: 'ontvanger',
    tekst: 'Het knooppunt kan het bestand met de vertrouwde uitgevers van deze ontvanger niet gebruiken.',
  },
  fo03Server: {
    klasse: 'tijdelijk',
    treft: 'onzeker',
    tekst: 'De ontvanger meldt met een Fo03 dat er bij hem iets misging.',
  },
  eigenFout: { klasse: 'tijdelijk', treft: 'onzeker', tekst: 'Het knooppunt kon het bericht niet verzenden.' },
  geenAntwoord: { klasse: 'dubbelzinnig', treft: 'onzeker', tekst: 'De ontvanger gaf niet op tijd antwoord.' },
  antwoordTeTraag: {
    klasse: 'dubbelzinnig',
    treft: 'onzeker',
    tekst: 'Het antwoord van de ontvanger was niet op tijd volledig.',
  },
  antwoordTeGroot: { klasse: 'dubbelzinnig', treft: 'onzeker', tekst: 'Het antwoord van de ontvanger is te groot.' },
  verbroken: {
    klasse: 'dubbelzinnig',
    treft: 'onzeker',
    tekst: 'De verbinding brak af voordat het antwoord van de ontvanger volledig was.',
  },
  serverfout: {
    klasse: 'dubbelzinnig',
    treft: 'onzeker',
    tekst: 'De ontvanger antwoordde met een serverfout zonder Fo03.',
  },
  geenBv03: { klasse: 'dubbelzinnig', treft: 'onzeker', tekst: 'Het antwoord van de ontvanger is geen Bv03 of Fo03.' },
  afgebroken: { klasse: 'dubbelzinnig', treft: 'ons', tekst: 'Het knooppunt brak het verzenden af omdat het stopte.' },
  herstel: {
    klasse: 'dubbelzinnig',
    treft: 'ons',
    tekst: 'De database is hersteld uit een reservekopie: het bericht kan in de verloren tijd al verstuurd zijn.',
  },
  fo03Client: {
    klasse: 'blijvend',
    treft: 'bericht',
    tekst: 'De ontvanger weigert het bericht met een Fo03.',
  },
  berichtGeweigerd: {
    klasse: 'blijvend',
    treft: 'bericht',
    tekst: 'Het eindpunt van de ontvanger weigert dit bericht (HTTP 400, 409, 413, 415 of 422).',
  },
  anderAntwoord: {
    klasse: 'blijvend',
    treft: 'bericht',
    tekst: 'Het antwoord van de ontvanger gaat over een ander bericht.',
  },
  nietTeVerpakken: {
    klasse: 'blijvend',
    treft: 'bericht',
    tekst: 'Van het bericht ontbreekt een gegeven dat de envelop nodig heeft.',
  },
  eindpuntWeigert: {
    klasse: 'blijvend',
    treft: 'ontvanger',
    tekst: 'Het eindpunt van de ontvanger weigert onze verzoeken (overige HTTP 4xx).',
  },
  doorverwijzing: {
    klasse: 'blijvend',
    treft: 'ontvanger',
    tekst: 'Het eindpunt van de ontvanger verwijst door; dat wordt niet gevolgd.',
  },
  tls: {
    klasse: 'blijvend',
    treft: 'ontvanger',
    tekst:
      'TLS met het eindpunt van de ontvanger komt niet tot stand: zijn instelling is niet in orde, of hij eist een clientcertificaat.',
  },
  eindpuntVerlopen: {
    klasse: 'blijvend',
    treft: 'ontvanger',
    tekst: 'Het certificaat van het eindpunt van de ontvanger is verlopen of nog niet geldig.',
  },
  eindpuntNietVertrouwd: {
    klasse: 'blijvend',
    treft: 'ontvanger',
    tekst: 'Het certificaat van het eindpunt van de ontvanger is van een uitgever die het knooppunt niet vertrouwt.',
  },
  eindpuntAndereNaam: {
    klasse: 'blijvend',
    treft: 'ontvanger',
    tekst: 'Het certificaat van het eindpunt van de ontvanger is voor een ander adres.',
  },
  adresNietToegestaan: {
    klasse: 'blijvend',
    treft: 'ontvanger',
    tekst: 'Het adres van het eindpunt van de ontvanger is niet toegestaan.',
  },
} as const satisfies Record<string, Oorzaaksoort>;

export type Oorzaak = keyof typeof OORZAKEN;

/** What is said of a cause; undefined for a code that this version does not know. */
export const oorzaaksoort = (code: string): Oorzaaksoort | undefined =>
  Object.hasOwn(OORZAKEN, code) ? OORZAKEN[code as Oorzaak] : undefined;
