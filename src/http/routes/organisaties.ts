/** How an organisation wants its messages checked and answered. */
import { KnooppuntFout } from '../../fouten.ts';
import { wijzigInstelling } from '../../routering/instelling-wijzigen.ts';
import { leesInstelling } from '../../routering/instellingen.ts';
import type { Domein } from '../../standards/catalogus.ts';
import { eisBevoegd } from '../../toegang/bevoegdheid.ts';
import type { Omgeving } from '../omgeving.ts';
import { type Route, route } from '../route.ts';
import { Instelling, InstellingPad, InstellingWijziging } from '../schemas.ts';

const PAD = '/v1/organisaties/{code}/instellingen/{domein}';

async function eisBekend(omgeving: Omgeving, code: string): Promise<void> {
  if (!(await omgeving.routering.bestaat(code))) throw new KnooppuntFout('nietGevonden');
}

export const organisatieRoutes = (omgeving: Omgeving): readonly Route[] => [
  route({
    methode: 'get',
    pad: PAD,
    id: 'leesInstelling',
    samenvatting: 'De instelling van een organisatie voor een domein',
    padSchema: InstellingPad,
    antwoord: { status: 200, schema: Instelling, uitleg: 'De instelling; de standaardwaarden als er niets gekozen is' },
    async voer({ client, pad }) {
      const domein = pad.domein as Domein;
      eisBevoegd(client, 'instelling lezen', pad.code, domein);
      await eisBekend(omgeving, pad.code);
      return { status: 200, lijf: await leesInstelling(omgeving.database.pool, pad.code, domein) };
    },
  }),
  route({
    methode: 'put',
    pad: PAD,
    id: 'wijzigInstelling',
    samenvatting: 'Wijzig de instelling; wat u weglaat blijft zoals het is',
    padSchema: InstellingPad,
    inhoudSchema: InstellingWijziging,
    antwoord: {
      status: 200,
      schema: Instelling,
      uitleg: 'De instelling zoals ze nu is; geldt vanaf het eerstvolgende bericht',
    },
    async voer({ client, pad, inhoud: { reden, ...keuze } }) {
      const domein = pad.domein as Domein;
      eisBevoegd(client, 'instelling wijzigen', pad.code, domein);
      const opdracht = { actor: client.id, reden };
      return { status: 200, lijf: await wijzigInstelling(omgeving.database, opdracht, pad.code, domein, keuze) };
    },
  }),
];
