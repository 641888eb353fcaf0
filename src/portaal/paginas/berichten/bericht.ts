/** One message: its journey, what belongs with it, what is wrong with it, and what is expected next and when. */
import { KnooppuntFout } from '../../../fouten.ts';
import type { Omgeving } from '../../../http/omgeving.ts';
import { volg } from '../../../http/volgen.ts';
import { inhoudVoor, leestNamens } from '../../../http/zicht.ts';
import { laadKalender } from '../../../koppeling/feestdagen.ts';
import type { VerwachteStap } from '../../../koppeling/stap.ts';
import { bevestig } from '../../../postbus/postbus.ts';
import { leesNamen } from '../../../routering/namen.ts';
import { datum } from '../../../tijd.ts';
import { eisPostbus, handeltNamens, magZien } from '../../../toegang/bevoegdheid.ts';
import type { BerichtStand } from '../../../verwerking/stand.ts';
import type { Stap as Spoorstap } from '../../../verwerking/stappen.ts';
import {
  type Antwoordoordeel,
  leesBevindingen,
  leesOordelen,
  lichtToe,
  type Paar,
  type Toelichting,
  type Verwant,
} from '../../../verwerking/volgen.ts';
import { type Html, html } from '../../html.ts';
import { bevinding, bron, heelBericht } from '../../onderdelen/bevindingen.ts';
import {
  alinea,
  code,
  formulier,
  gegevens,
  kaart,
  knop,
  knoppen,
  knopVerwijzing,
  kop,
  melding,
  raster,
  type Stap,
  tabel,
  tijdlijn,
  verwijzing,
} from '../../onderdelen.ts';
import { datumLang, omvang, tijd, tijdstipPrecies } from '../../opmaak.ts';
import { type Pagina, pagina } from '../../pagina.ts';
import { DOMEINNAAM, NIVEAUS, organisatie, soortVoluit, standmerk, stapwoord, VERWACHT } from '../../woorden.ts';
import { antwoordmelding, beurt, oordeel, oordeelmerk } from './meldingen.ts';
import { eigenBericht } from './soorten.ts';

type Namen = ReadonlyMap<string, string>;
const KRUIMELS = [{ naam: 'Berichten', pad: '/portaal/berichten' }];
const padVan = (id: string): string => `/portaal/berichten/${id}`;

function verwachting({ stap, door, antwoorden, uiterlijk }: VerwachteStap, namen: Namen, vandaag: string): Stap {
  const soorten = antwoorden.map((soort) => soortVoluit(soort)).join(' of ');
  const teLaat = uiterlijk !== null && uiterlijk < vandaag;
  const termijn =
    uiterlijk === null
      ? null
      : html`${teLaat ? 'had uiterlijk' : 'uiterlijk'} ${datumLang(uiterlijk)}${teLaat ? ' gemoeten' : ''}`;
  const antwoord = stap !== 'beantwoorden' && antwoorden.length > 0 ? html`Daarna: ${soorten}, ${termijn}` : undefined;
  return {
    titel: stap === 'beantwoorden' && soorten ? soorten : (VERWACHT[stap] ?? stap),
    wanneer: html`Nog te doen door ${organisatie(door, namen)}${stap === 'beantwoorden' && termijn ? html`, ${termijn}` : null}`,
    verwacht: true,
    ...(antwoord && { tekst: antwoord }),
  };
}

const reis = (stappen: readonly Spoorstap[], verwacht: VerwachteStap | null, namen: Namen, vandaag: string): Html =>
  tijdlijn([
    ...stappen.map(({ stap, tijdstip, actor }): Stap => {
      const [titel, toon] = stapwoord(stap);
      const door = namen.has(actor) || actor === 'knooppunt' ? html` · ${organisatie(actor, namen)}` : null;
      return { titel, toon, wanneer: html`${tijd(tijdstip, tijdstipPrecies)}${door}` };
    }),
    ...(verwacht ? [verwachting(verwacht, namen, vandaag)] : []),
  ]);

