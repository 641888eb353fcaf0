/** Where the switch pushes the messages of an organisation to, and the switch that stops it. For the operator. */
import { z } from 'zod';
import { eisDoel } from '../../../bezorging/doelen.ts';
import { hervat } from '../../../bezorging/hervatten.ts';
import { KnooppuntFout } from '../../../fouten.ts';
import type { Omgeving } from '../../../http/omgeving.ts';
import { wijziger } from '../../../http/wijziger.ts';
import type { Kaart } from '../../../routering/kaart.ts';
import { leesKaart } from '../../../routering/kaartenbak.ts';
import { wijzigKaart } from '../../../routering/kaartwijziging.ts';
import { eisBeheerder } from '../../../toegang/bevoegdheid.ts';
import { html } from '../../html.ts';
import { formulier, inleiding, keuzes, tekstveld } from '../../onderdelen.ts';
import { aantal } from '../../opmaak.ts';
import type { Pagina, Paginaverzoek } from '../../pagina.ts';
import { ORGANISATIES } from './organisaties.ts';
import {
  BEHEER,
  eisVerschil,
  fouten,
  nakijkknop,
  Reden,
  redenveld,
  verschillenVan,
  wijzigpaginas,
} from './wijziging.ts';

type Stuf = NonNullable<Kaart['stuf']>;
const NIEUW: Stuf = { url: '', gestopt: false, budgetPerMinuut: 60 };
const BUDGET = 'Vul een heel getal in van 1 tot en met 100000.';

const Formulier = z.object({
  url: z.string().trim().max(500, 'Een adres heeft hoogstens 500 tekens.'),
  bezorgen: z.enum(['aan', 'gestopt'], 'Kies of het knooppunt bezorgt.'),
  budgetPerMinuut: z.coerce.number(BUDGET).int(BUDGET).min(1, BUDGET).max(1e5, BUDGET),
  reden: Reden,
});
type Formulier = z.infer<typeof Formulier>;
const Opnieuw = z.object({ reden: Reden });

const leesbaar = (stuf: Stuf | null) => ({
  url: stuf?.url ?? 'geen',
  bezorgen: stuf === null ? 'geen eindpunt' : stuf.gestopt ? 'gestopt' : 'aan',
  budget: stuf === null ? '-' : aantal(stuf.budgetPerMinuut, 'bericht', 'berichten'),
});

/** null: no address, so no endpoint any more. */
const gekozen = ({ url, bezorgen, budgetPerMinuut }: Formulier): Stuf | null =>
  url === '' ? null : { url, gestopt: bezorgen === 'gestopt', budgetPerMinuut };

const gevolgen = (was: Stuf | null, wordt: Stuf | null): readonly string[] => [
  ...(wordt === null
    ? ['Het knooppunt biedt niets meer aan. Alles blijft in de postbus tot de organisatie het ophaalt.']
    : []),
  ...(wordt?.gestopt && !was?.gestopt
    ? ['Nieuwe berichten wachten in de postbus. Er raakt niets kwijt, en de termijn voor onbestelbaar loopt niet.']
    : []),
  ...(was?.gestopt && wordt && !wordt.gestopt
    ? ['Alles wat wacht, wordt binnen een minuut aangeboden, in volgorde.']
    : []),
  ...(was && wordt && was.url !== wordt.url
    ? ['Berichten gaan naar een ander adres. Ga na of dat adres van deze organisatie is: er staan persoonsgegevens in.']
    : []),
  ...(!was && wordt ? ['Zet daarna per domein de route op “Ook bezorgen bij het StUF-eindpunt”.'] : []),
];

