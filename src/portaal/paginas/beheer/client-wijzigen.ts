/** The operator gives a client a new secret or other keys, or withdraws it. */
import { z } from 'zod';
import { KnooppuntFout } from '../../../fouten.ts';
import type { Omgeving } from '../../../http/omgeving.ts';
import { wijziger } from '../../../http/wijziger.ts';
import { type Clientoverzicht, draaiGeheim, draaiSleutels, trekClientIn } from '../../../toegang/clientbeheer.ts';
import { leesClientsleutels } from '../../../toegang/clientsleutels.ts';
import { html } from '../../html.ts';
import { alinea, formulier, inleiding, keuzelijst, tekstvak } from '../../onderdelen.ts';
import { aantal } from '../../opmaak.ts';
import type { Pagina, Paginaverzoek } from '../../pagina.ts';
import { CLIENTS, clientpad, eenClient } from './clients.ts';
import { geheimscherm } from './geheim-scherm.ts';
import { BEHEER, fouten, nakijkknop, Reden, redenveld, wijzigpaginas } from './wijziging.ts';

/** How long the old secret goes on, so that its owner can change without being shut out. */
const OVERLAP = {
  '168': 'nog 7 dagen (aanbevolen)',
  '24': 'nog 1 dag',
  '720': 'nog 30 dagen',
  '0': 'vervalt meteen: het is gelekt',
} as const;
type Uren = keyof typeof OVERLAP;
/** In the order in which they are offered; keys that are numbers have an order of their own. */
const UREN: readonly [Uren, ...Uren[]] = ['168', '24', '720', '0'];

const Geheim = z.object({ overlap: z.enum(UREN, 'Kies hoelang het oude geheim blijft werken.'), reden: Reden });
const Sleutels = z.object({
  sleutels: z.string().trim().min(1, 'Plak hier de openbare sleutels.').max(20_000, 'Dit is te lang.'),
  reden: Reden,
});
const Intrekken = z.object({ reden: Reden });

