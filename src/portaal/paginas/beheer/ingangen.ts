/** Ways in: what can be done, each with what it is for. */
import { soortVanCode } from '../../../routering/kaart.ts';
import { type Html, html } from '../../html.ts';
import { alinea, kop, verwijzing } from '../../onderdelen.ts';
import { BEHEER } from './wijziging.ts';

export interface Onderdeel {
  /** Below Beheer. */
  readonly pad: string;
  readonly naam: string;
  readonly uitleg: string;
}

const blok = ({ pad, naam, uitleg }: Onderdeel): Html =>
  html`<li class="kp-kaart kp-ingang">${kop(3, verwijzing(`${BEHEER.pad}${pad}`, naam))}${alinea(uitleg)}</li>`;

export const ingangen = (onderdelen: readonly Onderdeel[]): Html =>
  html`<ul class="kp-ingangen">${onderdelen.map(blok)}</ul>`;

const VAN_IEDEREEN: readonly Onderdeel[] = [
  {
    pad: '/dossier',
    naam: 'Wat er al liep',
    uitleg: 'Eerdere berichten of lopende toewijzingen invoeren, zodat nieuwe berichten ermee worden vergeleken.',
  },
];
const VAN_EEN_GEMEENTE: readonly Onderdeel[] = [
  {
    pad: '/tarieven',
    naam: 'Tarieven',
    uitleg: 'De lijst met afgesproken tarieven, waarmee declaraties worden vergeleken.',
  },
  {
    pad: '/wlz',
    naam: 'Wlz-signalen instellen',
    uitleg: 'Waarmee het knooppunt het Wlz-register vergelijkt, herinneringen, en de adviezen in een signaal.',
  },
  {
    pad: '/mandaten',
    naam: 'Cijfers delen',
    uitleg: 'De ketendata laten meetellen in een samenwerkingsverband van gemeenten, en dat weer intrekken.',
  },
];

/** What an organisation arranges itself. A party of the chain arranges nothing here. */
export function zelfTeRegelen(code: string): readonly Onderdeel[] {
  const soort = soortVanCode(code);
  if (soort !== 'gemeente' && soort !== 'aanbieder') return [];
  return [...VAN_IEDEREEN, ...(soort === 'gemeente' ? VAN_EEN_GEMEENTE : [])].map(({ pad, ...rest }) => ({
    pad: `/organisaties/${code}${pad}`,
    ...rest,
  }));
}
