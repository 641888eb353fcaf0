/** The section Wlz: asking the register about one resident, and hearing of those who have Wmo help. */
import type { Omgeving } from '../../http/omgeving.ts';
import type { Pagina } from '../pagina.ts';
import { inwonerspaginas } from './wlz/inwoners.ts';
import { signaalpaginas } from './wlz/signaal.ts';
import { signalenpagina } from './wlz/signalen.ts';
import { wlzStart } from './wlz/start.ts';
import { toetspaginas } from './wlz/toets.ts';

export const wlzPaginas = (omgeving: Omgeving): readonly Pagina[] => [
  wlzStart(omgeving),
  ...toetspaginas(omgeving),
  ...inwonerspaginas(omgeving),
  signalenpagina(omgeving),
  ...signaalpaginas(omgeving),
];