export function bezorgpaginas(omgeving: Omgeving): readonly Pagina[] {
  const { database, doelen } = omgeving;
  async function kaartVan({ pad: { code = '' } }: Pick<Paginaverzoek, 'pad'>): Promise<Kaart> {
    const kaart = await leesKaart(database.pool, code);
    if (!kaart) throw new KnooppuntFout('nietGevonden');
    return kaart;
  }
  const kruimels = ({ code, naam }: Kaart) => [BEHEER, ORGANISATIES, { naam, pad: `${ORGANISATIES.pad}/${code}` }];

  return [
    ...wijzigpaginas<Formulier>({
      id: 'beheer-bezorging',
      pad: '/beheer/organisaties/:code/bezorging',
      toegang: 'beheerder',
      schema: Formulier,
      async vorm(verzoek, terug) {
        const kaart = await kaartVan(verzoek);
        const nu = kaart.stuf ?? NIEUW;
        return {
          titel: 'Bezorgen bij het eigen systeem',
          kruimels: kruimels(kaart),
          inhoud: html`
${fouten(terug)}
${inleiding(`Het StUF-eindpunt van ${kaart.naam}: het adres waar het knooppunt berichten aanbiedt.`)}
${formulier(
  verzoek,
  tekstveld({
    naam: 'url',
    label: 'Adres',
    uitleg: 'Begint met https://. Laat het leeg als er geen eindpunt is.',
    type: 'url',
    waarde: nu.url,
    ...terug,
  }),
  keuzes({
    soort: 'radio',
    naam: 'bezorgen',
    label: 'Bezorgen',
    waarde: nu.gestopt ? 'gestopt' : 'aan',
    keuzes: [
      { waarde: 'aan', tekst: 'Aan', uitleg: 'Het knooppunt biedt berichten aan zodra ze klaar zijn.' },
      { waarde: 'gestopt', tekst: 'Gestopt', uitleg: 'Er wordt niets aangeboden. Berichten wachten in de postbus.' },
    ],
    ...terug,
  }),
  tekstveld({
    naam: 'budgetPerMinuut',
    label: 'Hoogste aantal berichten per minuut',
    verplicht: true,
    inputmode: 'numeric',
    breedte: 8,
    waarde: String(nu.budgetPerMinuut),
    ...terug,
  }),
  redenveld(terug),
  nakijkknop(),
)}`,
        };
      },
      async kijkNa(verzoek, ingevuld) {
        const kaart = await kaartVan(verzoek);
        const wordt = gekozen(ingevuld);
        eisDoel(doelen, wordt?.url);
        const [a, b] = [leesbaar(kaart.stuf), leesbaar(wordt)];
        return {
          titel: 'Klopt dit?',
          kruimels: kruimels(kaart),
          verschillen: eisVerschil(
            verschillenVan([
              ['Adres', a.url, b.url],
              ['Bezorgen', a.bezorgen, b.bezorgen],
              ['Hoogstens per minuut', a.budget, b.budget],
            ]),
          ),
          gevolgen: gevolgen(kaart.stuf, wordt),
          ...((wordt === null || (kaart.stuf && wordt.url !== kaart.stuf.url)) && {
            gevaar: 'Dit verandert waar vertrouwelijke berichten heen gaan.',
          }),
          knop: 'Bezorging wijzigen',
        };
      },
      async doe(verzoek, ingevuld) {
        const { code } = await kaartVan(verzoek);
        const stuf = gekozen(ingevuld);
        eisDoel(doelen, stuf?.url);
        await wijziger(omgeving)(verzoek.gebruiker.client, (actor) =>
          wijzigKaart(database, { actor, reden: ingevuld.reden }, code, { stuf }),
        );
        return { naar: `${ORGANISATIES.pad}/${code}`, melding: { soort: 'ok', tekst: 'De bezorging is gewijzigd.' } };
      },
    }),
    ...wijzigpaginas<z.infer<typeof Opnieuw>>({
      id: 'beheer-bezorging-opnieuw',
      pad: '/beheer/organisaties/:code/bezorging/opnieuw',
      toegang: 'beheerder',
      schema: Opnieuw,
      async vorm(verzoek, terug) {
        const kaart = await kaartVan(verzoek);
        return {
          titel: 'Alles opnieuw proberen',
          kruimels: kruimels(kaart),
          inhoud: html`
${fouten(terug)}
${inleiding(`Is een storing bij ${kaart.naam} verholpen? Dan hoeft u niet te wachten op de volgende poging.`)}
${formulier(verzoek, redenveld(terug), nakijkknop())}`,
        };
      },
      async kijkNa(verzoek) {
        const kaart = await kaartVan(verzoek);
        return {
          titel: 'Klopt dit?',
          kruimels: kruimels(kaart),
          verschillen: [{ wat: 'Volgende poging', nu: 'volgens schema', wordt: 'meteen' }],
          gevolgen: ['Ook berichten die onbestelbaar waren, worden opnieuw aangeboden.'],
          knop: 'Nu opnieuw proberen',
        };
      },
      async doe(verzoek, { reden }) {
        const { code } = await kaartVan(verzoek);
        const { client } = verzoek.gebruiker;
        eisBeheerder(client);
        const gedaan = await hervat(database, { organisatie: code, actor: client.id, reden, nu: new Date() });
        if (!gedaan) throw new KnooppuntFout('invoerOngeldig', 'Deze organisatie heeft geen eindpunt.');
        return {
          naar: `${ORGANISATIES.pad}/${code}`,
          melding: {
            soort: 'ok',
            tekst: `${aantal(gedaan.berichten, 'bericht wordt', 'berichten worden')} opnieuw aangeboden.`,
          },
        };
      },
    }),
  ];
}
