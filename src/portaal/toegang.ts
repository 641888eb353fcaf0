/** Who may open which page: a table. What is done on it is judged again by the rooms that do it. */
import type { Dienst, Gebruiker } from '../toegang/gebruikers/types.ts';
import type { Toegang } from './pagina.ts';

const heeft =
  (...diensten: readonly Dienst[]) =>
  (gebruiker: Gebruiker): boolean =>
    gebruiker.organisatie !== null && diensten.some((dienst) => gebruiker.diensten.has(dienst));

const WIE: Readonly<Record<Toegang, (gebruiker: Gebruiker) => boolean>> = {
  iedereen: () => true,
  aangemeld: () => true,
  berichten: heeft('wmo', 'jw'),
  wmo: heeft('wmo'),
  jw: heeft('jw'),
  wlz: heeft('wlz-toets', 'wlz-signalen'),
  'wlz-toets': heeft('wlz-toets'),
  'wlz-signalen': heeft('wlz-signalen'),
  ketendata: (gebruiker) => gebruiker.rol === 'landelijk' || heeft('ketendata')(gebruiker),
  gebruikersbeheer: ({ rol }) => rol === 'gebruikersbeheerder' || rol === 'beheerder',
  beheer: ({ rol }) => rol === 'gebruikersbeheerder' || rol === 'beheerder',
  beheerder: ({ rol }) => rol === 'beheerder',
};

/** May this person open a page with this access? */
export const magOpenen = (gebruiker: Gebruiker, toegang: Toegang): boolean => WIE[toegang](gebruiker);
