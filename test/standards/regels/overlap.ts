/** Breaks of the rules on overlap, which each standard has in its own way (gedeeld/overlap.ts). */
import type { Domein } from '#src/standards/catalogus.ts';
import type { Bericht } from '../../hulp/bouwer.ts';
import { type Breuk, breuk } from './breuk.ts';

/** What a test fills in of a product, whatever the message calls it. */
export interface Zorg {
  readonly categorie?: string;
  readonly code?: string;
  readonly begin: string;
  /** Absent: no end. */
  readonly einde?: string;
}

/** A product in any of the three messages. */
type Product = Record<string, unknown>;

/** The parts of a product that CD041 and its kin demand: with a code an Omvang, without one a Budget and an end. */
const inhoud = ({ categorie, code }: Zorg): Product => ({
  Product: categorie === undefined ? undefined : { Categorie: categorie, Code: code },
  Omvang: code === undefined ? undefined : { Volume: '10', Eenheid: '01', Frequentie: '4' },
  Budget: code === undefined ? '1000' : undefined,
});

const zet = (lijst: object[], zorg: readonly Zorg[], maak: (zorg: Zorg, nr: number) => Product): void => {
  const eerste = lijst[0];
  lijst.splice(
    0,
    lijst.length,
    ...zorg.map((een, nr) => ({ ...structuredClone(eerste), ...inhoud(een), ...maak(een, nr) })),
  );
};

/** Makes the products of a message those of the test. */
export const VUL = {
  '301': (zorg: readonly Zorg[]) => (bericht: Bericht<'301'>) =>
    zet(bericht.Client.ToegewezenProducten.ToegewezenProduct, zorg, ({ begin, einde }, nr) => ({
      ToewijzingNummer: String(nr + 1),
      Ingangsdatum: begin,
      Einddatum: einde,
    })),
  '315': (zorg: readonly Zorg[]) => (bericht: Bericht<'315'>) =>
    zet(bericht.Client.AangevraagdeProducten.AangevraagdProduct, zorg, ({ begin, einde }, nr) => ({
      ReferentieAanbieder: `VOT-${nr}`,
      ToewijzingIngangsdatum: begin,
      ToewijzingEinddatum: einde,
    })),
  '317': (zorg: readonly Zorg[]) => (bericht: Bericht<'317'>) =>
    zet(bericht.Client.Verzoek.NieuweProducten?.NieuwProduct ?? [], zorg, ({ begin, einde }) => ({
      GewensteIngangsdatum: begin,
      Einddatum: einde,
    })),
};

const JUNI = { begin: '2026-06-01', einde: '2026-06-30' };
const JULI = { begin: '2026-07-01', einde: '2026-07-31' };
/** Its first day is the last one of JUNI. */
const VROEGE_JULI = { begin: '2026-06-30', einde: '2026-07-31' };

const PLAATSEN = [
  { regel: 'TR302', nummer: '301', houder: 'ToegewezenProducten', klasse: 'ToegewezenProduct', boven: 'Client' },
  { regel: 'TR386', nummer: '315', houder: 'AangevraagdeProducten', klasse: 'AangevraagdProduct', boven: 'Client' },
  { regel: 'TR410', nummer: '317', houder: 'NieuweProducten', klasse: 'NieuwProduct', boven: 'Client/Verzoek' },
] as const;

/** @param categorie two categories of the standard that may not overlap */
export function overlapbreuken(domein: Domein, [een, ander]: readonly [een: string, ander: string]): readonly Breuk[] {
  const product = { categorie: een, code: `${een}A01` };
  return PLAATSEN.flatMap(({ regel, nummer, houder, klasse, boven }) => {
    const geval = (goed: readonly Zorg[], fout: readonly Zorg[], positie: 1 | 2, ernst?: 'waarschuwing'): Breuk =>
      breuk(regel, nummer, houder, klasse, {
        domein,
        vooraf: VUL[nummer](goed) as (bericht: object) => void,
        breek: VUL[nummer](fout) as (bericht: object) => void,
        pad: `/Bericht/${boven}/${houder}/${klasse}[${positie}]`,
        ...(ernst && { ernst }),
      });
    const eerste = { ...product, ...JUNI };
    return [
      geval([eerste, { ...product, ...JULI }], [eerste, { ...product, ...VROEGE_JULI }], 2),
      // The one that begins last is named, wherever it stands.
      geval([{ ...product, ...JULI }, eerste], [{ ...product, ...VROEGE_JULI }, eerste], 1),
      // Without an end it goes on for ever.
      geval(
        [eerste, { ...product, ...JULI }],
        [
          { ...product, begin: JUNI.begin },
          { ...product, ...JULI },
        ],
        2,
      ),
      // The same category, both without a code.
      geval(
        [
          { categorie: een, ...JUNI },
          { categorie: ander, ...JUNI },
        ],
        [
          { categorie: een, ...JUNI },
          { categorie: een, ...VROEGE_JULI },
        ],
        2,
      ),
      // One with a code, one without: doubtful.
      geval([eerste, { categorie: een, ...JULI }], [eerste, { categorie: een, ...VROEGE_JULI }], 2, 'waarschuwing'),
      // Without a category: nothing may overlap it.
      geval([eerste, JULI], [eerste, VROEGE_JULI], 2),
      geval([JUNI, { ...product, ...JULI }], [JUNI, { ...product, ...VROEGE_JULI }], 2),
      geval([JUNI, JULI], [JUNI, VROEGE_JULI], 2),
    ];
  });
}
