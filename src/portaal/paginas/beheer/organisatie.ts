/** One organisation: all that the switch holds of it as a participant. For the operator, and for who manages it. */
import { ontvangerstanden } from '../../../bezorging/inzage.ts';
import { KnooppuntFout } from '../../../fouten.ts';
import type { Omgeving } from '../../../http/omgeving.ts';
import { leesInstelling } from '../../../routering/instellingen.ts';
import { leesKaart } from '../../../routering/kaartenbak.ts';
import { leesMachtigingen } from '../../../routering/machtigingen.ts';
import { leesNamen } from '../../../routering/namen.ts';
import { DOMEINEN } from '../../../standards/catalogus.ts';
import { leesClients } from '../../../toegang/clientbeheer.ts';
import { leesGemachtigden } from '../../../toegang/gebruikers/gemachtigden.ts';
import { leesIdentificaties } from '../../../toegang/gebruikers/identificaties.ts';
import { eisBeheerVan } from '../../../toegang/gebruikers/organisatiebeheer.ts';
import { type Pagina, pagina } from '../../pagina.ts';
import { organisatiescherm } from './organisatie-scherm.ts';

export const organisatiepagina = ({ database, routering }: Omgeving): Pagina =>
  pagina({
    methode: 'get',
    pad: '/beheer/organisaties/:code',
    id: 'beheer-organisatie',
    toegang: 'beheer',
    async voer({ gebruiker, pad: { code = '' } }) {
      eisBeheerVan(gebruiker, code);
      const kaart = await leesKaart(database.pool, code);
      if (!kaart) throw new KnooppuntFout('nietGevonden');
      const beheerder = gebruiker.rol === 'beheerder';
      const { voorgangers } = await routering.feiten();
      const eerder = (voorgangers.get(code) ?? []).map((wie) => wie.code);
      const [instellingen, machtigingen, clients, identificaties, standen, namen] = await Promise.all([
        Promise.all(
          DOMEINEN.map(async (domein) => ({ domein, instelling: await leesInstelling(database.pool, code, domein) })),
        ),
        leesMachtigingen(database.pool, { organisatie: code }),
        leesClients(database.pool),
        leesIdentificaties(database.pool),
        beheerder && kaart.stuf ? ontvangerstanden(database) : [],
        leesNamen(database.pool, [...eerder, ...(kaart.opvolger ? [kaart.opvolger] : [])]),
      ]);
      return organisatiescherm({
        kaart,
        beheerder,
        instellingen,
        machtigingen: await leesGemachtigden(database.pool, machtigingen),
        clients: clients.filter(({ namens, ingetrokkenOp }) => ingetrokkenOp === null && namens.includes(code)),
        identificaties: identificaties
          .filter(({ organisatie }) => organisatie === code)
          .map((een) => een.identificatie),
        stand: standen.find(({ organisatie }) => organisatie === code),
        voorgangers: eerder,
        namen,
      });
    },
  });
