/** Check a message without sending it: what `knooppunt controleer` says, over HTTP. Nothing of the message is kept. */
import { betrokkenenIn } from '../../aanlevering/betrokkenen.ts';
import { schrijfLogboek } from '../../logboek/logboek.ts';
import { eisXml, geheel, stroomVan } from '../lichaam.ts';
import type { Omgeving } from '../omgeving.ts';
import { type Route, route } from '../route.ts';
import { Controlerapport } from '../schemas.ts';

export const controleRoutes = ({
  config,
  database,
  sleutels,
  controleur,
  uploadruimte,
}: Omgeving): readonly Route[] => [
  route({
    methode: 'post',
    pad: '/v1/controles',
    id: 'controleerBericht',
    samenvatting: 'Controleer een bericht zonder het te versturen',
    inhoudTypen: ['application/xml'],
    antwoord: { status: 200, schema: Controlerapport, uitleg: 'Wat er op het bericht aan te merken is' },
    async voer({ client, req }) {
      eisXml(req, config.maxBerichtBytes);
      const { rapport, betrokkenen } = await uploadruimte.met(client.id, stroomVan(req), async (inhoud) => {
        const bytes = await geheel(inhoud, config.maxBerichtBytes);
        return { rapport: await controleur.rapporteer(bytes), betrokkenen: await betrokkenenIn(sleutels, bytes) };
      });
      await schrijfLogboek(database.pool, [
        {
          gebeurtenis: 'bericht gecontroleerd',
          actor: client.id,
          namens: null,
          resultaat: rapport.geldig ? 'geldig' : 'niet geldig',
          berichtId: null,
          betrokkenen,
          details: { berichtsoort: rapport.berichtsoort ?? 'onbekend', bevindingen: rapport.bevindingen.length },
        },
      ]);
      return { status: 200, lijf: rapport };
    },
  }),
];
