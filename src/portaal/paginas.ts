/** All pages of the portal. One row per section; the tests walk this list as every role. */
import type { Omgeving } from '../http/omgeving.ts';
import { aanmeldPaginas } from './aanmelden/paginas.ts';
import type { Pagina } from './pagina.ts';
import { beheerPaginas } from './paginas/beheer.ts';
import { vastePaginas } from './paginas/vast.ts';
import { wlzPaginas } from './paginas/wlz.ts';

export const maakPaginas = (omgeving: Omgeving): readonly Pagina[] => [
  ...aanmeldPaginas(omgeving),
  ...wlzPaginas(omgeving),
  ...beheerPaginas(omgeving),
  ...vastePaginas,
];
