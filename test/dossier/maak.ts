/** The changes that make a message of a life: only what the test is about has to be named. */
import type { Domein } from '#src/standards/catalogus.ts';
import type { Bericht } from '../hulp/bouwer.ts';
import type { Wijziging } from './leven.ts';

interface Product {
  readonly categorie: string;
  readonly code?: string;
}
/** Two products of each standard that have nothing to do with each other. */
export const PRODUCT: Readonly<Record<Domein, Product>> = {
  iwmo: { categorie: '02', code: '02A05' },
  ijw: { categorie: '45', code: '45A04' },
};
export const ANDER_PRODUCT: Readonly<Record<Domein, Product>> = {
  iwmo: { categorie: '08', code: '08A03' },
  ijw: { categorie: '54', code: '54B11' },
};

type Keuze = Product | 'geen' | 'ander' | 'categorie' | undefined;
const product = (keuze: Keuze, domein: Domein): { Categorie: never; Code?: never } | undefined => {
  if (keuze === 'geen') return undefined;
  const gekozen = keuze === 'ander' ? ANDER_PRODUCT[domein] : typeof keuze === 'object' ? keuze : PRODUCT[domein];
  const code = keuze === 'categorie' ? undefined : gekozen.code;
  return { Categorie: gekozen.categorie as never, ...(code !== undefined && { Code: code as never }) };
};

interface Omvang {
  readonly volume?: string;
  readonly frequentie?: '1' | '2' | '4' | '6';
}
const omvang = ({ volume = '3', frequentie = '2' }: Omvang = {}) => ({
  Volume: volume,
  Eenheid: '04' as const,
  Frequentie: frequentie,
});
/** With a code an Omvang, without one a Budget (CD041 and its kin). */
const bedrag = (keuze: Keuze, gegevens: { readonly omvang?: Omvang; readonly budget?: string }) =>
  keuze === 'geen' || keuze === 'categorie' || (typeof keuze === 'object' && keuze.code === undefined)
    ? { Omvang: undefined, Budget: gegevens.budget ?? '100000' }
    : { Omvang: omvang(gegevens.omvang), Budget: undefined };

export interface Toegewezen {
  readonly nummer?: string;
  readonly product?: Keuze;
  /** Absent: the dagtekening. */
  readonly op?: string;
  readonly om?: string;
  readonly ingang?: string;
  readonly einde?: string;
  readonly reden?: string;
  readonly kenmerk?: string;
  readonly omvang?: Omvang;
  readonly budget?: string;
}

/** A 301. */
export const toewijzing =
  (...gegevens: readonly Toegewezen[]): Wijziging<'301'> =>
  (bericht, domein) => {
    const { Dagtekening } = bericht.Header.BerichtIdentificatie;
    bericht.Client.ToegewezenProducten.ToegewezenProduct = (gegevens.length > 0 ? gegevens : [{}]).map((een) => ({
      ToewijzingNummer: een.nummer ?? '1001',
      ReferentieAanbieder: een.kenmerk,
      Product: product(een.product, domein) as never,
      Toewijzingsdatum: een.op ?? Dagtekening,
      Toewijzingstijd: een.om ?? '09:00:00',
      Ingangsdatum: een.ingang ?? '2026-03-01',
      Einddatum: een.einde ?? '2026-12-31',
      RedenWijziging: een.reden as never,
      ...bedrag(een.product, een),
      Commentaar: undefined,
    }));
  };

/** How a toewijzing is removed. */
export const VERWIJDERD: Toegewezen = { ingang: '2026-03-01', einde: '2026-03-01', reden: '13' };

export interface Gestart {
  /** null: taakgericht, without a toewijzing. */
  readonly nummer?: string | null;
  readonly product?: Keuze;
  readonly ingang?: string;
  readonly begin?: string;
  readonly status?: '1' | '3';
}
const levering = (een: Gestart, domein: Domein) => ({
  ToewijzingNummer: een.nummer === null ? undefined : (een.nummer ?? '1001'),
  Product: product(een.product, domein) as never,
  ToewijzingIngangsdatum: een.nummer === null ? undefined : (een.ingang ?? '2026-03-01'),
  Begindatum: een.begin ?? '2026-03-02',
  StatusAanlevering: een.status ?? '1',
});

/** A 305. */
export const start =
  (...gegevens: readonly Gestart[]): Wijziging<'305'> =>
  (bericht, domein) => {
    bericht.Client.StartProducten.StartProduct = (gegevens.length > 0 ? gegevens : [{}]).map((een) =>
      levering(een, domein),
    );
  };

export interface Gestopt extends Gestart {
  /** 20: for a while. */
  readonly reden?: string;
  readonly einde?: string;
}

/** A 307. */
export const stop =
  (...gegevens: readonly Gestopt[]): Wijziging<'307'> =>
  (bericht, domein) => {
    bericht.Client.StopProducten.StopProduct = (gegevens.length > 0 ? gegevens : [{}]).map((een) => ({
      ...levering(een, domein),
      RedenBeeindiging: (een.reden ?? '38') as never,
      Einddatum: een.einde ?? '2026-05-01',
    }));
  };

/** A 315, with a product per reference. */
export const aanvraag =
  (...kenmerken: readonly string[]): Wijziging<'315'> =>
  ({ Client: { AangevraagdeProducten } }, domein) => {
    const [eerste] = AangevraagdeProducten.AangevraagdProduct;
    if (!eerste) throw new Error('The example asks for nothing.');
    // Each in a year of its own, so that they do not overlap.
    AangevraagdeProducten.AangevraagdProduct = (kenmerken.length > 0 ? kenmerken : ['VOT-1']).map((kenmerk, nr) => ({
      ...structuredClone(eerste),
      ReferentieAanbieder: kenmerk,
      Product: product(undefined, domein) as never,
      ToewijzingIngangsdatum: `${2026 + nr}-03-01`,
      ToewijzingEinddatum: `${2026 + nr}-12-31`,
    }));
  };

