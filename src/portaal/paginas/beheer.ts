/** The section Beheer: for the operator of the switch, and for who manages one organisation. */
import type { Omgeving } from '../../http/omgeving.ts';
import type { Pagina } from '../pagina.ts';
import { bevriezingpaginas } from './beheer/bevriezingen.ts';
import { bezorgpaginas } from './beheer/bezorging.ts';
import { clientMaken } from './beheer/client-maken.ts';
import { clientWijzigen } from './beheer/client-wijzigen.ts';
import { clientpaginas } from './beheer/clients.ts';
import { dossierpaginas } from './beheer/dossier.ts';
import { gegevenspaginas } from './beheer/gegevens.ts';
import { instellingpaginas } from './beheer/instelling.ts';
import { machtigingpaginas } from './beheer/machtigingen.ts';
import { mandaatpaginas } from './beheer/mandaten.ts';
import { organisatiepagina } from './beheer/organisatie.ts';
import { organisatielijst } from './beheer/organisaties.ts';
import { beheerStart } from './beheer/start.ts';
import { tariefpaginas } from './beheer/tarieven.ts';
import { vensterpagina } from './beheer/vensters.ts';
import { verbandpaginas } from './beheer/verbanden.ts';
import { wlzAdviespaginas } from './beheer/wlz-adviezen.ts';
import { wlzInstellingpaginas } from './beheer/wlz-instelling.ts';

/** What is named in an address goes before what stands for any name there. */
export const beheerPaginas = (omgeving: Omgeving): readonly Pagina[] => [
  beheerStart,
  organisatielijst(omgeving),
  ...gegevenspaginas(omgeving),
  organisatiepagina(omgeving),
  ...instellingpaginas(omgeving),
  ...dossierpaginas(omgeving),
  ...tariefpaginas(omgeving),
  ...wlzInstellingpaginas(omgeving),
  ...mandaatpaginas(omgeving),
  ...bezorgpaginas(omgeving),
  ...machtigingpaginas(omgeving),
  ...clientMaken(omgeving),
  ...clientpaginas(omgeving),
  ...clientWijzigen(omgeving),
  ...bevriezingpaginas(omgeving),
  vensterpagina(omgeving),
  ...wlzAdviespaginas(omgeving),
  ...verbandpaginas(omgeving),
];
