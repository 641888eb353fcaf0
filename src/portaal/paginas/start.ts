/** The first page: what needs attention now, most pressing first. Every figure leads to where it can be dealt with. */
import type { Omgeving } from '../../http/omgeving.ts';
import { belangen, zichtVan } from '../../http/zicht.ts';
import { laadKalender } from '../../koppeling/feestdagen.ts';
import { type Openstaand, type Richting, zoekOpenstaand } from '../../koppeling/openstaand.ts';
import { postbusstand } from '../../postbus/postbus.ts';
import { type Bevriezing, leesBevriezingen } from '../../routering/bevriezingen.ts';
import { leesNamen } from '../../routering/namen.ts';
import { domeinenVoor, handeltNamens } from '../../toegang/bevoegdheid.ts';
import type { Gebruiker } from '../../toegang/gebruikers/types.ts';
import type { BerichtStand } from '../../verwerking/stand.ts';
import { zoekBerichten } from '../../verwerking/zoeken.ts';
import { telSignalen } from '../../wlz-samenloop/signalen/lezen.ts';
import { type Html, html } from '../html.ts';
import {
  alinea,
  inleiding,
  type Kerncijfer,
  kaart,
  kerncijfers,
  knoppen,
  knopVerwijzing,
  kop,
  leeg,
  melding,
  raster,
  tabel,
  verwijzing,
} from '../onderdelen.ts';
import { aantal, getal, tijd, tijdstipLang } from '../opmaak.ts';
import { type Pagina, pagina, type Scherm } from '../pagina.ts';
import { stilgezet } from '../stilgezet.ts';
import { magOpenen } from '../toegang.ts';
import { DOMEINNAAM, organisatie, soortVoluit } from '../woorden.ts';
import { openstaandPad, openstaandtabel } from './berichten/openstaand.ts';
import { magSoort } from './berichten/soorten.ts';
import { standcijfers, waarschuwingen } from './toezicht/stand.ts';

/** Refusals of so many days are news. */
const NIEUWS_DAGEN = 14;
const TOON = 5;
const TEL_TOT = 1000;
const OPEN_TOT = 100;

const totEn = (aantal: number, tot: number): string => (aantal >= tot ? `${getal(tot)}+` : getal(aantal));

interface Stand {
  readonly afgekeurd: readonly BerichtStand[];
  readonly afgekeurdMeer: boolean;
  readonly teGeven: readonly Openstaand[];
  readonly teLaat: number;
  readonly teKrijgen: readonly Openstaand[];
  readonly post: { readonly aantal: number; readonly oudste: Date | null };
}

async function leesStand(
  omgeving: Omgeving,
  gebruiker: Gebruiker,
  kalender: Awaited<ReturnType<typeof laadKalender>>,
  nu: Date,
): Promise<Stand> {
  const { database } = omgeving;
  const { client } = gebruiker;
  const voor = belangen(client);
  const vraag = { voor, aantal: OPEN_TOT };
  const codes = [...client.namens, ...(client.machtigingen?.keys() ?? [])];
  const [gezocht, teGeven, teKrijgen, post] = await Promise.all([
    zoekBerichten(database, {
      ...zichtVan(client),
      status: 'afgekeurd',
      vanaf: new Date(nu.getTime() - NIEUWS_DAGEN * 86_400_000),
      aantal: OPEN_TOT,
    }),
    zoekOpenstaand(database, { ...vraag, richting: 'te-geven' }, kalender, nu),
    zoekOpenstaand(database, { ...vraag, richting: 'te-krijgen', overschreden: true }, kalender, nu),
    Promise.all(
      codes.map((postbus) => postbusstand(database, { postbus, domeinen: domeinenVoor(client, postbus) }, TEL_TOT)),
    ),
  ]);
  const afgekeurd = gezocht.berichten.filter(
    (rij) => handeltNamens(client, rij.afzender, rij.domein) && magSoort(gebruiker, rij.berichtsoort),
  );
  const oudsten = post.flatMap(({ oudste }) => (oudste ? [oudste.getTime()] : []));
  return {
    afgekeurd,
    afgekeurdMeer: gezocht.volgende !== null,
    teGeven: teGeven.openstaand,
    teLaat: teGeven.openstaand.filter(({ werkdagenOver }) => werkdagenOver < 0).length,
    teKrijgen: teKrijgen.openstaand,
    post: {
      aantal: post.reduce((som, { aantal }) => som + aantal, 0),
      oudste: oudsten.length > 0 ? new Date(Math.min(...oudsten)) : null,
    },
  };
}

