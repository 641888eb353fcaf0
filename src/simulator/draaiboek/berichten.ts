/** The content of simulated messages. Order and presence of elements are for the XSD to say; here stands what is in them. */
import type { Berichtsoort } from '../../standards/catalogus.ts';
import { structuurVan } from '../../standards/structuren.ts';
import { schrijfInhoud } from '../../xml/inhoud-schrijver.ts';
import type { Inhoud } from '../../xml/structuur.ts';
import type { Persoon } from './personen.ts';

export interface Kop {
  readonly soort: Berichtsoort;
  readonly afzender: string;
  readonly ontvanger: string;
  readonly identificatie: string;
  readonly dagtekening: string;
}

export function kop({ soort, afzender, ontvanger, identificatie, dagtekening }: Kop): Inhoud {
  const { versie, basisVersie } = structuurVan(soort);
  return {
    BerichtCode: soort.berichtcode,
    BerichtVersie: String(soort.versie),
    BerichtSubversie: String(soort.subversie),
    Afzender: afzender,
    Ontvanger: ontvanger,
    BerichtIdentificatie: { Identificatie: identificatie, Dagtekening: dagtekening },
    XsdVersie: { BasisschemaXsdVersie: basisVersie, BerichtXsdVersie: versie },
  };
}

/** Content as the bytes that are sent. */
export const schrijf = (soort: Berichtsoort, inhoud: Inhoud): Buffer =>
  schrijfInhoud(inhoud, structuurVan(soort), { bericht: soort.code.toLowerCase(), basis: soort.domein });

const geslachtsnaam = ({ achternaam, voorvoegsel }: Persoon): Inhoud => ({
  Achternaam: achternaam,
  Voorvoegsel: voorvoegsel ?? undefined,
});
const wie = (persoon: Persoon): Inhoud => ({
  Bsn: persoon.bsn,
  Geboortedatum: { Datum: persoon.geboren },
  Geslacht: persoon.geslacht,
  Naam: { Geslachtsnaam: geslachtsnaam(persoon), Voornamen: persoon.voornaam },
});

export interface Toegewezen {
  readonly nummer: string;
  readonly referentie?: string | undefined;
  readonly product: Inhoud;
  /** Omvang or Budget. */
  readonly hoeveel: Inhoud;
  readonly dag: string;
  readonly tijd: string;
  readonly ingang: string;
  readonly einde: string;
  readonly reden?: string | undefined;
}

/** A 301. */
export const toewijzing = (persoon: Persoon, producten: readonly Toegewezen[]): Inhoud => ({
  Client: {
    ...wie(persoon),
    Naam: { Geslachtsnaam: geslachtsnaam(persoon), Voornamen: persoon.voornaam, NaamGebruik: '1' },
    Contactgegevens: {
      Contact: [
        {
          Soort: '01',
          Adres: {
            Huis: { Huisnummer: String(persoon.huisnummer) },
            Postcode: persoon.postcode,
            Straatnaam: persoon.straat,
            Plaatsnaam: persoon.plaats,
            LandCode: 'NL',
          },
        },
      ],
    },
    ToegewezenProducten: {
      ToegewezenProduct: producten.map((een) => ({
        ToewijzingNummer: een.nummer,
        ReferentieAanbieder: een.referentie,
        Product: een.product,
        Toewijzingsdatum: een.dag,
        Toewijzingstijd: een.tijd,
        Ingangsdatum: een.ingang,
        Einddatum: een.einde,
        RedenWijziging: een.reden,
        ...een.hoeveel,
      })),
    },
  },
});

export interface Geleverd {
  readonly nummer: string;
  readonly product: Inhoud;
  readonly ingang: string;
  readonly begin: string;
}
const levering = ({ nummer, product, ingang, begin }: Geleverd): Inhoud => ({
  ToewijzingNummer: nummer,
  Product: product,
  ToewijzingIngangsdatum: ingang,
  Begindatum: begin,
  StatusAanlevering: '1',
});

/** A 305. */
export const start = (persoon: Persoon, geleverd: Geleverd): Inhoud => ({
  Client: { ...wie(persoon), StartProducten: { StartProduct: [levering(geleverd)] } },
});

/** A 307. */
export const stop = (persoon: Persoon, geleverd: Geleverd, einde: string, reden: string): Inhoud => ({
  Client: {
    ...wie(persoon),
    StopProducten: { StopProduct: [{ ...levering(geleverd), RedenBeeindiging: reden, Einddatum: einde }] },
  },
});

export interface Gevraagd {
  readonly referentie: string;
  readonly product: Inhoud;
  readonly hoeveel: Inhoud;
  readonly ingang: string;
  readonly einde: string;
}

/** A 315. */
export const aanvraag = (persoon: Persoon, gevraagd: Gevraagd): Inhoud => ({
  Client: {
    ...wie(persoon),
    AangevraagdeProducten: {
      AangevraagdProduct: [
        {
          ReferentieAanbieder: gevraagd.referentie,
          Product: gevraagd.product,
          ToewijzingIngangsdatum: gevraagd.ingang,
          ToewijzingEinddatum: gevraagd.einde,
          ...gevraagd.hoeveel,
          Verwijzer: { Type: '02', Naam: 'Huisartsenpraktijk De Brug' },
        },
      ],
    },
  },
});

/** A 317 about the one toewijzing that a person has. */
export const wijziging = (bsn: string, gevraagd: Omit<Gevraagd, 'product'> & { readonly nummer: string }): Inhoud => ({
  Client: {
    Bsn: bsn,
    Verzoek: {
      ReferentieAanbieder: gevraagd.referentie,
      RedenVerzoek: '1',
      TeWijzigenProducten: {
        TeWijzigenProduct: [
          {
            ToewijzingNummer: gevraagd.nummer,
            GewensteIngangsdatum: gevraagd.ingang,
            Einddatum: gevraagd.einde,
            ...gevraagd.hoeveel,
          },
        ],
      },
    },
  },
});

/** A 319: rejected for a reason, or being looked into. */
export const verzoekantwoord = (referentie: string, afwijzing: string | null): Inhoud => ({
  Antwoord: {
    ReferentieAanbieder: referentie,
    VerzoekAntwoord: afwijzing === null ? '2' : '1',
    RedenAfwijzingVerzoek: afwijzing ?? undefined,
  },
});
