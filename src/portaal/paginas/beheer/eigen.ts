/** Pages about one organisation: which it is, whether this person manages it, and the way back to it. */
import { z } from 'zod';
import { KnooppuntFout } from '../../../fouten.ts';
import type { Omgeving } from '../../../http/omgeving.ts';
import type { Kaart } from '../../../routering/kaart.ts';
import { leesKaart } from '../../../routering/kaartenbak.ts';
import { DOMEINEN, type Domein } from '../../../standards/catalogus.ts';
import { eisBeheerVan } from '../../../toegang/gebruikers/organisatiebeheer.ts';
import type { Html } from '../../html.ts';
import type { Ingevuld } from '../../onderdelen/formulier.ts';
import { keuzes, verwijzing } from '../../onderdelen.ts';
import type { Paginaverzoek, Scherm } from '../../pagina.ts';
import { DOMEINTITEL } from './instellingwoorden.ts';
import { ORGANISATIES } from './organisaties.ts';
import { BEHEER } from './wijziging.ts';

type Verzoek = Pick<Paginaverzoek, 'gebruiker' | 'pad'>;

export const padVan = (code: string): string => `${ORGANISATIES.pad}/${code}`;

/** The organisation in the address. @throws KnooppuntFout nietGevonden, the same for one of others and one that is not there */
export async function eigenKaart(
  { database }: Pick<Omgeving, 'database'>,
  { gebruiker, pad: { code = '' } }: Verzoek,
): Promise<Kaart> {
  eisBeheerVan(gebruiker, code);
  const kaart = await leesKaart(database.pool, code);
  if (!kaart) throw new KnooppuntFout('nietGevonden');
  return kaart;
}

/** The same, for what only a gemeente has. */
export async function eigenGemeente(omgeving: Pick<Omgeving, 'database'>, verzoek: Verzoek): Promise<Kaart> {
  const kaart = await eigenKaart(omgeving, verzoek);
  if (kaart.soort !== 'gemeente') throw new KnooppuntFout('nietGevonden');
  return kaart;
}

/** From Beheer down to the page of the organisation. */
export const kruimelsVan = (
  { code, naam }: Pick<Kaart, 'code' | 'naam'>,
  { gebruiker }: Pick<Verzoek, 'gebruiker'>,
): NonNullable<Scherm['kruimels']> => [
  BEHEER,
  ...(gebruiker.rol === 'beheerder' ? [ORGANISATIES] : []),
  { naam, pad: padVan(code) },
];

/** In which domeinen it takes part, now or at another time: what ran before may be of a domein that is over. */
export const domeinenVan = ({ deelname }: Pick<Kaart, 'deelname'>): readonly Domein[] =>
  DOMEINEN.filter((domein) => deelname[domein] !== null);

export const Wetveld = z.enum(DOMEINEN, 'Kies de Wmo of de Jeugdwet.');

export const domeinkeuze = (domeinen: readonly Domein[], terug: Ingevuld): Html =>
  keuzes({
    soort: 'radio',
    naam: 'domein',
    label: 'Voor welke wet?',
    waarde: domeinen.length === 1 ? (domeinen[0] ?? '') : '',
    keuzes: domeinen.map((waarde) => ({ waarde, tekst: DOMEINTITEL[waarde] })),
    ...terug,
  });

/** An organisation that takes part in nothing has nothing to bring along. */
export const ZONDER_DOMEIN = [
  'Deze organisatie doet nog nergens aan mee',
  'Zodra zij meedoet aan de Wmo of de Jeugdwet, kunt u hier een bestand invoeren. De beheerder van het knooppunt stelt dat in.',
] as const;

/** To where the level is set at which messages are checked. */
export const controleverwijzing = (code: string, domein: Domein): Html =>
  verwijzing(`${padVan(code)}/instellingen/${domein}`, `Controle voor ${DOMEINTITEL[domein]} instellen`);

/** 100 MB, as the limit of a file is always given: a little less than it is. */
export const inMegabytes = (bytes: number): string => `${Math.floor(bytes / 2 ** 20)} MB`;