const cijfers = ({ afgekeurd, afgekeurdMeer, teGeven, teLaat, teKrijgen, post }: Stand): Html =>
  kerncijfers([
    {
      titel: 'Afgekeurde berichten van u',
      cijfer: totEn(afgekeurd.length, afgekeurdMeer ? Math.max(afgekeurd.length, 1) : OPEN_TOT),
      uitleg: `in de laatste ${NIEUWS_DAGEN} dagen`,
      toon: afgekeurd.length > 0 ? 'fout' : 'goed',
      pad: '/portaal/berichten?status=afgekeurd',
    },
    {
      titel: 'Door u te beantwoorden',
      cijfer: totEn(teGeven.length, OPEN_TOT),
      uitleg: teLaat > 0 ? `waarvan ${totEn(teLaat, OPEN_TOT)} te laat` : 'niets te laat',
      toon: teLaat > 0 ? 'fout' : 'goed',
      pad: openstaandPad('te-geven'),
    },
    {
      titel: 'U wacht te lang op antwoord',
      cijfer: totEn(teKrijgen.length, OPEN_TOT),
      uitleg: 'termijn voorbij bij de ander',
      toon: teKrijgen.length > 0 ? 'let-op' : 'goed',
      pad: openstaandPad('te-krijgen', { toon: 'te-laat' }),
    },
    {
      titel: 'Post die u nog niet bevestigde',
      cijfer: totEn(post.aantal, TEL_TOT),
      ...(post.oudste && { uitleg: html`oudste van ${tijd(post.oudste)}` }),
      toon: post.aantal > 0 ? 'info' : 'goed',
      pad: '/portaal/postbus',
    },
  ] satisfies readonly Kerncijfer[]);

function antwoorden(
  titel: string,
  richting: Richting,
  rijen: readonly Openstaand[],
  namen: ReadonlyMap<string, string>,
): Html {
  if (rijen.length === 0) return kaart(titel, alinea('Niets. U bent bij.'));
  const alle = openstaandPad(richting, richting === 'te-krijgen' ? { toon: 'te-laat' } : {});
  return kaart(
    titel,
    openstaandtabel(`${titel}, oudste eerst`, rijen.slice(0, TOON), richting, namen, true),
    alinea(
      rijen.length > TOON
        ? verwijzing(alle, `Alle ${totEn(rijen.length, OPEN_TOT)} bekijken`)
        : verwijzing(alle, 'Bekijk met alle gegevens'),
    ),
  );
}

const afgekeurdKaart = (rijen: readonly BerichtStand[], namen: ReadonlyMap<string, string>): Html =>
  kaart(
    'Afgekeurd',
    rijen.length === 0
      ? alinea(`Geen van uw berichten is in de laatste ${NIEUWS_DAGEN} dagen afgekeurd.`)
      : html`${tabel({
          titel: 'Berichten van u die zijn afgekeurd',
          titelVerborgen: true,
          rijen: rijen.slice(0, TOON),
          kolommen: [
            {
              kop: 'Bericht',
              rijkop: true,
              cel: (rij) => verwijzing(`/portaal/berichten/${rij.berichtId}`, soortVoluit(rij.berichtsoort)),
            },
            { kop: 'Aan', cel: ({ ontvanger }) => organisatie(ontvanger, namen) },
            { kop: 'Datum', cel: ({ ontvangenOp }) => tijd(ontvangenOp) },
          ],
        })}${rijen.length > TOON ? alinea(verwijzing('/portaal/berichten?status=afgekeurd', 'Alle afgekeurde berichten')) : null}`,
  );

/**
 * Freezes: everybody has to plan around them. One that holds is the first thing to know; what was announced comes after what needs attention now.
 * @param zelf this person hands in messages
 */
function bevriezingen(rijen: readonly Bevriezing[], nu: Date, zelf: boolean): Html {
  return html`${rijen.map(({ vanaf, tot, domein, berichtsoorten, reden }) => {
    const wat =
      berichtsoorten?.join(', ') ?? (domein ? `alle berichten van de ${DOMEINNAAM[domein]}` : 'alle berichten');
    const [nuTekst, straksTekst] = zelf
      ? ['U kunt nu niet aanleveren', 'kunt u niet aanleveren']
      : ['Nu bevroren', 'bevroren'];
    return melding(
      vanaf <= nu ? 'warning' : 'info',
      vanaf <= nu ? `${nuTekst}: ${wat}` : `Vanaf ${tijdstipLang(vanaf)} ${straksTekst}: ${wat}`,
      alinea(tot ? `Tot ${tijdstipLang(tot)}. ` : 'Het einde is nog niet bekend. ', reden),
    );
  })}`;
}