function verwanten(
  { heenbericht, antwoorden, verzoekparen }: Paar,
  oordelen: ReadonlyMap<string, Antwoordoordeel>,
): Html | null {
  const rijen: readonly (readonly [string, Verwant])[] = [
    ...(heenbericht ? [['Is een antwoord op', heenbericht] as const] : []),
    ...antwoorden.map((rij) => ['Beantwoord met', rij] as const),
    ...verzoekparen.map((rij) => ['Hoort bij', rij] as const),
  ];
  if (rijen.length === 0) return null;
  return tabel({
    titel: 'Berichten die hierbij horen',
    rijen,
    kolommen: [
      { kop: 'Verband', cel: ([verband]) => verband },
      {
        kop: 'Bericht',
        rijkop: true,
        cel: ([, rij]) => verwijzing(padVan(rij.berichtId), soortVoluit(rij.berichtsoort)),
      },
      { kop: 'Datum', cel: ([, rij]) => tijd(rij.ontvangenOp) },
      {
        kop: 'Stand',
        cel: ([, rij]) => oordeelmerk(oordelen.get(rij.berichtId)) ?? standmerk(rij.status, null),
      },
    ],
  });
}

const eerder = ({ eerder: botsingen }: Toelichting): Html | undefined =>
  botsingen && botsingen.length > 0
    ? html`<p class="kp-bevinding__bron">Vergelijk met: ${botsingen.map((ander, nr) => html`${nr > 0 ? ', ' : ''}${ander.ingevoerd ? 'een eerder ingevoerd bericht' : verwijzing(padVan(ander.berichtId), html`${ander.berichtsoort} van ${tijd(ander.ontvangenOp)}`)}`)}</p>`
    : undefined;

function acties(
  stand: BerichtStand,
  magLezen: boolean,
  isOntvanger: boolean,
  bevindingen: number,
  csrf: string,
): Html | null {
  const pad = padVan(stand.berichtId);
  const bevestigbaar =
    isOntvanger && stand.bezorging !== null && stand.bezorging !== 'bevestigd' && stand.bezorging !== 'vervallen';
  if (!magLezen && !bevestigbaar) return null;
  return html`<div class="kp-acties">
${magLezen ? knopVerwijzing(`${pad}/bekijken`, bevindingen > 0 ? 'Bekijk het bericht met de bevindingen' : 'Bekijk de inhoud', { soort: 'secondary' }) : null}
${magLezen ? knopVerwijzing(`${pad}/inhoud`, 'Download (XML)', { soort: 'secondary' }) : null}
${bevestigbaar ? formulier({ sessie: { csrf }, naar: `${pad}/bevestigen`, klasse: 'kp-vel' }, knop('Bevestig de ontvangst')) : null}</div>`;
}

async function tekstVan(
  omgeving: Omgeving,
  client: Parameters<typeof inhoudVoor>[1],
  stand: BerichtStand,
): Promise<string> {
  return (await inhoudVoor(omgeving, client, stand)).toString('utf8');
}

