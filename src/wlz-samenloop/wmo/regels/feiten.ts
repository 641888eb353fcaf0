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

const klasse = (waarde: Waarde | undefined): Inhoud => (waarde ?? {}) as Inhoud;
const klassen = (waarde: Waarde | undefined): readonly Inhoud[] =>
  waarde === undefined ? [] : ([waarde].flat() as readonly Inhoud[]);
const tekst = (waarde: Waarde | undefined): string | null => (typeof waarde === 'string' ? waarde.trim() : null);
/** Numbers are compared by their value: 007 is 7. */
const getal = (waarde: Waarde | undefined): string | null => tekst(waarde)?.replace(/^0+(?=.)/, '') ?? null;

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
      moment: `${tekst(product.Toewijzingsdatum) ?? ''} ${tekst(product.Toewijzingstijd) ?? ''}`,
      vanaf: tekst(product.Ingangsdatum),
      tot: tekst(product.Einddatum),
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
      tot: tekst(product.Einddatum),
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
  return klassen(inhoud.Client).flatMap((client) => {
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
}
