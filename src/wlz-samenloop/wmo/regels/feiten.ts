/**
 * What a toewijzing (301) or a stop (307) says for the Wmo side: one fact per product. Which facts hold together is for the store to say
 * (the view wmo_dossier). Pure.
 *
 * Sources: OP033x1 (newest date and time wins), WMO002 (RedenWijziging 06, 13), WMO588 (RedenBeeindiging 20, 39), CS058 (StatusAanlevering 3).
 */
import type { Berichtsoort } from '../../../standards/catalogus.ts';
import type { Inhoud, Waarde } from '../../../xml/structuur.ts';

export interface Dossierfeit {
  readonly bsn: string;
  readonly toewijzingnummer: string;
  readonly soort: 'toewijzing' | 'stop';
  /** Toewijzingsdatum and -tijd, sortable as text; null for a stop. */
  readonly moment: string | null;
  readonly vanaf: string | null;
  readonly tot: string | null;
  readonly reden: string | null;
  readonly verwijderd: boolean;
  readonly productcategorie: string | null;
  readonly productcode: string | null;
}

const VERWIJDEREN = '3';
const EERSTE_DAG = '0001-01-01';
const LAATSTE_DAG = '9999-12-31';
/** Of one message more than anybody sends; the store numbers no further, and what it cannot number would stop the lane. */
const MEESTE_FEITEN = 2 ** 15;

const klasse = (waarde: Waarde | undefined): Inhoud => (waarde ?? {}) as Inhoud;
const klassen = (waarde: Waarde | undefined): readonly Inhoud[] =>
  waarde === undefined ? [] : ([waarde].flat() as readonly Inhoud[]);
const tekst = (waarde: Waarde | undefined): string | null => (typeof waarde === 'string' ? waarde.trim() : null);
/**
 * The XSD allows a year of five digits or more, and one before the year 1; a date of PostgreSQL and a comparison as text do not. Such a day is that
 * far from any care that the nearest one that they know means the same.
 */
function dag(waarde: Waarde | undefined): string | null {
  const dit = tekst(waarde);
  if (dit === null || dit.length === EERSTE_DAG.length) return dit;
  return dit.startsWith('-') ? EERSTE_DAG : LAATSTE_DAG;
}
/** Numbers are compared by their value: 007 and +7 are 7. */
function getal(waarde: Waarde | undefined): string | null {
  const dit = tekst(waarde);
  return dit === null ? null : String(Number(dit));
}

interface Vorm {
  readonly pad: readonly [string, string];
  readonly feit: (
    product: Inhoud,
  ) => Omit<Dossierfeit, 'bsn' | 'toewijzingnummer' | 'productcategorie' | 'productcode'>;
}

/** Number of the soort → where its products stand, and how each is read. */
const VORMEN: Readonly<Record<string, Vorm>> = {
  '301': {
    pad: ['ToegewezenProducten', 'ToegewezenProduct'],
    feit: (product) => ({
      soort: 'toewijzing',
      // The time is optional: without one it is the first of its day.
      moment: `${dag(product.Toewijzingsdatum) ?? ''} ${tekst(product.Toewijzingstijd) ?? ''}`,
      vanaf: dag(product.Ingangsdatum),
      tot: dag(product.Einddatum),
      reden: tekst(product.RedenWijziging),
      verwijderd: false,
    }),
  },
  '307': {
    pad: ['StopProducten', 'StopProduct'],
    feit: (product) => ({
      soort: 'stop',
      moment: null,
      vanaf: null,
      tot: dag(product.Einddatum),
      reden: tekst(product.RedenBeeindiging),
      verwijderd: tekst(product.StatusAanlevering) === VERWIJDEREN,
    }),
  },
};

/** Is this a message whose content the Wmo side may need? Also the retours, which can take those back. */
export const raaktWmo = ({ domein, nummer }: Pick<Berichtsoort, 'domein' | 'nummer'>): boolean =>
  domein === 'iwmo' && ['301', '302', '307', '308'].includes(nummer);

/**
 * @param inhoud content of a message, valid for its XSD
 * @returns its facts; none for any other soort. Products without a ToewijzingNummer (taakgericht) are about no toewijzing.
 */
export function dossierfeiten(soort: Pick<Berichtsoort, 'domein' | 'nummer'>, inhoud: Inhoud): readonly Dossierfeit[] {
  const vorm = soort.domein === 'iwmo' ? VORMEN[soort.nummer] : undefined;
  if (!vorm) return [];
  const feiten = klassen(inhoud.Client).flatMap((client) => {
    const bsn = tekst(client.Bsn);
    const producten = klassen(klasse(client[vorm.pad[0]])[vorm.pad[1]]);
    return producten.flatMap((product) => {
      const toewijzingnummer = getal(product.ToewijzingNummer);
      if (bsn === null || toewijzingnummer === null) return [];
      const { Categorie, Code } = klasse(product.Product);
      const eigen = { bsn, toewijzingnummer, productcategorie: tekst(Categorie), productcode: tekst(Code) };
      return [{ ...vorm.feit(product), ...eigen }];
    });
  });
  return feiten.slice(0, MEESTE_FEITEN);
}
