/** Machine clients, for the operator: what they are, and one client with what can be done with it. */
import { KnooppuntFout } from '../../../fouten.ts';
import type { Omgeving } from '../../../http/omgeving.ts';
import { leesMachtigingen } from '../../../routering/machtigingen.ts';
import { leesNamen } from '../../../routering/namen.ts';
import { type Clientoverzicht, leesClients } from '../../../toegang/clientbeheer.ts';
import { leesGemachtigden } from '../../../toegang/gebruikers/gemachtigden.ts';
import { type Html, html } from '../../html.ts';
import {
  alinea,
  code,
  gegevens,
  inleiding,
  knoppen,
  knopVerwijzing,
  kop,
  leeg,
  melding,
  merk,
  tabel,
  verwijzing,
} from '../../onderdelen.ts';
import { aantal, tijd } from '../../opmaak.ts';
import { type Pagina, pagina } from '../../pagina.ts';
import { machtigingtabel } from './machtigingtabel.ts';
import { ORGANISATIES } from './organisaties.ts';
import { BEHEER } from './wijziging.ts';

export const CLIENTS = { naam: 'Clients', pad: '/portaal/beheer/clients' } as const;
export const clientpad = (id: string): string => `${CLIENTS.pad}/${encodeURIComponent(id)}`;

/** @throws KnooppuntFout nietGevonden */
export async function eenClient({ database }: Pick<Omgeving, 'database'>, id: string): Promise<Clientoverzicht> {
  const [client] = await leesClients(database.pool, id);
  if (!client) throw new KnooppuntFout('nietGevonden');
  return client;
}

const stand = ({ ingetrokkenOp }: Clientoverzicht): Html =>
  ingetrokkenOp ? merk('ingetrokken', 'neutraal') : merk('actief', 'goed');

/** How it can come in, in words. */
function manieren({ geheimen, sleutels, oins, certificaten, extern }: Clientoverzicht): string {
  const delen = [
    geheimen > 0 && (geheimen === 1 ? 'geheim' : `${geheimen} geheimen`),
    sleutels.length > 0 && 'sleutels',
    oins.length > 0 && 'OIN',
    certificaten.length > 0 && 'certificaat',
    extern.length > 0 && 'andere uitgever',
  ].filter((deel) => deel !== false);
  return delen.join(', ') || 'niet';
}

const bijzonder = ({ beheerder, wlzRegister, landelijk }: Clientoverzicht): readonly Html[] => [
  ...(beheerder ? [merk('beheerder', 'let-op')] : []),
  ...(wlzRegister ? [merk('levert Wlz-register', 'info')] : []),
  ...(landelijk ? [merk('ziet landelijke cijfers', 'info')] : []),
];

const lijst = (waarden: readonly string[]): Html | null =>
  waarden.length === 0
    ? null
    : html`<ul class="kp-lijst">${waarden.map((waarde) => html`<li class="kp-breekbaar">${code(waarde)}</li>`)}</ul>`;

export const clientpaginas = ({ database }: Pick<Omgeving, 'database'>): readonly Pagina[] => [
  pagina({
    methode: 'get',
    pad: '/beheer/clients',
    id: 'beheer-clients',
    toegang: 'beheerder',
    async voer() {
      const clients = (await leesClients(database.pool)).toSorted(
        (a, b) => Number(a.ingetrokkenOp !== null) - Number(b.ingetrokkenOp !== null),
      );
      return {
        titel: CLIENTS.naam,
        kruimels: [BEHEER],
        breed: true,
        inhoud: html`
${inleiding('Een client is een systeem dat zelf aanmeldt: van een gemeente, een aanbieder of een softwareleverancier.')}
${knoppen(knopVerwijzing(`${CLIENTS.pad}/nieuw`, 'Client toevoegen'))}
${
  clients.length === 0
    ? leeg('Er zijn nog geen clients', 'Voeg er een toe als een organisatie haar systeem wil koppelen.')
    : tabel<Clientoverzicht>({
        titel: CLIENTS.naam,
        titelVerborgen: true,
        rijen: clients,
        kolommen: [
          { kop: 'Naam', rijkop: true, cel: ({ id }) => verwijzing(clientpad(id), id) },
          { kop: 'Namens', cel: ({ namens }) => namens.join(', ') || 'niemand' },
          { kop: 'Meldt zich aan met', cel: manieren },
          { kop: 'Bijzonder', cel: bijzonder },
          { kop: 'Stand', cel: stand },
          { kop: 'Gemaakt', cel: ({ gemaaktOp }) => tijd(gemaaktOp) },
        ],
      })
}`,
      };
    },
  }),
  pagina({
    methode: 'get',
    pad: '/beheer/clients/:id',
    id: 'beheer-client',
    toegang: 'beheerder',
    async voer({ pad: { id = '' } }) {
      const client = await eenClient({ database }, id);
      const [machtigingen, namen] = await Promise.all([
        leesMachtigingen(database.pool, { client: id }).then((rijen) => leesGemachtigden(database.pool, rijen)),
        leesNamen(database.pool, client.namens),
      ]);
      const { namens, geheimen, sleutels, oins, certificaten, extern, gemaaktOp, ingetrokkenOp } = client;
      const acties = [
        knopVerwijzing(`${clientpad(id)}/geheim`, geheimen > 0 ? 'Nieuw geheim geven' : 'Geheim geven', {
          soort: 'secondary',
        }),
        knopVerwijzing(`${clientpad(id)}/sleutels`, 'Sleutels vervangen', { soort: 'secondary' }),
        knopVerwijzing(`${clientpad(id)}/intrekken`, 'Client intrekken', { soort: 'secondary', gevaar: true }),
      ];
      return {
        titel: id,
        kruimels: [BEHEER, CLIENTS],
        inhoud: html`
${ingetrokkenOp ? melding('info', 'Deze client is ingetrokken', alinea('Zij kan niet meer aanmelden. De naam wordt niet opnieuw gebruikt.')) : null}
${gegevens([
  ['Stand', html`${stand(client)}${ingetrokkenOp ? html` sinds ${tijd(ingetrokkenOp)}` : null}`],
  [
    'Handelt namens',
    namens.length === 0
      ? 'niemand'
      : html`<ul class="kp-lijst">${namens.map((een) => html`<li>${verwijzing(`${ORGANISATIES.pad}/${een}`, `${namen.get(een) ?? 'Onbekend'} (${een})`)}</li>`)}</ul>`,
  ],
  ['Bijzonder', bijzonder(client).length > 0 ? bijzonder(client) : null],
  ['Geheimen', geheimen > 0 ? aantal(geheimen, 'geldig geheim', 'geldige geheimen') : 'geen'],
  ['Sleutels', lijst(sleutels)],
  ['OIN', lijst(oins)],
  ['Certificaten (SHA-256)', lijst(certificaten)],
  ['Bij een andere uitgever', lijst(extern)],
  ['Gemaakt', tijd(gemaaktOp)],
])}
${ingetrokkenOp ? null : knoppen(acties)}
${kop(2, 'Machtigingen')}
${machtigingen.length === 0 ? leeg('Geen machtigingen', 'Deze client handelt alleen voor de organisaties hierboven.') : machtigingtabel(machtigingen, { beheerder: true, metOrganisatie: true })}
${ingetrokkenOp ? null : knoppen(knopVerwijzing(`/portaal/beheer/machtigingen/nieuw?client=${encodeURIComponent(id)}`, 'Machtiging geven', { soort: 'secondary' }))}`,
      };
    },
  }),
];
