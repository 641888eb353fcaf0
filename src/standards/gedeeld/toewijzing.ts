/** The reason why an allocation (301) changes. Source: conditions of 301, the same in both standards. */
import { vergelijk } from '../datum.ts';
import { constraint, op, type Regel } from '../regels.ts';

/** Administratieve correctie (vervallen). */
export const VERVALLEN = '01';
export const VERWIJDERD = '13';

interface Looptijd {
  readonly Ingangsdatum: string;
  readonly Einddatum?: string;
}

/** Ends on the day it begins: how an allocation is removed. */
export const eindigtMeteen = ({ Ingangsdatum, Einddatum }: Looptijd): boolean =>
  Einddatum !== undefined && vergelijk(Ingangsdatum, Einddatum) === 0;

export const TOEWIJZINGREGELS: readonly Regel[] = [
  constraint('CS335', {
    tekst: 'Een verwijderde toewijzing (reden wijziging 13) eindigt op de dag waarop zij ingaat.',
    melding:
      'Maak Einddatum gelijk aan Ingangsdatum als de toewijzing is verwijderd, of kies een andere RedenWijziging.',
    toepassingen: [
      op(
        '301',
        'ToegewezenProduct',
        'RedenWijziging',
        (product) => product.RedenWijziging !== VERWIJDERD || eindigtMeteen(product),
      ),
    ],
  }),
  constraint('CS336', {
    tekst: 'De vervallen reden wijziging 01 (administratieve correctie) komt niet meer voor.',
    melding: 'Kies een andere RedenWijziging: 01 (administratieve correctie) is vervallen.',
    toepassingen: [
      op('301', 'ToegewezenProduct', 'RedenWijziging', ({ RedenWijziging }) => RedenWijziging !== VERVALLEN),
    ],
  }),
];
