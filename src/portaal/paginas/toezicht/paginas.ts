/** What the operator watches, and the switch to stop an organisation. */
import type { Omgeving } from '../../../http/omgeving.ts';
import type { Pagina } from '../../pagina.ts';
import { banenPagina } from './banen.ts';
import { standPagina } from './stand.ts';
import { stopPaginas } from './stop.ts';

export const toezichtPaginas = (omgeving: Omgeving): readonly Pagina[] => [
  standPagina(omgeving),
  banenPagina(omgeving),
  ...stopPaginas(omgeving),
];
