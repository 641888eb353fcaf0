/** Mailboxes: browse, lease, confirm. */
import { KnooppuntFout } from '../../fouten.ts';
import { bevestig, blader, haalOp, type Ophaling as Opgehaald, postbussleutel } from '../../postbus/postbus.ts';
import { leesbaarMoment } from '../../routering/tekst.ts';
import { eisPostbus } from '../../toegang/bevoegdheid.ts';
import { signaalVan } from '../koppen.ts';
import type { Omgeving } from '../omgeving.ts';
import { type Route, route } from '../route.ts';
import {
  Bevestiging,
  BevestigingVerzoek,
  BladerVraag,
  Ophaling,
  OphalingVerzoek,
  Postbus,
  PostbusPad,
} from '../schemas.ts';

const PAD = '/v1/postbussen/{code}';

/** After so long a receiver that is stopped may look again. */
const GESTOPT_NA_S = 60;

/** @throws KnooppuntFout bezorgingGestopt; the postbus itself hands out nothing from the moment of the stop on */
async function eisBezorging({ routering }: Omgeving, code: string): Promise<void> {
  const stop = await routering.stopVan(code);
  if (stop?.bezorging)
    throw new KnooppuntFout('bezorgingGestopt', `Dat is zo sinds ${leesbaarMoment(stop.sinds)}.`, {
      naSeconden: GESTOPT_NA_S,
    });
}

const metBase64 = ({ ophalingId, leaseTot, berichten }: Opgehaald) => ({
  ophalingId,
  leaseTot,
  berichten: berichten.map(({ inhoud, ...bericht }) => ({ ...bericht, inhoud: inhoud.toString('base64') })),
});

export const postbusRoutes = (omgeving: Omgeving): readonly Route[] => [
  route({
    methode: 'get',
    pad: `${PAD}/berichten`,
    id: 'bladerPostbus',
    samenvatting: 'Bekijk wat er in de postbus ligt; verandert niets',
    padSchema: PostbusPad,
    vraagSchema: BladerVraag,
    antwoord: { status: 200, schema: Postbus, uitleg: 'Een pagina van de postbus, oudste eerst' },
    async voer({ client, pad, vraag }) {
      const domeinen = eisPostbus(client, pad.code);
      const regels = await blader(omgeving.database, { postbus: pad.code, domeinen, ...vraag });
      const volgende = regels.length === vraag.aantal ? String(regels.at(-1)?.nr) : null;
      return { status: 200, lijf: { berichten: regels.map(({ nr: _, ...regel }) => regel), volgende } };
    },
  }),
  route({
    methode: 'post',
    pad: `${PAD}/ophalingen`,
    id: 'haalPostbusOp',
    samenvatting: 'Haal berichten op; ze blijven in de postbus tot u ze bevestigt',
    padSchema: PostbusPad,
    inhoudSchema: OphalingVerzoek,
    antwoord: { status: 200, schema: Ophaling, uitleg: 'De berichten met hun inhoud; leeg als er niets is' },
    async voer({ client, pad, inhoud, res }) {
      const deel = { postbus: pad.code, domeinen: eisPostbus(client, pad.code) };
      const vraag = { ...deel, aantal: inhoud.aantal, leaseSeconden: inhoud.leaseSeconden, actor: client.id };
      const sleutel = postbussleutel(deel);
      const weg = signaalVan(res);
      const tot = performance.now() + inhoud.wachtSeconden * 1000;
      await eisBezorging(omgeving, pad.code);
      let ophaling = await haalOp(omgeving.database, omgeving.sleutels, vraag);
      // Another poller can be quicker; then wait on, for what is left of the time.
      while (ophaling.berichten.length === 0 && (await omgeving.opPost.wacht(sleutel, tot - performance.now(), weg))) {
        await eisBezorging(omgeving, pad.code);
        ophaling = await haalOp(omgeving.database, omgeving.sleutels, vraag);
      }
      return { status: 200, lijf: metBase64(ophaling) };
    },
  }),
  route({
    methode: 'post',
    pad: `${PAD}/bevestigingen`,
    id: 'bevestigBerichten',
    samenvatting: 'Bevestig dat u berichten hebt; mag herhaald worden',
    padSchema: PostbusPad,
    inhoudSchema: BevestigingVerzoek,
    antwoord: { status: 200, schema: Bevestiging, uitleg: 'Wat nu bevestigd is, en wat niet in deze postbus ligt' },
    async voer({ client, pad, inhoud }) {
      const bevestigd = await bevestig(omgeving.database, {
        postbus: pad.code,
        domeinen: eisPostbus(client, pad.code),
        berichtIds: inhoud.berichtIds,
        actor: client.id,
      });
      return {
        status: 200,
        lijf: { bevestigd: [...bevestigd], onbekend: inhoud.berichtIds.filter((id) => !bevestigd.has(id)) },
      };
    },
  }),
];
