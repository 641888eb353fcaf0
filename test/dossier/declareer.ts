/** Declaraties and their answers for a life: only what the test is about has to be named. Everything is of May 2026, unless said otherwise. */
import type { Klasse } from '#src/standards/structuren.ts';
import type { Los } from '../hulp/bouwer.ts';
import { JAN, type Wijziging } from './leven.ts';
import { PRODUCT } from './maak.ts';

/** A prestatie: 12 hours for 50 euro each. */
export interface Post {
  /** Absent: Jan. */
  readonly bsn?: string;
  readonly kenmerk?: string;
  /** Of a credit: what it takes back. */
  readonly vorig?: string;
  readonly toewijzing?: string;
  readonly product?: { readonly categorie: string; readonly code?: string };
  readonly begin?: string;
  readonly einde?: string;
  readonly volume?: number;
  /** 83: then there is no tariff, and the volume is the amount. */
  readonly eenheid?: string;
  /** null: none. */
  readonly tarief?: number | null;
  readonly bedrag?: number;
}

const EURO = '83';
type Prestatie = Omit<Los<Klasse<'323', 'Prestatie'>>, 'RetourCodes'>;

function prestatie(post: Post, domein: 'iwmo' | 'ijw'): Prestatie {
  const { kenmerk = 'P1', vorig, volume = 12, eenheid = '04' } = post;
  const { categorie, code = '' } = post.product ?? PRODUCT[domein];
  const tarief = post.tarief === undefined ? (eenheid === EURO ? null : 5000) : post.tarief;
  const bedrag = post.bedrag ?? (eenheid === EURO ? volume : volume * (tarief ?? 5000));
  return {
    ProductReferentie: { ReferentieNummer: kenmerk, VorigReferentieNummer: vorig },
    ToewijzingNummer: post.toewijzing ?? '1001',
    ProductCategorie: categorie,
    ProductCode: code,
    ProductPeriode: { Begindatum: post.begin ?? '2026-05-01', Einddatum: post.einde ?? '2026-05-31' },
    GeleverdVolume: String(volume),
    Eenheid: eenheid,
    ProductTarief: tarief === null ? undefined : String(tarief),
    IngediendBedrag: { Bedrag: String(bedrag), DebetCredit: vorig === undefined ? 'D' : 'C' },
  };
}

const getekend = ({ IngediendBedrag }: Prestatie): number =>
  IngediendBedrag.DebetCredit === 'C' ? -Number(IngediendBedrag.Bedrag) : Number(IngediendBedrag.Bedrag);
const totaal = (som: number) => ({ TotaalBedrag: String(Math.abs(som)), DebetCredit: som < 0 ? 'C' : 'D' });

/** Each person with his prestaties, in the order in which they are first named. */
const perPersoon = (posten: readonly Post[], domein: 'iwmo' | 'ijw') =>
  [...Map.groupBy(posten, ({ bsn = JAN }) => bsn)].map(([Bsn, van]) => ({
    Bsn,
    Prestaties: { Prestatie: van.map((post) => prestatie(post, domein)) },
  }));

export interface Kop {
  /** Absent: one of its own. */
  readonly nummer?: string;
  /** First and last day of DeclaratiePeriode. */
  readonly periode?: readonly [begin: string, einde: string];
  /** DeclaratieDagtekening; absent: the dagtekening. */
  readonly gedateerd?: string;
}

/** A 323. */
export const declareer =
  (posten: readonly Post[], kop: Kop = {}): Wijziging<'323'> =>
  ({ Declaratie, Header }, domein) => {
    const { Identificatie, Dagtekening } = Header.BerichtIdentificatie;
    const [Begindatum, Einddatum] = kop.periode ?? ['2026-05-01', '2026-05-31'];
    const clienten = perPersoon(posten, domein);
    Declaratie.DeclaratieNummer = kop.nummer ?? `D${Identificatie}`;
    Declaratie.DeclaratiePeriode = { Begindatum, Einddatum };
    Declaratie.DeclaratieDagtekening = kop.gedateerd ?? Dagtekening;
    const som = clienten.flatMap(({ Prestaties }) => Prestaties.Prestatie).reduce((tot, een) => tot + getekend(een), 0);
    Declaratie.TotaalIngediendBedrag = totaal(som);
    Declaratie.Clienten.Client = clienten;
  };

export interface Antwoord {
  /** Identificatie and dagtekening of the declaratie. */
  readonly op: string;
  readonly van: string;
  readonly nummer?: string;
  readonly basisVersie?: string;
  readonly kopcodes?: readonly string[];
  readonly codes?: readonly string[];
  readonly toegekend?: number;
  /** Prestaties that are sent back. */
  readonly terug?: readonly Post[];
  readonly clientcodes?: readonly string[];
  readonly prestatiecodes?: readonly string[];
}

const INGEDIEND = 1_000_000;

/** A 325. */
export const antwoordOp =
  (antwoord: Antwoord): Wijziging<'325'> =>
  (bericht, domein) => {
    const { Header } = bericht;
    Header.DeclaratieIdentificatie = { Identificatie: antwoord.op, Dagtekening: antwoord.van };
    if (antwoord.basisVersie !== undefined) Header.XsdVersieDeclaratie.BasisschemaXsdVersie = antwoord.basisVersie;
    Header.RetourCodes = { RetourCode: [...(antwoord.kopcodes ?? ['0200'])] };
    if (antwoord.kopcodes) {
      bericht.DeclaratieAntwoord = undefined;
      return;
    }
    const clienten = perPersoon(antwoord.terug ?? [], domein).map(({ Bsn, Prestaties }) => ({
      Bsn,
      Prestaties: {
        Prestatie: Prestaties.Prestatie.map((een) => ({
          ...een,
          RetourCodes: { RetourCode: [...(antwoord.prestatiecodes ?? ['9321'])] },
        })),
      },
      RetourCodes: { RetourCode: [...(antwoord.clientcodes ?? ['0200'])] },
    }));
    const terug = clienten
      .flatMap(({ Prestaties }) => Prestaties.Prestatie)
      .reduce((tot, een) => tot + getekend(een), 0);
    const codes = antwoord.codes ?? [clienten.length > 0 ? '0200' : '8001'];
    bericht.DeclaratieAntwoord = {
      DeclaratieNummer: antwoord.nummer ?? `D${antwoord.op}`,
      TotaalIngediendBedrag: totaal(INGEDIEND),
      TotaalToegekendBedrag: totaal(antwoord.toegekend ?? INGEDIEND - terug),
      Clienten: clienten.length > 0 ? { Client: clienten } : undefined,
      RetourCodes: { RetourCode: [...codes] },
    };
  };
