/**
 * TR361: in a request for a change the same care is not asked for twice over the same days. Source: the entries of both standards.
 *
 * Which product it is follows from the toewijzing that a line names. The requested period counts: of what stays, that of the toewijzing.
 */
import type { Domein } from '../../standards/catalogus.ts';
import { plaats } from '../../standards/elders-rij.ts';
import { overlappingen, type Zorgproduct } from '../../standards/gedeeld/overlap.ts';
import { VRIJ as VRIJ_IJW } from '../../standards/ijw/3.2/regels.ts';
import { VRIJ as VRIJ_IWMO } from '../../standards/iwmo/3.2/regels.ts';
import type { Toewijzing } from '../feiten.ts';
import { botst, type Dossierregel, GOED, ONBEKEND, type Oordeel } from '../regel.ts';
import type { TeSchouwen } from '../te-schouwen.ts';
import { isVerwijderd, kruist } from '../toewijzingen.ts';

/** A line of the request. */
export interface Gevraagd {
  /** An OngewijzigdProduct: the sender did not choose its product or its days. */
  readonly ongewijzigd: boolean;
  /** undefined: the dossier does not have its toewijzing, so nothing is known of it. */
  readonly zorg: Zorgproduct | undefined;
  /** Whose values these are; undefined: all of the request itself. */
  readonly versie: Toewijzing | undefined;
}

const VRIJ: Readonly<Record<Domein, ReadonlySet<string>>> = { iwmo: VRIJ_IWMO, ijw: VRIJ_IJW };

/**
 * Compares all lines of a request.
 * @param gevraagd in the order of the message
 * @returns what is to be said of each of them
 */
export function overlapVan(gevraagd: readonly Gevraagd[], bericht: TeSchouwen): readonly Oordeel[] {
  const vrij = VRIJ[bericht.soort.domein];
  const isActueel = ({ versie }: Gevraagd): boolean => versie === undefined || bericht.kennis.isActueel(versie);
  const telt = (regel: Gevraagd): boolean =>
    isActueel(regel) && !(regel.versie !== undefined && isVerwijderd(regel.versie));
  const isZeker = (regel: Gevraagd): boolean => regel.versie === undefined || !kruist(regel.versie, bericht);
  const ongewijzigd = new Set(gevraagd.flatMap((regel, nr) => (regel.ongewijzigd ? [nr] : [])));

  const alle = gevraagd.map((regel) => (telt(regel) ? regel.zorg : undefined));
  const zekere = alle.map((zorg, nr) => {
    const regel = gevraagd[nr];
    return regel && isZeker(regel) ? zorg : undefined;
  });
  const onderAlle = overlappingen(alle, vrij);
  const onderZekere = overlappingen(zekere, vrij);
  // Two toewijzingen that both stay: that they overlap is not of the sender's making.
  const zonderOngewijzigde = overlappingen(zekere, vrij, ongewijzigd);
  return gevraagd.map((regel, nr) => {
    if (regel.zorg && !isActueel(regel)) return 'onbekend';
    const ernst = (regel.ongewijzigd ? zonderOngewijzigde : onderZekere).get(nr);
    if (ernst === 'fout') return 'fout';
    return ernst !== undefined || onderAlle.has(nr) ? 'twijfel' : 'goed';
  });
}

export interface Overlapzicht {
  readonly overlap: Oordeel;
  readonly versie: Toewijzing | undefined;
}

export const OVERLAPREGELS: readonly Dossierregel<Overlapzicht>[] = [
  {
    code: 'TR361',
    niveau: 3,
    retourcode: '9361',
    tekst:
      'Hetzelfde product staat in een verzoek om wijziging niet twee keer over dezelfde dagen; bij iWmo mogen de categorieën 11 tot en met 14 wel overlappen.',
    melding:
      'Pas de periode aan: dit product mag niet tegelijk lopen met een ander product in dit verzoek, ook niet met een toewijzing die doorloopt.',
    twijfel:
      'Een waarschuwing als het ene product een code heeft en het andere alleen dezelfde categorie, als twee ongewijzigde toewijzingen elkaar overlappen, of als een bericht met een van de toewijzingen dit verzoek gekruist kan hebben.',
    plaatsen: [
      plaats('317', 'OngewijzigdProduct', ''),
      plaats('317', 'TeWijzigenProduct', ''),
      plaats('317', 'NieuwProduct', ''),
    ],
    element: '',
    controleer: ({ overlap, versie }) => {
      if (overlap === 'goed') return GOED;
      return overlap === 'onbekend' ? ONBEKEND : botst(overlap, versie ? [versie] : []);
    },
  },
];
