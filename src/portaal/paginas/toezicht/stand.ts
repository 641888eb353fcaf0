/** How the switch stands: its parts, what happens by the clock, and who gets nothing. For the operator. */
import type { Waarneming } from '../../../bewaking/metriekrij.ts';
import type { Stand } from '../../../bewaking/stand.ts';
import { isTeLaat, TAKEN, type Taakstand } from '../../../bewaking/taken.ts';
import { type Ontvangerstand, ontvangerstanden } from '../../../bezorging/inzage.ts';
import { oorzaaksoort } from '../../../bezorging/oorzaken.ts';
import { ROLLEN } from '../../../config.ts';
import type { Omgeving } from '../../../http/omgeving.ts';
import { leesNamen } from '../../../routering/namen.ts';
import { leesStops, type Stop } from '../../../routering/stops.ts';

import { type Html, html } from '../../html.ts';
import {
  type Kerncijfer,
  kaart,
  kerncijfers,
  knoppen,
  knopVerwijzing,
  leeg,
  melding,
  merk,
  tabbladen,
  tabel,
  verwijzing,
} from '../../onderdelen.ts';
import { aantal, getal, tijd } from '../../opmaak.ts';
import { type Pagina, pagina } from '../../pagina.ts';
import { organisatie } from '../../woorden.ts';
import { BANEN, BEHEER, BLADEN, duur, ROLWOORD, STAND, STOP, sinds, totEn, wat } from './woorden.ts';

const TEL_TOT = 100_000;
/** An event loop that is later than this is slow. */
const TRAAG_S = 0.5;
const LANG_S = 300;

type Namen = ReadonlyMap<string, string>;

/** What waits, what is stuck, and what is not delivered. */
export const standcijfers = ({ banen, postbussen, momenten: { nu } }: Stand): readonly Kerncijfer[] => {
  const wacht = banen.oudste ? (nu.getTime() - banen.oudste.getTime()) / 1000 : 0;
  return [
    {
      titel: 'Berichten die wachten',
      cijfer: totEn(banen.wachtend, TEL_TOT),
      uitleg: banen.oudste ? `het oudste al ${duur(wacht)}` : 'alles is verwerkt',
      toon: wacht > LANG_S ? 'let-op' : 'goed',
      pad: BANEN.pad,
    },
    {
      titel: 'Banen in storing',
      cijfer: getal(banen.inStoring),
      uitleg: banen.storingSinds ? `de langste al ${sinds(banen.storingSinds, nu)}` : 'alle beurten lukken',
      toon: banen.inStoring > 0 ? 'fout' : 'goed',
      pad: `${BANEN.pad}?toon=storing`,
    },
    {
      titel: 'In postbussen',
      cijfer: totEn(postbussen.open, TEL_TOT),
      uitleg: `in ${aantal(postbussen.metPost, 'postbus', 'postbussen')}, nog niet bevestigd`,
    },
    {
      titel: 'Niet te bezorgen',
      cijfer: totEn(postbussen.onbestelbaar, TEL_TOT),
      uitleg: 'bezorgen over StUF is opgegeven',
      toon: postbussen.onbestelbaar > 0 ? 'let-op' : 'goed',
    },
  ];
};

interface Onderdeel {
  readonly naam: string;
  readonly doet: string;
  readonly stand: Html;
  readonly toelichting: string;
}

function redisdeel(redis: Waarneming['redis']): Onderdeel {
  const naam = 'Redis';
  const doet = 'Lijst van banen die aan de beurt zijn';
  if (!redis)
    return {
      naam,
      doet,
      stand: merk('Niet bereikbaar', 'fout'),
      toelichting: 'Er wordt niets verwerkt tot Redis terug is.',
    };
  if (redis.fouteInstellingen.length > 0)
    return { naam, doet, stand: merk('Instelling onjuist', 'fout'), toelichting: redis.fouteInstellingen.join(', ') };
  const lijst = `${aantal(redis.wacht + redis.uitgesteld, 'baan', 'banen')} op de lijst`;
  return redis.aofGoed
    ? { naam, doet, stand: merk('In orde', 'goed'), toelichting: lijst }
    : { naam, doet, stand: merk('Schrijft niet naar schijf', 'let-op'), toelichting: lijst };
}

