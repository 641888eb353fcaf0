/** All pages of the portal. One row per section; the tests walk this list as every role. */
import type { Omgeving } from '../http/omgeving.ts';
import type { Pagina } from './pagina.ts';
import { vastePaginas } from './paginas/vast.ts';

export const maakPaginas = (_omgeving: Omgeving): readonly Pagina[] => [...vastePaginas];