export function berichtPaginas(omgeving: Omgeving): readonly Pagina[] {
  const kalender = laadKalender();
  return [
    pagina({
      methode: 'get',
      pad: '/berichten/:berichtId',
      id: 'bericht',
      toegang: 'berichten',
      async voer({ gebruiker, pad, sessie }) {
        const { client } = gebruiker;
        const stand = await eigenBericht(omgeving, gebruiker, pad.berichtId);
        const [{ stappen, paar, verwacht }, gevonden] = await Promise.all([
          volg(omgeving, client, stand, await kalender),
          leesBevindingen(omgeving.database, stand.berichtId),
        ]);
        const oordelen = await leesOordelen(omgeving.database, [
          stand.berichtId,
          ...paar.antwoorden.map(({ berichtId }) => berichtId),
        ]);
        const bevindingen = await lichtToe(omgeving.database, gevonden.bevindingen, (ander) => magZien(client, ander));
        const namen = await leesNamen(omgeving.database.pool, [
          stand.afzender,
          stand.ontvanger,
          ...stappen.map(({ actor }) => actor),
        ]);
        const isAfzender = handeltNamens(client, stand.afzender, stand.domein);
        const isOntvanger = handeltNamens(client, stand.ontvanger, stand.domein);
        const lijst =
          bevindingen.length > 0
            ? html`${kop(2, `Wat is er aan te merken?`)}<ul class="kp-bevindingen">${bevindingen.slice(0, 100).map((een) => html`<li>${bevinding(een, eerder(een))}</li>`)}</ul>`
            : null;
        return {
          titel: soortVoluit(stand.berichtsoort),
          breed: true,
          kruimels: KRUIMELS,
          inhoud: html`
<p class="nl-paragraph nl-paragraph--lead">${standmerk(stand.status, stand.bezorging)} Van ${organisatie(stand.afzender, namen)} aan ${organisatie(stand.ontvanger, namen)}.</p>
${oordeel(stand, bevindingen, isAfzender, paar.antwoorden[0])}
${antwoordmelding(stand.berichtsoort, oordelen.get(stand.berichtId))}
${beurt(verwacht, verwacht !== null && handeltNamens(client, verwacht.door, stand.domein), datum(new Date()))}
${lijst}
${acties(stand, leestNamens(client, stand) !== undefined, isOntvanger, bevindingen.length, sessie.csrf)}
${raster(
  kaart('De reis van dit bericht', reis(stappen, verwacht, namen, datum(new Date()))),
  kaart(
    'Gegevens',
    gegevens([
      ['Identificatie', stand.identificatie && code(stand.identificatie)],
      ['Referentienummer', html`<span class="kp-nummer">${code(stand.referentienummer)}</span>`],
      [
        'Antwoord op',
        stand.crossReferentienummer && html`<span class="kp-nummer">${code(stand.crossReferentienummer)}</span>`,
      ],
      ['Domein', DOMEINNAAM[stand.domein] ?? stand.domein],
      ['Release', stand.release],
      ['Grootte', omvang(stand.omvang)],
      ['Gecontroleerd op', gevonden.niveau > 0 ? NIVEAUS[gevonden.niveau] : undefined],
    ]),
  ),
)}
${verwanten(paar, oordelen)}`,
        };
      },
    }),
    pagina({
      methode: 'get',
      pad: '/berichten/:berichtId/bekijken',
      id: 'berichtBekijken',
      toegang: 'berichten',
      async voer({ gebruiker, pad }) {
        const stand = await eigenBericht(omgeving, gebruiker, pad.berichtId);
        const tekst = await tekstVan(omgeving, gebruiker.client, stand);
        const { bevindingen } = await leesBevindingen(omgeving.database, stand.berichtId);
        const regels = heelBericht(tekst, bevindingen);
        return {
          titel: 'Inhoud van het bericht',
          breed: true,
          kruimels: [...KRUIMELS, { naam: soortVoluit(stand.berichtsoort), pad: padVan(stand.berichtId) }],
          inhoud: html`
<p class="nl-paragraph">Dit bericht bevat persoonsgegevens. Dat u het bekijkt, staat in het logboek.</p>
${regels.length > 0 ? bron(regels, 'Het bericht') : melding('info', 'Dit bericht is te groot om hier te tonen', alinea('Download het om het te bekijken.'))}
${knoppen(knopVerwijzing(`${padVan(stand.berichtId)}/inhoud`, 'Download (XML)', { soort: 'secondary' }))}`,
        };
      },
    }),
    pagina({
      methode: 'get',
      pad: '/berichten/:berichtId/inhoud',
      id: 'berichtInhoud',
      toegang: 'berichten',
      async voer({ gebruiker, pad, res }) {
        const stand = await eigenBericht(omgeving, gebruiker, pad.berichtId);
        const bytes = await inhoudVoor(omgeving, gebruiker.client, stand);
        res.status(200).type(bytes[0] === 0x7b ? 'application/json' : 'application/xml');
        res.attachment(bestandsnaam(stand, bytes)).end(bytes);
        return undefined;
      },
    }),
    pagina({
      methode: 'post',
      pad: '/berichten/:berichtId/bevestigen',
      id: 'berichtBevestigen',
      toegang: 'berichten',
      async voer({ gebruiker, pad }) {
        const stand = await eigenBericht(omgeving, gebruiker, pad.berichtId);
        const postbus = await omgeving.routering.postbusVan(stand.ontvanger, new Date());
        const bevestigd = await bevestig(omgeving.database, {
          postbus,
          domeinen: eisPostbus(gebruiker.client, postbus),
          berichtIds: [stand.berichtId],
          actor: gebruiker.client.id,
        });
        if (!bevestigd.has(stand.berichtId)) throw new KnooppuntFout('nietGevonden');
        return { naar: padVan(stand.berichtId), melding: { soort: 'ok', tekst: 'De ontvangst is bevestigd.' } };
      },
    }),
  ];
}

/** WMO301_0363_9b2f4c1e-….xml: what it is, from whom, and its number; no name of a person. */
export const bestandsnaam = (
  { berichtsoort, afzender, referentienummer }: Pick<BerichtStand, 'berichtsoort' | 'afzender' | 'referentienummer'>,
  bytes: Uint8Array,
): string => `${berichtsoort}_${afzender}_${referentienummer}.${bytes[0] === 0x7b ? 'json' : 'xml'}`;
