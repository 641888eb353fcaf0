/** Check a message without sending it: what `knooppunt controleer` says, over HTTP. Nothing of the message is kept. */
import { controleerVoor } from '../controle.ts';
import { eisXml, geheel } from '../lichaam.ts';
import type { Omgeving } from '../omgeving.ts';
import { type Route, route } from '../route.ts';
import { Controlerapport } from '../schemas.ts';

export const controleRoutes = (omgeving: Omgeving): readonly Route[] => [
  route({
    methode: 'post',
    pad: '/v1/controles',
    id: 'controleerBericht',
    samenvatting: 'Controleer een bericht zonder het te versturen',
    inhoudTypen: ['application/xml'],
    antwoord: { status: 200, schema: Controlerapport, uitleg: 'Wat er op het bericht aan te merken is' },
    async voer({ client, stroom, req }) {
      eisXml(req, omgeving.config.maxBerichtBytes);
      const rapport = await omgeving.uploadruimte.met(client.id, stroom, async (inhoud) =>
        controleerVoor(omgeving, client, await geheel(inhoud, omgeving.config.maxBerichtBytes)),
      );
      return { status: 200, lijf: rapport };
    },
  }),
];
