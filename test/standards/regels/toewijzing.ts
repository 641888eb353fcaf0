/** Breaks of the rules in gedeeld/toewijzing.ts. */
import type { Bericht } from '../../hulp/bouwer.ts';
import { type Breuk, breuk } from './breuk.ts';

const PAD = '/Bericht/Client/ToegewezenProducten/ToegewezenProduct/RedenWijziging';
const DAG = '2026-06-01';

type Product = Bericht<'301'>['Client']['ToegewezenProducten']['ToegewezenProduct'][number];
const elk =
  (wijzig: (product: Product) => void) =>
  ({ Client }: Bericht<'301'>): void => {
    for (const product of Client.ToegewezenProducten.ToegewezenProduct) wijzig(product);
  };
const verwijderd = elk((product) => {
  product.Ingangsdatum = DAG;
  product.Einddatum = DAG;
  product.RedenWijziging = '13';
});

export const TOEWIJZINGBREUKEN: readonly Breuk[] = [
  breuk('CS335', '301', 'ToegewezenProduct', 'RedenWijziging', {
    vooraf: verwijderd,
    breek: elk((product) => {
      product.Einddatum = '2026-06-02';
    }),
    pad: PAD,
  }),
  breuk('CS335', '301', 'ToegewezenProduct', 'RedenWijziging', {
    vooraf: (bericht) => {
      verwijderd(bericht);
      elk((product) => {
        if (product.Omvang) product.Omvang.Frequentie = '4';
      })(bericht);
    },
    breek: elk((product) => {
      product.Einddatum = undefined;
    }),
    pad: PAD,
  }),
  breuk('CS336', '301', 'ToegewezenProduct', 'RedenWijziging', {
    vooraf: elk((product) => {
      product.RedenWijziging = '02';
    }),
    breek: elk((product) => {
      product.RedenWijziging = '01';
    }),
    pad: PAD,
  }),
];
