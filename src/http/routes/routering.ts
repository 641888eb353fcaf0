/** Routering, for the operator: organisations, machtigingen, windows and freezes. Every change has a reden and takes effect at once here. */
import { eisDoel } from '../../bezorging/doelen.ts';
import { KnooppuntFout } from '../../fouten.ts';
import { hefBevriezingOp, kondigBevriezingAan, leesBevriezingen } from '../../routering/bevriezingen.ts';
import { bladerKaarten, leesKaart } from '../../routering/kaartenbak.ts';
import { wijzigKaart } from '../../routering/kaartwijziging.ts';
import { geefMachtiging, leesMachtigingen, trekMachtigingIn } from '../../routering/machtigingen.ts';
import { bewaarVensters, leesVensters } from '../../routering/vensters.ts';
import { eisBeheerder } from '../../toegang/bevoegdheid.ts';
import type { Omgeving } from '../omgeving.ts';
import { type Route, route } from '../route.ts';
import * as vorm from '../routering-schemas.ts';
import { wijziger } from '../wijziger.ts';

const PAD = '/v1/beheer';
const ORGANISATIE = `${PAD}/organisaties/{code}`;

type Nodig = Pick<Omgeving, 'database' | 'routering' | 'doelen'>;

const momentOf = (tekst: string | null): Date | null => (tekst === null ? null : new Date(tekst));

const organisatieRoutes = (omgeving: Nodig): readonly Route[] => [
  route({
    methode: 'get',
    pad: `${PAD}/organisaties`,
    id: 'leesOrganisaties',
    samenvatting: 'De organisaties, op volgorde van hun code',
    vraagSchema: vorm.OrganisatieVraag,
    antwoord: { status: 200, schema: vorm.Organisaties, uitleg: 'Een pagina van de lijst' },
    async voer({ client, vraag }) {
      eisBeheerder(client);
      const organisaties = await bladerKaarten(omgeving.database.pool, vraag);
      const volgende = organisaties.length === vraag.aantal ? organisaties.at(-1)?.code : null;
      return { status: 200, lijf: { organisaties, volgende } };
    },
  }),
  route({
    methode: 'get',
    pad: ORGANISATIE,
    id: 'leesOrganisatie',
    samenvatting: 'Een organisatie: geldigheid, opvolger, deelname en StUF-eindpunt',
    padSchema: vorm.OrganisatiePad,
    antwoord: { status: 200, schema: vorm.Organisatie, uitleg: 'De organisatie' },
    async voer({ client, pad }) {
      eisBeheerder(client);
      const kaart = await leesKaart(omgeving.database.pool, pad.code);
      if (!kaart) throw new KnooppuntFout('nietGevonden');
      return { status: 200, lijf: kaart };
    },
  }),
  route({
    methode: 'put',
    pad: ORGANISATIE,
    id: 'wijzigOrganisatie',
    samenvatting: 'Voeg een organisatie toe of wijzig haar; wat u weglaat blijft zoals het is',
    padSchema: vorm.OrganisatiePad,
    inhoudSchema: vorm.OrganisatieWijziging,
    antwoord: {
      status: 200,
      schema: vorm.Organisatie,
      uitleg: 'De organisatie zoals ze nu is; geldt binnen 5 seconden',
    },
    async voer({ client, pad, inhoud: { reden, ...wijziging } }) {
      eisBeheerder(client);
      eisDoel(omgeving.doelen, wijziging.stuf?.url);
      const lijf = await wijziger(omgeving)(client, (actor) =>
        wijzigKaart(omgeving.database, { actor, reden }, pad.code, wijziging),
      );
      return { status: 200, lijf };
    },
  }),
];

const machtigingRoutes = (omgeving: Nodig): readonly Route[] => [
  route({
    methode: 'get',
    pad: `${PAD}/machtigingen`,
    id: 'leesMachtigingen',
    samenvatting: 'De machtigingen, ook die voorbij zijn',
    vraagSchema: vorm.MachtigingVraag,
    antwoord: { status: 200, schema: vorm.Machtigingen, uitleg: 'Een pagina van de lijst' },
    async voer({ client, vraag }) {
      eisBeheerder(client);
      const machtigingen = await leesMachtigingen(omgeving.database.pool, vraag);
      const volgende = machtigingen.length === vraag.aantal ? String(machtigingen.at(-1)?.id) : null;
      return { status: 200, lijf: { machtigingen, volgende } };
    },
  }),
  route({
    methode: 'post',
    pad: `${PAD}/machtigingen`,
    id: 'geefMachtiging',
    samenvatting: 'Laat een client voor een organisatie handelen, in een domein; zonder vanaf meteen',
    inhoudSchema: vorm.MachtigingVerzoek,
    antwoord: { status: 201, schema: vorm.Machtiging, uitleg: 'De machtiging' },
    async voer({ client, inhoud: { reden, vanaf, tot, ...wie } }) {
      const nieuw = { ...wie, vanaf: vanaf === undefined ? new Date() : new Date(vanaf), tot: momentOf(tot) };
      const lijf = await wijziger(omgeving)(client, (actor) =>
        geefMachtiging(omgeving.database, { actor, reden }, nieuw),
      );
      return { status: 201, lijf };
    },
  }),
  route({
    methode: 'post',
    pad: `${PAD}/machtigingen/{nummer}/intrekking`,
    id: 'trekMachtigingIn',
    samenvatting: 'Trek een machtiging in, met ingang van nu',
    padSchema: vorm.NummerPad,
    inhoudSchema: vorm.Beeindiging,
    antwoord: { status: 200, schema: vorm.Machtiging, uitleg: 'De machtiging zoals ze nu is' },
    async voer({ client, pad, inhoud: { reden } }) {
      const [lijf] = await wijziger(omgeving)(client, (actor) =>
        trekMachtigingIn(omgeving.database, { actor, reden }, { id: pad.nummer }, new Date()),
      );
      if (!lijf)
        throw new KnooppuntFout('nietGevonden', 'Er is geen machtiging met dit nummer die nog geldt of nog komt.');
      return { status: 200, lijf };
    },
  }),
];

