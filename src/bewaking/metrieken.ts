/**
 * The metrics of the whole switch, one row each: what it is called, what it says, and how it follows from the state. Labels are codes of our own,
 * of the norm, or one of a few organisations; never an id, a name or a person. What is not known has no value: zero would say that all is well.
 */
import { oorzaaksoort } from '../bezorging/oorzaken.ts';
import { TEL_TOT } from './banen.ts';
import { DIENSTEN, PROCESSEN } from './metrieken-diensten.ts';
import {
  leeftijd,
  type Metriekrij,
  perLabel,
  type Stukken,
  tijdstip,
  uitStand,
  type Waarneming,
} from './metriekrij.ts';
import { OUDSTE_POSTBUSSEN } from './postbussen.ts';
import type { Stand } from './stand.ts';
import { TAKEN, type Taak } from './taken.ts';

const TOT = `geteld tot ${TEL_TOT}`;

const BANEN: readonly Metriekrij[] = [
  uitStand('onverwerkt', `Berichten die op verwerking wachten, ${TOT}`, ({ banen }) => banen.wachtend),
  uitStand('oudste_onverwerkt_seconden', 'Leeftijd van het oudste onverwerkte bericht', (stand) =>
    leeftijd(stand, stand.banen.oudste),
  ),
  uitStand('banen_met_werk', 'Banen met berichten die op verwerking wachten', ({ banen }) => banen.banen),
  uitStand(
    'banen_in_storing',
    'Banen waarvan de laatste beurt door een fout van het knooppunt mislukte',
    ({ banen }) => banen.inStoring,
  ),
  uitStand('langste_storing_seconden', 'Hoe lang de baan die het langst in storing is dat al is', (stand) =>
    leeftijd(stand, stand.banen.storingSinds),
  ),
];

const POSTBUSSEN: readonly Metriekrij[] = [
  uitStand(
    'postbus_open',
    `Berichten in postbussen die niet bevestigd zijn, ${TOT}`,
    ({ postbussen }) => postbussen.open,
  ),
  uitStand('postbussen_met_post', 'Postbussen met onbevestigde berichten', ({ postbussen }) => postbussen.metPost),
  uitStand(
    'onbestelbaar',
    `Berichten waarvan de bezorging over StUF is opgegeven, ${TOT}`,
    ({ postbussen }) => postbussen.onbestelbaar,
  ),
  uitStand(
    'postbus_oudste_seconden',
    'Hoe lang het oudste onbevestigde bericht in een postbus ligt',
    ({ postbussen, momenten }) =>
      postbussen.oudste[0] ? momenten.nu.getTime() / 1000 - postbussen.oudste[0].sinds : 0,
  ),
  perLabel(
    'postbus_oudste_van_seconden',
    `Hetzelfde per organisatie, van de ${OUDSTE_POSTBUSSEN} waar het het langst is`,
    ['organisatie'],
    ({ stand }) =>
      (stand?.postbussen.oudste ?? []).map(({ postbus, sinds }) => [
        { organisatie: postbus },
        (stand as Stand).momenten.nu.getTime() / 1000 - sinds,
      ]),
  ),
];

const BEZORGING: readonly Metriekrij[] = [
  perLabel(
    'bezorgpogingen_total',
    'Pogingen om een bericht over StUF te bezorgen, naar uitslag en klasse van de oorzaak',
    ['uitslag', 'klasse'],
    ({ stand }) =>
      (stand?.pogingen ?? []).map(({ uitslag, aantal }) => [
        { uitslag, klasse: oorzaaksoort(uitslag)?.klasse ?? (uitslag === 'bevestigd' ? 'geen' : 'onbekend') },
        aantal,
      ]),
    'counter',
  ),
  perLabel('ontvangers', 'Organisaties met een StUF-eindpunt, naar hoe het ervoor staat', ['stand'], ({ stand }) =>
    stand
      ? (['eindpunten', 'gestopt', 'mislukt', 'rust'] as const).map((welke) => [
          { stand: welke },
          stand.bezorging[welke],
        ])
      : [],
  ),
  uitStand(
    'ontvanger_langst_mislukt_seconden',
    'Hoe lang er bij een ontvanger al niets aankomt, van die waar dat het langst is',
    (stand) => leeftijd(stand, stand.bezorging.misluktSinds),
  ),
  perLabel('stops', 'Organisaties waarvan de beheerder iets heeft stilgezet', ['soort'], ({ stand }) =>
    stand
      ? [
          [{ soort: 'aanlevering' }, stand.momenten.stopAanlevering],
          [{ soort: 'bezorging' }, stand.momenten.stopBezorging],
        ]
      : [],
  ),
  uitStand('vrijgegeven', '0: de database is hersteld of een kopie, en er wordt niets verstuurd', ({ vrijgegeven }) =>
    Number(vrijgegeven),
  ),
];

const taken =
  (van: (taak: Stand['taken'][number]) => number | undefined) =>
  ({ stand }: Waarneming): Stukken =>
    (stand?.taken ?? []).flatMap((rij) => {
      const waarde = van(rij);
      return waarde === undefined ? [] : [[{ taak: rij.taak }, waarde] as const];
    });
const TAKENRIJEN: readonly Metriekrij[] = [
  perLabel(
    'taak_gelukt_tijdstip_seconden',
    'Wanneer een taak voor het laatst lukte; 0: nog nooit',
    ['taak'],
    taken(({ geluktOp }) => tijdstip(geluktOp) ?? 0),
  ),
  perLabel(
    'taak_mislukt_tijdstip_seconden',
    'Wanneer een taak voor het laatst mislukte',
    ['taak'],
    taken(({ misluktOp }) => tijdstip(misluktOp)),
  ),
  perLabel('taak_hoogstens_seconden', 'Hoe lang het hoogstens geleden mag zijn dat een taak lukte', ['taak'], () =>
    (Object.keys(TAKEN) as Taak[]).map((taak) => [{ taak }, TAKEN[taak].hoogstensSeconden]),
  ),
];

export const METRIEKEN: readonly Metriekrij[] = [
  ...BANEN,
  ...POSTBUSSEN,
  ...BEZORGING,
  ...TAKENRIJEN,
  ...PROCESSEN,
  ...DIENSTEN,
];
