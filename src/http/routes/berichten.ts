/** Messages: send, follow, read. */
import { leverAan, metGeldigeNummers } from '../../aanlevering/aanlevering.ts';
import { laadKalender } from '../../koppeling/feestdagen.ts';
import { magZien } from '../../toegang/bevoegdheid.ts';
import { toonbaar } from '../../verwerking/stand.ts';
import { leesBevindingen, lichtToe } from '../../verwerking/volgen.ts';
import { bewijsMetUitkomst } from '../bewijs.ts';
import { signaalVan, wachttijdMs } from '../koppen.ts';
import { eisXml } from '../lichaam.ts';
import type { Omgeving } from '../omgeving.ts';
import { type Route, route } from '../route.ts';
import { Bericht, BerichtPad, Bevindingen, Ontvangstbewijs } from '../schemas.ts';
import { volg } from '../volgen.ts';
import { eigen, inhoudVoor } from '../zicht.ts';
import { isZip, maakZipVerwerker, ZipAntwoord } from '../zip.ts';

const PAD = '/v1/berichten/{berichtId}';

export function berichtRoutes(omgeving: Omgeving): readonly Route[] {
  const zip = maakZipVerwerker(omgeving);
  // Loaded now, so that no request waits for it.
  const kalender = laadKalender();
  return [
    route({
      methode: 'post',
      pad: '/v1/berichten',
      id: 'leverBerichtAan',
      samenvatting: 'Lever een bericht aan',
      inhoudTypen: ['application/xml', 'application/zip'],
      scan: 'bij aanlevering',
      koppen: {
        Referentienummer:
          'UUID versie 4 van de afzender. Opnieuw insturen met hetzelfde nummer en dezelfde inhoud geeft hetzelfde bewijs.',
        CrossReferentienummer:
          'Van een retour of declaratie-antwoord: het referentienummer van het bericht dat het beantwoordt',
        Prefer: 'wait=N: wacht ten hoogste N seconden op de uitkomst',
      },
      antwoord: { status: 202, schema: Ontvangstbewijs, uitleg: 'Het bericht is veilig opgeslagen' },
      ookAntwoord: {
        status: 207,
        schema: ZipAntwoord,
        uitleg: 'Van een ZIP-bestand: wat er met elk bericht erin gebeurde',
      },
      async voer({ client, stroom, req, res }) {
        if (isZip(req)) return zip(client, stroom, req, res);
        eisXml(req, omgeving.config.maxBerichtBytes);
        // Checked before a byte of the body was read.
        const kenmerken = metGeldigeNummers({
          referentienummer: req.get('Referentienummer'),
          kruisreferentie: req.get('CrossReferentienummer'),
        });
        const sinds = performance.now();
        const basis = await omgeving.uploadruimte.met(client.id, stroom, (inhoud) =>
          leverAan(omgeving.loket, { client, kenmerken: () => kenmerken, inhoud }),
        );
        omgeving.metriek.aangenomen('rest', basis, (performance.now() - sinds) / 1000);
        const wachtMs = wachttijdMs(req.get('Prefer'));
        const lijf = await bewijsMetUitkomst(omgeving, basis, wachtMs, signaalVan(res));
        return {
          status: 202,
          lijf,
          koppen: {
            Location: `/v1/berichten/${basis.berichtId}`,
            ...(wachtMs > 0 && { 'Preference-Applied': `wait=${wachtMs / 1000}` }),
          },
        };
      },
    }),
    route({
      methode: 'get',
      pad: PAD,
      id: 'volgBericht',
      samenvatting: 'Volg een bericht: elke stap met tijdstip',
      padSchema: BerichtPad,
      antwoord: { status: 200, schema: Bericht, uitleg: 'Het bericht' },
      async voer({ client, pad }) {
        const stand = await eigen(omgeving, client, pad.berichtId);
        const { stappen, paar, verwacht } = await volg(omgeving, client, stand, await kalender);
        const antwoorden = paar.antwoorden.map(({ berichtId, berichtsoort }) => ({ berichtId, berichtsoort }));
        return { status: 200, lijf: { ...toonbaar(stand), stappen, antwoorden, paar, verwacht } };
      },
    }),
    route({
      methode: 'get',
      pad: `${PAD}/inhoud`,
      id: 'leesInhoud',
      samenvatting: 'De inhoud van een bericht, byte voor byte zoals ontvangen',
      padSchema: BerichtPad,
      antwoord: { status: 200, type: 'application/xml', uitleg: 'De bytes van het bericht' },
      async voer({ client, pad, res }) {
        const stand = await eigen(omgeving, client, pad.berichtId);
        const bytes = await inhoudVoor(omgeving, client, stand);
        res.status(200).set('Content-Type', 'application/xml').set('Content-Disposition', 'attachment').end(bytes);
        return undefined;
      },
    }),
    route({
      methode: 'get',
      pad: `${PAD}/bevindingen`,
      id: 'leesBevindingen',
      samenvatting: 'De bevindingen bij een bericht',
      padSchema: BerichtPad,
      antwoord: { status: 200, schema: Bevindingen, uitleg: 'De bevindingen' },
      async voer({ client, pad }) {
        await eigen(omgeving, client, pad.berichtId);
        const { niveau, bevindingen } = await leesBevindingen(omgeving.database, pad.berichtId);
        const toegelicht = await lichtToe(
          omgeving.database,
          bevindingen,
          (ander) => client.beheerder || magZien(client, ander),
        );
        return { status: 200, lijf: { berichtId: pad.berichtId, niveau, bevindingen: toegelicht } };
      },
    }),
  ];
}
