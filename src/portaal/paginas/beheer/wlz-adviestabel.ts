/** The advice for each productcategorie, as it stands in a signal. */
import type { Advies } from '../../../wlz-samenloop/signalen/regels/types.ts';
import { type Html, html } from '../../html.ts';
import { leeg, merk, tabel, verwijzing, voorgelezen } from '../../onderdelen.ts';
import { ADVIEZEN, categorieTekst } from '../wlz/signaalwoorden.ts';

export const WLZ_ADVIEZEN = { naam: 'Wlz-adviezen', pad: '/portaal/beheer/wlz-adviezen' } as const;

/** 01 Hulp bij het huishouden; '' is a voorziening without a category. */
export const categorieNaam = (categorie: string): string =>
  categorie === '' ? 'Zonder productcategorie' : categorieTekst(categorie);

/** @param wijzigbaar with a link to change each */
export function adviestabel(adviezen: ReadonlyMap<string, Advies>, wijzigbaar = false): Html {
  if (adviezen.size === 0) return leeg('Er zijn geen adviezen', 'In een signaal staat dan alleen wat er samenloopt.');
  // What has no category comes last.
  const rijen = [...adviezen].toSorted(([a], [b]) => Number(a === '') - Number(b === '') || (a < b ? -1 : 1));
  return tabel<(typeof rijen)[number]>({
    titel: 'Adviezen die nu gelden',
    titelVerborgen: true,
    rijen,
    kolommen: [
      { kop: 'Soort hulp', rijkop: true, cel: ([categorie]) => categorieNaam(categorie) },
      { kop: 'Advies', cel: ([, { klasse }]) => merk(ADVIEZEN[klasse].naam, ADVIEZEN[klasse].toon) },
      { kop: 'Tekst in het signaal', cel: ([, { tekst }]) => tekst },
      ...(wijzigbaar
        ? [
            {
              kop: 'Wijzigen',
              cel: ([categorie]: (typeof rijen)[number]) =>
                verwijzing(
                  `${WLZ_ADVIEZEN.pad}/wijzigen?categorie=${categorie}`,
                  html`Wijzigen${voorgelezen(` van het advies voor ${categorieNaam(categorie)}`)}`,
                ),
            },
          ]
        : []),
    ],
  });
}