export function clientWijzigen(omgeving: Omgeving): readonly Pagina[] {
  const { database } = omgeving;
  /** @throws KnooppuntFout nietGevonden, also when it was withdrawn */
  async function actieve({ pad: { id = '' } }: Pick<Paginaverzoek, 'pad'>): Promise<Clientoverzicht> {
    const client = await eenClient(omgeving, id);
    if (client.ingetrokkenOp) throw new KnooppuntFout('nietGevonden');
    return client;
  }
  const kruimels = (id: string) => [BEHEER, CLIENTS, { naam: id, pad: clientpad(id) }];

  return [
    ...wijzigpaginas<z.infer<typeof Geheim>>({
      id: 'beheer-client-geheim',
      pad: '/beheer/clients/:id/geheim',
      toegang: 'beheerder',
      schema: Geheim,
      async vorm(verzoek, terug) {
        const { id, geheimen } = await actieve(verzoek);
        return {
          titel: 'Nieuw geheim geven',
          kruimels: kruimels(id),
          inhoud: html`
${fouten(terug)}
${inleiding(geheimen > 0 ? `${id} krijgt een nieuw geheim naast het oude. Zo kan de overstap zonder onderbreking.` : `${id} krijgt een geheim om mee aan te melden.`)}
${formulier(
  verzoek,
  keuzelijst({
    naam: 'overlap',
    label: 'Het oude geheim',
    verplicht: true,
    waarde: '168',
    keuzes: UREN.map((waarde) => ({ waarde, tekst: OVERLAP[waarde] })),
    ...terug,
  }),
  redenveld(terug),
  nakijkknop(),
)}`,
        };
      },
      async kijkNa(verzoek, { overlap }) {
        const { id, geheimen } = await actieve(verzoek);
        return {
          titel: 'Klopt dit?',
          kruimels: kruimels(id),
          verschillen: [
            { wat: 'Nieuw geheim', nu: '-', wordt: 'werkt binnen 5 seconden' },
            ...(geheimen > 0 ? [{ wat: 'Laatste geheim', nu: 'werkt', wordt: OVERLAP[overlap] }] : []),
            ...(geheimen > 1
              ? [{ wat: 'Oudere geheimen', nu: aantal(geheimen - 1, 'werkt', 'werken'), wordt: 'vervallen meteen' }]
              : []),
          ],
          gevolgen: ['U ziet het nieuwe geheim in de volgende stap, één keer.'],
          ...(overlap === '0' &&
            geheimen > 0 && { gevaar: 'Het systeem kan niet meer aanmelden tot het nieuwe geheim is ingevoerd.' }),
          knop: 'Geheim maken',
        };
      },
      async doe(verzoek, { overlap, reden }) {
        const { id, geheimen } = await actieve(verzoek);
        const geheim = await wijziger(omgeving)(verzoek.gebruiker.client, (actor) =>
          draaiGeheim(database, { actor, reden }, id, Number(overlap)),
        );
        return geheimscherm(id, geheim, geheimen > 0 ? alinea(`Het oude geheim: ${OVERLAP[overlap]}.`) : undefined);
      },
    }),
    ...wijzigpaginas<z.infer<typeof Sleutels>>({
      id: 'beheer-client-sleutels',
      pad: '/beheer/clients/:id/sleutels',
      toegang: 'beheerder',
      schema: Sleutels,
      async vorm(verzoek, terug) {
        const { id } = await actieve(verzoek);
        return {
          titel: 'Sleutels vervangen',
          kruimels: kruimels(id),
          inhoud: html`
${fouten(terug)}
${inleiding('Wat u hier plakt, komt in de plaats van alle sleutels die er nu zijn. Zet voor een overstap de oude en de nieuwe er samen in.')}
${formulier(
  verzoek,
  tekstvak({
    naam: 'sleutels',
    label: 'Openbare sleutels',
    uitleg: 'Een JWK Set met 1 tot 5 openbare sleutels, elk met een kid.',
    verplicht: true,
    regels: 8,
    ...terug,
  }),
  redenveld(terug),
  nakijkknop(),
)}`,
        };
      },
      async kijkNa(verzoek, ingevuld) {
        const { id, sleutels } = await actieve(verzoek);
        const kids = leesClientsleutels(ingevuld.sleutels).keys.map(({ kid }) => kid);
        return {
          titel: 'Klopt dit?',
          kruimels: kruimels(id),
          verschillen: [{ wat: 'Sleutels', nu: sleutels.join(', ') || 'geen', wordt: kids.join(', ') }],
          gevolgen: ['Een sleutel die er niet meer bij staat, werkt binnen 5 seconden niet meer.'],
          gevaar: 'Klopt een sleutel niet, dan kan het systeem niet meer aanmelden.',
          knop: 'Sleutels vervangen',
        };
      },
      async doe(verzoek, { sleutels, reden }) {
        const { id } = await actieve(verzoek);
        const set = leesClientsleutels(sleutels);
        await wijziger(omgeving)(verzoek.gebruiker.client, (actor) =>
          draaiSleutels(database, { actor, reden }, id, set),
        );
        return { naar: clientpad(id), melding: { soort: 'ok', tekst: 'De sleutels zijn vervangen.' } };
      },
    }),
    ...wijzigpaginas<z.infer<typeof Intrekken>>({
      id: 'beheer-client-intrekken',
      pad: '/beheer/clients/:id/intrekken',
      toegang: 'beheerder',
      schema: Intrekken,
      async vorm(verzoek, terug) {
        const { id } = await actieve(verzoek);
        return {
          titel: 'Client intrekken',
          kruimels: kruimels(id),
          inhoud: html`
${fouten(terug)}
${inleiding(`${id} kan daarna niet meer aanmelden, op geen enkele manier.`)}
${formulier(verzoek, redenveld(terug), nakijkknop())}`,
        };
      },
      async kijkNa(verzoek) {
        const { id, namens } = await actieve(verzoek);
        return {
          titel: 'Klopt dit?',
          kruimels: kruimels(id),
          verschillen: [{ wat: id, nu: `actief, namens ${namens.join(', ') || 'niemand'}`, wordt: 'ingetrokken' }],
          gevolgen: [
            'Alle geheimen, sleutels en tokens van deze client vervallen binnen 5 seconden.',
            'Berichten die al zijn verstuurd, gaan gewoon door. De postbus blijft staan.',
            'De naam wordt nooit opnieuw gebruikt. Het OIN en het certificaat kunnen wel naar een andere client.',
          ],
          gevaar: 'Dit kunt u niet terugdraaien.',
          knop: 'Client intrekken',
        };
      },
      async doe(verzoek, { reden }) {
        const { id } = await actieve(verzoek);
        await wijziger(omgeving)(verzoek.gebruiker.client, (actor) => trekClientIn(database, { actor, reden }, id));
        return { naar: CLIENTS.pad, melding: { soort: 'ok', tekst: `De client ${id} is ingetrokken.` } };
      },
    }),
  ];
}