const vensterRoutes = (omgeving: Nodig): readonly Route[] => [
  route({
    methode: 'get',
    pad: `${PAD}/vensters`,
    id: 'leesVensters',
    samenvatting: 'Per berichtsoort en release wanneer zij verstuurd mag worden',
    antwoord: { status: 200, schema: vorm.Vensterlijst, uitleg: 'Alle berichtsoorten die het knooppunt kent' },
    async voer({ client }) {
      eisBeheerder(client);
      return { status: 200, lijf: { berichtsoorten: await leesVensters(omgeving.database.pool) } };
    },
  }),
  route({
    methode: 'put',
    pad: `${PAD}/vensters/{berichtsoort}/{release}`,
    id: 'wijzigVensters',
    samenvatting: 'Vervang de vensters van een berichtsoort en release; zonder venster mag zij nooit',
    padSchema: vorm.VensterPad,
    inhoudSchema: vorm.VenstersWijziging,
    antwoord: { status: 200, schema: vorm.Vensters, uitleg: 'De vensters zoals ze nu zijn' },
    async voer({ client, pad, inhoud: { reden, vensters } }) {
      const nieuw = vensters.map(({ vanaf, tot }) => ({ vanaf: new Date(vanaf), tot: momentOf(tot) }));
      const lijf = await wijziger(omgeving)(client, (actor) =>
        bewaarVensters(omgeving.database, { actor, reden }, { ...pad, vensters: nieuw }),
      );
      return { status: 200, lijf };
    },
  }),
];

const bevriezingRoutes = (omgeving: Nodig): readonly Route[] => [
  route({
    methode: 'get',
    pad: '/v1/bevriezingen',
    id: 'leesAangekondigdeBevriezingen',
    samenvatting: 'De bevriezingen die nu gelden of zijn aangekondigd',
    antwoord: { status: 200, schema: vorm.Bevriezingen, uitleg: 'De bevriezingen, eerste begin eerst' },
    async voer() {
      return { status: 200, lijf: { bevriezingen: await leesBevriezingen(omgeving.database.pool, new Date()) } };
    },
  }),
  route({
    methode: 'get',
    pad: `${PAD}/bevriezingen`,
    id: 'leesBevriezingen',
    samenvatting: 'Alle bevriezingen, ook die voorbij zijn',
    antwoord: { status: 200, schema: vorm.Bevriezingen, uitleg: 'De bevriezingen, eerste begin eerst' },
    async voer({ client }) {
      eisBeheerder(client);
      return { status: 200, lijf: { bevriezingen: await leesBevriezingen(omgeving.database.pool) } };
    },
  }),
  route({
    methode: 'post',
    pad: `${PAD}/bevriezingen`,
    id: 'kondigBevriezingAan',
    samenvatting: 'Kondig een bevriezing aan, op de minuut; retouren mogen tot het venster van hun heenbericht sluit',
    inhoudSchema: vorm.BevriezingVerzoek,
    antwoord: { status: 201, schema: vorm.Bevriezing, uitleg: 'De bevriezing; de reden is voor iedereen te lezen' },
    async voer({ client, inhoud: { reden, vanaf, tot, ...wat } }) {
      const nieuw = { ...wat, vanaf: new Date(vanaf), tot: momentOf(tot) };
      const lijf = await wijziger(omgeving)(client, (actor) =>
        kondigBevriezingAan(omgeving.database, { actor, reden }, nieuw, new Date()),
      );
      return { status: 201, lijf };
    },
  }),
  route({
    methode: 'post',
    pad: `${PAD}/bevriezingen/{nummer}/opheffing`,
    id: 'hefBevriezingOp',
    samenvatting: 'Hef een bevriezing op, met ingang van nu',
    padSchema: vorm.NummerPad,
    inhoudSchema: vorm.Beeindiging,
    antwoord: { status: 200, schema: vorm.Bevriezing, uitleg: 'De bevriezing zoals ze nu is' },
    async voer({ client, pad, inhoud: { reden } }) {
      const lijf = await wijziger(omgeving)(client, (actor) =>
        hefBevriezingOp(omgeving.database, { actor, reden }, pad.nummer, new Date()),
      );
      return { status: 200, lijf };
    },
  }),
];

/** @returns the routes of routering: all for the operator, but for the freezes that everybody must know of */
export const routeringRoutes = (omgeving: Nodig): readonly Route[] => [
  ...organisatieRoutes(omgeving),
  ...machtigingRoutes(omgeving),
  ...vensterRoutes(omgeving),
  ...bevriezingRoutes(omgeving),
];