function onderdelen(stand: Stand, redis: Waarneming['redis']): readonly Onderdeel[] {
  const perRol = new Map(stand.processen.map((rol) => [rol.rol, rol]));
  return [
    {
      naam: 'PostgreSQL',
      doet: 'Bewaart alle berichten',
      stand: merk('In orde', 'goed'),
      toelichting: stand.momenten.walOp
        ? `WAL gearchiveerd: ${sinds(stand.momenten.walOp, stand.momenten.nu)} geleden`
        : '',
    },
    redisdeel(redis),
    ...ROLLEN.map((rol): Onderdeel => {
      const [naam, doet] = ROLWOORD[rol];
      const deze = perRol.get(rol);
      if (!deze) return { naam, doet, stand: merk('Draait niet', 'fout'), toelichting: '' };
      const traag = deze.lus > TRAAG_S || deze.wachtend > 0;
      const bij = [
        aantal(deze.processen, 'proces', 'processen'),
        `${getal(deze.inGebruik)} van ${getal(deze.max)} verbindingen in gebruik`,
        ...(traag ? [`${getal(Math.round(deze.lus * 1000))} ms vertraging`] : []),
      ];
      return {
        naam,
        doet,
        stand: traag ? merk('Traag', 'let-op') : merk('In orde', 'goed'),
        toelichting: bij.join(', '),
      };
    }),
  ];
}

const onderdeeltabel = (rijen: readonly Onderdeel[]): Html =>
  tabel({
    titel: 'De onderdelen van het knooppunt',
    titelVerborgen: true,
    rijen,
    kolommen: [
      {
        kop: 'Onderdeel',
        rijkop: true,
        cel: ({ naam, doet }) => html`${naam}<br><span class="kp-zacht">${doet}</span>`,
      },
      { kop: 'Stand', cel: ({ stand }) => stand },
      { kop: 'Toelichting', cel: ({ toelichting }) => toelichting },
    ],
  });

const taaktabel = (rijen: readonly Taakstand[], nu: Date): Html =>
  tabel({
    titel: 'Wat de planner op tijd moet doen',
    titelVerborgen: true,
    rijen,
    kolommen: [
      { kop: 'Taak', rijkop: true, cel: ({ taak }) => TAKEN[taak].wat },
      {
        kop: 'Laatst gelukt',
        cel: ({ geluktOp }) =>
          geluktOp
            ? html`${sinds(geluktOp, nu)} geleden<br><span class="kp-zacht">${tijd(geluktOp)}</span>`
            : 'Nog nooit',
      },
      { kop: 'Stand', cel: (rij) => (isTeLaat(rij, nu) ? merk('Te laat', 'fout') : merk('Op tijd', 'goed')) },
    ],
  });

function ontvangermerk({ eindpunt, gestopt, rustTot, sinds: mislukt, onbestelbaar }: Ontvangerstand, nu: Date): Html {
  if (gestopt) return merk('Stilgezet', 'let-op');
  if (!eindpunt) return merk('Geen adres ingesteld', 'fout');
  if (rustTot && rustTot > nu) return merk('Antwoordt niet', 'fout');
  return mislukt || onbestelbaar > 0 ? merk('Deels niet aangekomen', 'let-op') : merk('In orde', 'goed');
}

const stoplink = (code: string, tekst: string, namen: Namen): Html =>
  html`<a class="nl-link" href="${STOP.pad}?organisatie=${code}" aria-label="${tekst}: ${organisatie(code, namen)}">${tekst}</a>`;

const ontvangertabel = (rijen: readonly Ontvangerstand[], namen: Namen, nu: Date): Html =>
  tabel({
    titel: 'Bezorgen over StUF, per organisatie',
    titelVerborgen: true,
    rijen,
    kolommen: [
      { kop: 'Organisatie', rijkop: true, cel: (rij) => organisatie(rij.organisatie, namen) },
      { kop: 'Wachtend', getal: true, cel: ({ wachtend }) => getal(wachtend) },
      { kop: 'Oudste', cel: ({ oudste }) => (oudste ? `${sinds(oudste, nu)}` : '') },
      { kop: 'Niet te bezorgen', getal: true, cel: ({ onbestelbaar }) => getal(onbestelbaar) },
      {
        kop: 'Stand',
        cel: (rij) =>
          html`${ontvangermerk(rij, nu)}${rij.oorzaak ? html`<br><span class="kp-zacht">${oorzaaksoort(rij.oorzaak)?.tekst ?? rij.oorzaak}</span>` : null}`,
      },
      { kop: 'Stilzetten', cel: (rij) => stoplink(rij.organisatie, 'Stilzetten', namen) },
    ],
  });

