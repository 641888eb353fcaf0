/** All pages of the portal. One row per section; the tests walk this list as every role. */
import type { Omgeving } from '../http/omgeving.ts';
import { aanmeldPaginas } from './aanmelden/paginas.ts';
import { eigenPaginas } from './gebruikers/eigen.ts';
import { gebruikerPaginas } from './gebruikers/paginas.ts';
import type { Pagina } from './pagina.ts';
import { oefenPaginas } from './paginas/aanleveren/oefenen.ts';
import { aanleverPaginas } from './paginas/aanleveren/pagina.ts';
import { beheerPaginas } from './paginas/beheer.ts';
import { berichtPaginas } from './paginas/berichten/bericht.ts';
import { lijstPaginas } from './paginas/berichten/lijst.ts';
import { openstaandPaginas } from './paginas/berichten/openstaand.ts';
import { ketendataPaginas } from './paginas/ketendata/pagina.ts';
import { postbusPaginas } from './paginas/postbus.ts';
import { startPaginas } from './paginas/start.ts';
import { toezichtPaginas } from './paginas/toezicht/paginas.ts';
import { vastePaginas } from './paginas/vast.ts';
import { wlzPaginas } from './paginas/wlz.ts';

export const maakPaginas = (omgeving: Omgeving): readonly Pagina[] => [
  ...startPaginas(omgeving),
  ...aanleverPaginas(omgeving),
  ...oefenPaginas(omgeving),
  ...postbusPaginas(omgeving),
  ...lijstPaginas(omgeving),
  ...openstaandPaginas(omgeving),
  ...berichtPaginas(omgeving),
  ...ketendataPaginas(omgeving),
  ...gebruikerPaginas(omgeving),
  ...eigenPaginas,
  ...wlzPaginas(omgeving),
  ...beheerPaginas(omgeving),
  ...aanmeldPaginas(omgeving),
  ...toezichtPaginas(omgeving),
  ...vastePaginas,
];
