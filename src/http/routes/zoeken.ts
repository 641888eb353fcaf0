/** Searching one's own messages. With a BSN only in a body: what stands in a URL is written down in too many places. */
import { KnooppuntFout } from '../../fouten.ts';
import { schrijfLogboek } from '../../logboek/logboek.ts';
import { pseudoniem } from '../../opslag/versleuteling.ts';
import { beginVanDag } from '../../tijd.ts';
import type { Client } from '../../toegang/clients.ts';
import { toonbaar } from '../../verwerking/stand.ts';
import { type Pagina, zoekBerichten } from '../../verwerking/zoeken.ts';
import type { Zoekvraag } from '../../verwerking/zoekvraag.ts';
import type { Omgeving } from '../omgeving.ts';
import { type Route, route, type Uitvoer } from '../route.ts';
import { Berichten, ZoekOpdracht, ZoekVraag, type Zoekvelden } from '../schemas.ts';
import { zichtVan } from '../zicht.ts';
import { leesCursor, schrijfCursor } from '../zoekcursor.ts';

/** A moment, or a date: then it begins at midnight in the Netherlands. */
function alsMoment(tekst: string | undefined): Date | undefined {
  if (tekst === undefined) return undefined;
  return tekst.includes('T') ? new Date(tekst) : beginVanDag(tekst);
}

const alsVraag = (client: Client, { vanaf, tot, na, ...velden }: Zoekvelden): Zoekvraag => ({
  ...velden,
  ...zichtVan(client),
  vanaf: alsMoment(vanaf),
  tot: alsMoment(tot),
  na: leesCursor(na),
});

const alsUitvoer = ({ berichten, volgende }: Pagina): Uitvoer => ({
  status: 200,
  lijf: { berichten: berichten.map(toonbaar), volgende: volgende && schrijfCursor(volgende) },
});

const antwoord = { status: 200, schema: Berichten, uitleg: 'Een pagina berichten' };

/** @returns the searches by query string and by body */
export const zoekRoutes = ({ database, sleutels }: Pick<Omgeving, 'database' | 'sleutels'>): readonly Route[] => [
  route({
    methode: 'get',
    pad: '/v1/berichten',
    id: 'zoekBerichten',
    samenvatting: 'Zoek in de eigen berichten, nieuwste eerst',
    vraagSchema: ZoekVraag,
    antwoord,
    async voer({ client, vraag, req }) {
      // Passing over it in silence would give all messages, as if they were about this person.
      if ('bsn' in req.query)
        throw new KnooppuntFout(
          'invoerOngeldig',
          'Een BSN hoort niet in een adres: zoek ermee met POST /v1/zoekopdrachten.',
        );
      return alsUitvoer(await zoekBerichten(database, alsVraag(client, vraag)));
    },
  }),
  route({
    methode: 'post',
    pad: '/v1/zoekopdrachten',
    id: 'voerZoekopdrachtUit',
    samenvatting: 'Zoek in de eigen berichten, ook op BSN; elke zoekopdracht met een BSN komt in het logboek',
    inhoudSchema: ZoekOpdracht,
    antwoord,
    async voer({ client, inhoud }) {
      const { bsn, ...velden } = inhoud;
      const betrokkene = bsn === undefined ? undefined : pseudoniem(sleutels, bsn);
      const pagina = await zoekBerichten(database, { ...alsVraag(client, velden), betrokkene });
      if (betrokkene) {
        const [enige = null, ...meer] = [...client.namens, ...(client.machtigingen?.keys() ?? [])];
        // Before the answer: what was not written down is not shown.
        await schrijfLogboek(database.pool, [
          {
            gebeurtenis: 'berichten gezocht',
            actor: client.id,
            namens: meer.length > 0 ? null : enige,
            resultaat: pagina.berichten.length > 0 ? 'gevonden' : 'niets gevonden',
            berichtId: null,
            betrokkenen: [betrokkene],
            details: { aantal: pagina.berichten.length },
          },
        ]);
      }
      return alsUitvoer(pagina);
    },
  }),
];