const stoptabel = (rijen: readonly Stop[], namen: Namen, nu: Date): Html =>
  tabel({
    titel: 'Organisaties waarvan iets is stilgezet',
    titelVerborgen: true,
    rijen,
    kolommen: [
      { kop: 'Organisatie', rijkop: true, cel: (rij) => organisatie(rij.organisatie, namen) },
      { kop: 'Stilgezet', cel: (rij) => merk(wat(rij), 'let-op') },
      { kop: 'Al', cel: (rij) => html`${sinds(rij.sinds, nu)}<br><span class="kp-zacht">${tijd(rij.sinds)}</span>` },
      { kop: 'Reden', cel: ({ reden }) => reden },
      { kop: 'Wijzigen', cel: (rij) => stoplink(rij.organisatie, 'Wijzigen of opheffen', namen) },
    ],
  });

/** What needs the operator now; nothing when all is well. */
export const waarschuwingen = (stand: Stand | undefined, redis: Waarneming['redis']): Html => {
  const draait = new Set(stand?.processen.map(({ rol }) => rol));
  const weg = ROLLEN.filter((rol) => stand && !draait.has(rol)).map((rol) => ROLWOORD[rol][0]);
  const laat = (stand?.taken ?? []).filter((taak) => stand && isTeLaat(taak, stand.momenten.nu));
  return html`
${stand ? null : melding('error', 'De database geeft geen antwoord op tijd', 'De cijfers op deze pagina zijn er daarom niet. Probeer het zo opnieuw.')}
${stand && !stand.vrijgegeven ? melding('error', 'Er wordt niets verstuurd', 'Deze database is hersteld uit een reservekopie, of is een kopie. Geef haar pas vrij als dat is gecontroleerd: knooppunt herstel vrijgeven.') : null}
${redis ? null : melding('error', 'Redis is niet bereikbaar', 'Berichten worden aangenomen en blijven bewaard, maar er wordt niets verwerkt. Start Redis; daarna gaat het binnen enkele seconden vanzelf verder.')}
${weg.length > 0 ? melding('error', `Draait niet: ${weg.join(', ')}`, 'Berichten wachten tot dit onderdeel weer draait. Kijk in het log waarom het niet start.') : null}
${laat.length > 0 ? melding('warning', `Te laat: ${laat.map(({ taak }) => TAKEN[taak].wat).join('; ')}`, 'Kijk in het log van de planner waarom dit niet lukt.') : null}`;
};

export const standPagina = ({ database, bewaking }: Omgeving): Pagina =>
  pagina({
    methode: 'get',
    pad: '/beheer/stand',
    id: 'beheerStand',
    toegang: 'beheerder',
    async voer() {
      const [stand, redis] = await Promise.all([bewaking.stand(), bewaking.redis()]);
      const [ontvangers, stops] = await Promise.all([ontvangerstanden(database), leesStops(database.pool)]);
      const namen = await leesNamen(
        database.pool,
        [...ontvangers, ...stops].map((rij) => rij.organisatie),
      );
      const nu = stand?.momenten.nu ?? new Date();
      return {
        titel: STAND.naam,
        breed: true,
        kruimels: [BEHEER],
        inhoud: html`
${tabbladen('Toezicht', STAND.pad, BLADEN)}
${waarschuwingen(stand, redis)}
${stand ? kerncijfers(standcijfers(stand)) : null}
${stand ? kaart('Onderdelen', onderdeeltabel(onderdelen(stand, redis))) : null}
${kaart(
  'Stilgezette organisaties',
  stops.length > 0 ? stoptabel(stops, namen, nu) : leeg('Niets is stilgezet'),
  knoppen(knopVerwijzing(STOP.pad, 'Organisatie stilzetten', { soort: 'secondary' })),
)}
${stand ? kaart('Vaste taken', stand.taken.length > 0 ? taaktabel(stand.taken, nu) : leeg('Nog geen taak is gedaan', 'De planner begint binnen een minuut.')) : null}
${kaart(
  'Bezorgen over StUF',
  ontvangers.length > 0
    ? ontvangertabel(ontvangers, namen, nu)
    : leeg('Geen organisatie ontvangt over StUF', 'Iedereen haalt zijn berichten op uit de postbus.'),
)}
<p class="nl-paragraph kp-zacht">De cijfers zijn hoogstens enkele seconden oud. ${verwijzing(STAND.pad, 'Ververs de pagina')}</p>`,
      };
    },
  });