async function voorBerichten(
  omgeving: Omgeving,
  gebruiker: Gebruiker,
  kalender: Awaited<ReturnType<typeof laadKalender>>,
): Promise<Html> {
  const nu = new Date();
  const stand = await leesStand(omgeving, gebruiker, kalender, nu);
  const codes = [
    ...stand.afgekeurd.map(({ ontvanger }) => ontvanger),
    ...stand.teGeven.map(({ heenbericht }) => heenbericht.afzender),
    ...stand.teKrijgen.map(({ heenbericht }) => heenbericht.ontvanger),
  ];
  const namen = await leesNamen(omgeving.database.pool, codes);
  return html`
${cijfers(stand)}
${knoppen(knopVerwijzing('/portaal/aanleveren', 'Bericht aanleveren'), knopVerwijzing('/portaal/postbus', 'Naar de postbus', { soort: 'secondary' }))}
<div class="kp-breed kp-ruim">${raster(
    html`<div>${antwoorden('Door u te beantwoorden', 'te-geven', stand.teGeven, namen)}</div>`,
    html`<div>${afgekeurdKaart(stand.afgekeurd, namen)}${antwoorden('U wacht te lang op antwoord', 'te-krijgen', stand.teKrijgen, namen)}</div>`,
  )}</div>`;
}

/** Sections that someone without messages goes to. */
const DEUREN = [
  { toegang: 'beheerder', pad: '/portaal/beheer/stand', naam: 'Stand van het knooppunt' },
  { toegang: 'wlz', pad: '/portaal/wlz', naam: 'Naar Wlz' },
  { toegang: 'ketendata', pad: '/portaal/ketendata', naam: 'Naar de cijfers' },
  { toegang: 'beheer', pad: '/portaal/beheer', naam: 'Naar beheer' },
] as const;

const INLEIDING: Readonly<Partial<Record<Gebruiker['rol'], string>>> = {
  landelijk: 'U ziet hier de cijfers over het berichtenverkeer van alle gemeenten en aanbieders samen.',
  beheerder: 'Zo staat het knooppunt er nu voor.',
};

/** The operator sees at once whether all is well. */
async function voorBeheerder({ bewaking }: Omgeving): Promise<Html> {
  const [stand, redis] = await Promise.all([bewaking.stand(), bewaking.redis()]);
  return html`${waarschuwingen(stand, redis)}${stand ? kerncijfers(standcijfers(stand)) : null}`;
}

/** Who has no messages: where to go, the first door most of all. */
function voorAnderen(gebruiker: Gebruiker, stand: Html | null): Html {
  const deuren = DEUREN.filter(({ toegang }) => magOpenen(gebruiker, toegang));
  if (deuren.length === 0)
    return leeg(
      'U hebt nog geen toegang tot een dienst',
      'Vraag de gebruikersbeheerder van uw organisatie om toegang.',
    );
  const knopjes = deuren.map(({ pad, naam }, nr) =>
    nr === 0 ? knopVerwijzing(pad, naam) : knopVerwijzing(pad, naam, { soort: 'secondary' }),
  );
  return html`${inleiding(INLEIDING[gebruiker.rol] ?? 'Waar wilt u heen?')}${stand}${knoppen(knopjes)}`;
}

export function startPaginas(omgeving: Omgeving): readonly Pagina[] {
  const kalender = laadKalender();
  return [
    pagina({
      methode: 'get',
      pad: '/',
      id: 'start',
      toegang: 'aangemeld',
      async voer({ gebruiker }): Promise<Scherm> {
        const nu = new Date();
        const { namens, machtigingen } = gebruiker.client;
        const [vorst, stop, signalen, inhoud, beheer] = await Promise.all([
          leesBevriezingen(omgeving.database.pool, nu),
          stilgezet(omgeving.database, [...namens, ...(machtigingen?.keys() ?? [])]),
          magOpenen(gebruiker, 'wlz-signalen')
            ? telSignalen(omgeving.database.pool, [
                ...(gebruiker.wlzClient?.namens ?? []),
                ...(gebruiker.wlzClient?.machtigingen?.keys() ?? []),
              ])
            : null,
          magOpenen(gebruiker, 'berichten') ? voorBerichten(omgeving, gebruiker, await kalender) : null,
          magOpenen(gebruiker, 'beheerder') ? voorBeheerder(omgeving) : null,
        ]);
        const nieuw = signalen?.get('nieuw') ?? 0;
        const nuBevroren = vorst.filter(({ vanaf }) => vanaf <= nu);
        const straks = vorst.filter(({ vanaf }) => vanaf > nu);
        return {
          titel: `Welkom, ${gebruiker.naam}`,
          breed: true,
          inhoud: html`
${bevriezingen(nuBevroren, nu, inhoud !== null)}
${stop}
${inhoud === null ? null : inleiding('Dit vraagt nu uw aandacht.')}
${nieuw > 0 ? melding('info', html`${aantal(nieuw, 'nieuw Wlz-signaal', 'nieuwe Wlz-signalen')}`, alinea('Inwoners met Wmo-hulp kregen een Wlz-indicatie, of raakten die kwijt. ', verwijzing('/portaal/wlz/signalen', 'Bekijk de signalen'))) : null}
${inhoud ?? voorAnderen(gebruiker, beheer)}
${straks.length > 0 ? html`<div class="kp-breed kp-ruim">${kop(2, 'Aangekondigd')}${bevriezingen(straks, nu, inhoud !== null)}</div>` : null}`,
        };
      },
    }),
  ];
}
