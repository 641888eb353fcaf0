/** What is said above a message: how it was judged, what its answer says, and what the reader must do. */
import type { VerwachteStap } from '../../../koppeling/stap.ts';
import { isFout } from '../../../standards/bevinding.ts';
import { berichtsoortVanCode } from '../../../standards/catalogus.ts';
import type { BerichtStand } from '../../../verwerking/stand.ts';
import type { Antwoordoordeel, Toelichting, Verwant } from '../../../verwerking/volgen.ts';
import { type Html, html } from '../../html.ts';
import { alinea, melding, merk, type Toon, verwijzing } from '../../onderdelen.ts';
import { aantal, datumLang } from '../../opmaak.ts';
import { naamVanSoort, soortVoluit } from '../../woorden.ts';

const padVan = (id: string): string => `/portaal/berichten/${id}`;

const OORDEEL: Readonly<Record<Antwoordoordeel, readonly [string, Toon]>> = {
  schoon: ['Akkoord', 'goed'],
  deels: ['Deels afgewezen', 'let-op'],
  afgewezen: ['Afgewezen', 'fout'],
};
/** What an answer says, in a word; undefined: it says nothing, or nobody read it. */
export const oordeelmerk = (oordeel: Antwoordoordeel | undefined): Html | undefined =>
  oordeel && merk(...OORDEEL[oordeel]);

/** Of an answer: what it says, before one opens it. */
export function antwoordmelding(berichtsoort: string, oordeel: Antwoordoordeel | undefined): Html | null {
  if (!oordeel) return null;
  const isDeclaratie = berichtsoortVanCode(berichtsoort)?.nummer === '325';
  if (oordeel === 'schoon')
    return melding('ok', isDeclaratie ? 'De declaratie is helemaal toegekend' : 'Akkoord: er is niets op te merken');
  const waarom = alinea('Bekijk de inhoud: bij wat is afgewezen, staat een retourcode die zegt waarom.');
  if (oordeel === 'deels')
    return melding(
      'warning',
      isDeclaratie ? 'Een deel van de declaratie is afgewezen' : 'Een deel is afgewezen',
      waarom,
    );
  return melding('error', isDeclaratie ? 'De hele declaratie is afgewezen' : 'Het hele bericht is afgewezen', waarom);
}

/** What the reader can do himself, when it is his turn. */
export function beurt(verwacht: VerwachteStap | null, isAanDeBeurt: boolean, vandaag: string): Html | null {
  if (!verwacht || !isAanDeBeurt || verwacht.antwoorden.length === 0) return null;
  const { uiterlijk, antwoorden } = verwacht;
  const teLaat = uiterlijk !== null && uiterlijk < vandaag;
  const soorten = antwoorden.map((soort) => soortVoluit(soort)).join(' of ');
  return melding(
    teLaat ? 'warning' : 'info',
    `U moet hierop nog antwoorden: ${soorten}${uiterlijk === null ? '' : teLaat ? `. Dat had uiterlijk ${datumLang(uiterlijk)} gemoeten` : `, uiterlijk ${datumLang(uiterlijk)}`}`,
    alinea(
      'Maak het antwoord in uw eigen systeem. Is dat niet gekoppeld aan het knooppunt, ',
      verwijzing('/portaal/aanleveren', 'lever het antwoord dan hier aan'),
      '.',
    ),
  );
}

/** How the switch judged it. */
export function oordeel(
  stand: BerichtStand,
  bevindingen: readonly Toelichting[],
  isAfzender: boolean,
  antwoord: Verwant | undefined,
): Html | null {
  const fouten = bevindingen.filter(isFout).length;
  const reactie = antwoord
    ? html`De afzender kreeg daarover een ${verwijzing(padVan(antwoord.berichtId), naamVanSoort(antwoord.berichtsoort).toLowerCase())}.`
    : null;
  if (stand.status === 'afgekeurd')
    return melding(
      'error',
      'Dit bericht is afgekeurd en niet bezorgd',
      alinea(
        isAfzender
          ? html`Pas aan wat hieronder staat, en lever het bericht opnieuw aan. Geef het dan een nieuwe identificatie. ${reactie}`
          : html`De afzender moet het aanpassen en opnieuw sturen. ${reactie}`,
      ),
    );
  if (stand.status === 'ontvangen')
    return melding('info', 'Dit bericht wordt nu gecontroleerd', alinea('Meestal duurt dat minder dan een seconde.'));
  if (fouten > 0)
    return melding(
      'warning',
      `Dit bericht is bezorgd, met ${aantal(fouten, 'bevinding', 'bevindingen')}`,
      alinea(reactie ?? 'De ontvanger beslist wat daarmee gebeurt.'),
    );
  return null;
}