export interface Gewijzigd {
  readonly nummer?: string;
  readonly ingang?: string;
  /** null: no end. */
  readonly einde?: string | null;
  readonly omvang?: Omvang | null;
  readonly budget?: string;
}
export interface Nieuw {
  readonly product?: Keuze;
  readonly ingang?: string;
  readonly einde?: string;
}
export interface Gevraagd {
  readonly kenmerk?: string;
  readonly ongewijzigd?: readonly string[];
  readonly gewijzigd?: readonly Gewijzigd[];
  readonly nieuw?: readonly Nieuw[];
}

const teWijzigen = (een: Gewijzigd) => ({
  ToewijzingNummer: een.nummer ?? '1001',
  GewensteIngangsdatum: een.ingang ?? '2026-07-01',
  Einddatum: een.einde === null ? undefined : (een.einde ?? '2026-12-31'),
  Omvang: een.omvang === null || een.budget !== undefined ? undefined : omvang({ volume: '4', ...een.omvang }),
  Budget: een.budget,
});
const nieuw = (een: Nieuw, domein: Domein) => ({
  Product: product(een.product ?? 'ander', domein) as never,
  GewensteIngangsdatum: een.ingang ?? '2026-07-01',
  Einddatum: een.einde ?? '2026-12-31',
  ...bedrag(een.product, {}),
});
const gevuld = <T>(lijst: readonly T[] | undefined): readonly T[] | undefined =>
  lijst && lijst.length > 0 ? lijst : undefined;

/** A 317. */
export const wijziging =
  ({ kenmerk = 'VOW-1', ...gevraagd }: Gevraagd = { gewijzigd: [{}] }): Wijziging<'317'> =>
  ({ Client }, domein) => {
    const ongewijzigd = gevuld(gevraagd.ongewijzigd)?.map((ToewijzingNummer) => ({ ToewijzingNummer }));
    const gewijzigd = gevuld(gevraagd.gewijzigd)?.map(teWijzigen);
    const nieuwe = gevuld(gevraagd.nieuw)?.map((een) => nieuw(een, domein));
    Client.Verzoek = {
      ReferentieAanbieder: kenmerk,
      RedenVerzoek: '1',
      OngewijzigdeProducten: ongewijzigd && { OngewijzigdProduct: ongewijzigd },
      TeWijzigenProducten: gewijzigd && { TeWijzigenProduct: gewijzigd },
      NieuweProducten: nieuwe && { NieuwProduct: nieuwe },
    } as Bericht<'317'>['Client']['Verzoek'];
  };

/** VerzoekAntwoord. */
export const AFGEWEZEN = '1';
export const IN_ONDERZOEK = '2';

/** A 319. */
export const antwoord =
  (kenmerk: string, VerzoekAntwoord: typeof AFGEWEZEN | typeof IN_ONDERZOEK): Wijziging<'319'> =>
  (bericht) => {
    bericht.Antwoord = {
      ReferentieAanbieder: kenmerk,
      VerzoekAntwoord,
      ...(VerzoekAntwoord === AFGEWEZEN && { RedenAfwijzingVerzoek: '1' }),
    } as Bericht<'319'>['Antwoord'];
  };

export interface Gedeclareerd {
  readonly bsn?: string;
  readonly kenmerk?: string;
  /** Of a credit: what it takes back. */
  readonly vorig?: string;
  readonly toewijzing?: string;
}

/** A 323 of April 2026: each prestatie for 12 hours. */
export const declaratie =
  (...gegevens: readonly Gedeclareerd[]): Wijziging<'323'> =>
  ({ Declaratie, Header }, domein) => {
    const [client] = Declaratie.Clienten.Client;
    const [prestatie] = client?.Prestaties.Prestatie ?? [];
    if (!client || !prestatie) throw new Error('The example declares nothing.');
    const { categorie, code = '' } = PRODUCT[domein];
    const periode = { Begindatum: '2026-04-01', Einddatum: '2026-04-30' };
    const bedragen = gegevens.map(({ vorig }) => (vorig === undefined ? 60_000 : -60_000));
    const totaal = bedragen.reduce((a, b) => a + b, 0);
    Declaratie.DeclaratieNummer = `D${Header.BerichtIdentificatie.Identificatie}`;
    Declaratie.DeclaratiePeriode = periode;
    Declaratie.DeclaratieDagtekening = Header.BerichtIdentificatie.Dagtekening;
    Declaratie.TotaalIngediendBedrag = { TotaalBedrag: String(Math.abs(totaal)), DebetCredit: totaal < 0 ? 'C' : 'D' };
    const perBsn = Map.groupBy(gegevens, ({ bsn = '999900006' }) => bsn);
    Declaratie.Clienten.Client = [...perBsn].map(([Bsn, van]) => ({
      Bsn,
      Prestaties: {
        Prestatie: van.map(({ kenmerk = 'P1', vorig, toewijzing: nummer = '1001' }) => ({
          ...structuredClone(prestatie),
          ProductReferentie: { ReferentieNummer: kenmerk, VorigReferentieNummer: vorig },
          ToewijzingNummer: nummer,
          ProductCategorie: categorie as never,
          ProductCode: code as never,
          ProductPeriode: periode,
          GeleverdVolume: '12',
          Eenheid: '04' as const,
          ProductTarief: '5000',
          IngediendBedrag: { Bedrag: '60000', DebetCredit: vorig === undefined ? ('D' as const) : ('C' as const) },
        })),
      },
    })) as typeof Declaratie.Clienten.Client;
  };
