/** Freezes in words, and the preview of whom one hits. */
import type { Geraakt, Verkeer } from '../../../routering/bevriezing-bereik.ts';
import type { Bevriezing, NieuweBevriezing } from '../../../routering/bevriezingen.ts';
import type { Organisatiesoort } from '../../../routering/feiten.ts';
import { type Html, html } from '../../html.ts';
import {
  alinea,
  kerncijfers,
  kop,
  melding,
  merk,
  type Toon,
  tabel,
  verwijzing,
  voorgelezen,
} from '../../onderdelen.ts';
import { aantal, getal, tijd } from '../../opmaak.ts';
import { DOMEINTITEL } from './instellingwoorden.ts';

const DAG_EN_TIJD = new Intl.DateTimeFormat('nl-NL', {
  timeZone: 'Europe/Amsterdam',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});
/** maandag 7 december 2026 om 08:00 */
const dagEnTijd = (moment: Date | string): string => DAG_EN_TIJD.format(new Date(moment));

const MINUUT = 60_000;
/** 2 dagen, 3 uur en 15 minuten */
function duur(ms: number): string {
  const minuten = Math.round(ms / MINUUT);
  const [dagen, uren, rest] = [Math.floor(minuten / 1440), Math.floor(minuten / 60) % 24, minuten % 60];
  const delen = [
    dagen > 0 && aantal(dagen, 'dag', 'dagen'),
    uren > 0 && `${uren} uur`,
    rest > 0 && aantal(rest, 'minuut', 'minuten'),
  ].filter((deel) => deel !== false);
  return delen.length < 2 ? (delen[0] ?? '') : `${delen.slice(0, -1).join(', ')} en ${delen.at(-1)}`;
}

type Wat = Pick<NieuweBevriezing, 'domein' | 'berichtsoorten'>;
type Wanneer = Pick<NieuweBevriezing, 'vanaf' | 'tot'>;

export const watTekst = ({ domein, berichtsoorten }: Wat): string =>
  berichtsoorten?.join(', ') ?? (domein ? `alle berichtsoorten van ${DOMEINTITEL[domein]}` : 'alle berichtsoorten');

export const periodeTekst = ({ vanaf, tot }: Wanneer): string =>
  tot === null
    ? `van ${dagEnTijd(vanaf)} tot zij wordt opgeheven`
    : `van ${dagEnTijd(vanaf)} tot ${dagEnTijd(tot)} (${duur(+tot - +vanaf)})`;

interface Stand {
  readonly naam: string;
  readonly toon: Toon;
  /** It is over. */
  readonly klaar: boolean;
}

export function standVan({ vanaf, tot, opgehevenOp }: Bevriezing, nu: Date): Stand {
  if (opgehevenOp)
    return { naam: opgehevenOp <= vanaf ? 'ging niet door' : 'opgeheven', toon: 'neutraal', klaar: true };
  if (tot !== null && tot <= nu) return { naam: 'voorbij', toon: 'neutraal', klaar: true };
  return vanaf > nu
    ? { naam: 'aangekondigd', toon: 'info', klaar: false }
    : { naam: 'geldt nu', toon: 'let-op', klaar: false };
}

export const bevriezingtabel = (
  titel: string,
  rijen: readonly Bevriezing[],
  { nu, beheerder }: { readonly nu: Date; readonly beheerder: boolean },
): Html =>
  tabel<Bevriezing>({
    titel,
    titelVerborgen: true,
    rijen,
    kolommen: [
      { kop: 'Wat', rijkop: true, cel: watTekst },
      { kop: 'Wanneer', cel: periodeTekst },
      {
        kop: 'Stand',
        cel: (rij) => {
          const { naam, toon } = standVan(rij, nu);
          return merk(naam, toon);
        },
      },
      { kop: 'Reden', cel: ({ reden }) => reden },
      ...(beheerder
        ? [
            {
              kop: 'Wijzigen',
              cel: (rij: Bevriezing) =>
                verwijzing(
                  `/portaal/beheer/bevriezingen/${rij.id}/opheffen`,
                  html`Opheffen${voorgelezen(` van de bevriezing van ${watTekst(rij)}`)}`,
                ),
            },
          ]
        : []),
    ],
  });

const VERZENDERS: Readonly<Record<Organisatiesoort, readonly [string, string]>> = {
  gemeente: ['gemeente', 'gemeenten'],
  aanbieder: ['aanbieder', 'aanbieders'],
  ketenpartij: ['ketenpartij', 'ketenpartijen'],
};

const gemiddeld = ({ weken }: Verkeer): number =>
  weken.length === 0 ? 0 : Math.round(weken.reduce((som, { berichten }) => som + berichten, 0) / weken.length);

/** Whom it hits, in counts: the operator sees no message. */
export function bereikDeel(
  nieuw: Wanneer,
  { heen, antwoorden }: Geraakt,
  verkeer: Verkeer,
  verzenders: ReadonlyMap<Organisatiesoort, number>,
): Html {
  const wie = [...verzenders].map(([soort, hoeveel]) => aantal(hoeveel, ...VERZENDERS[soort]));
  const totaal = [...verzenders.values()].reduce((som, hoeveel) => som + hoeveel, 0);
  return html`
${melding('info', 'Er is nog niets aangekondigd', alinea('Kijk eerst wie dit raakt. U kunt teruggaan en een ander moment kiezen.'))}
${kop(2, 'Wie het raakt')}
${kerncijfers([
  {
    titel: 'Kunnen niet versturen',
    cijfer: getal(totaal),
    uitleg: wie.length === 0 ? 'geen organisatie' : wie.join(' en '),
    toon: totaal > 0 ? 'let-op' : 'neutraal',
  },
  {
    titel: 'Verstuurden op deze uren',
    cijfer: getal(verkeer.afzenders),
    uitleg: `${verkeer.afzenders === 1 ? 'organisatie' : 'organisaties'}, in de laatste ${verkeer.weken.length} weken`,
  },
  {
    titel: 'Berichten per keer',
    cijfer: getal(gemiddeld(verkeer)),
    uitleg: 'gemiddeld, op dezelfde dagen en uren',
  },
  {
    titel: 'Wachten nu',
    cijfer: `${getal(verkeer.wachtend)}${verkeer.wachtendMeer ? '+' : ''}`,
    uitleg: 'al aangenomen, worden gewoon verwerkt',
  },
])}
${tabel({
  titel: 'Wat er op deze dagen en uren werd verstuurd',
  rijen: verkeer.weken,
  kolommen: [
    { kop: 'Vanaf', rijkop: true, cel: ({ vanaf }) => tijd(vanaf, dagEnTijd) },
    { kop: 'Tot', cel: ({ tot }) => tijd(tot, dagEnTijd) },
    { kop: 'Berichten', getal: true, cel: ({ berichten }) => getal(berichten) },
  ],
})}
${
  nieuw.tot === null || +nieuw.tot - +nieuw.vanaf > 72 * 60 * MINUUT
    ? alinea(
        'Van een lange bevriezing tellen wij het begin mee: hoogstens drie dagen per week, en zonder einddatum de eerste dag.',
      )
    : null
}
${kop(2, 'Wat wel en niet mag')}
<ul class="kp-lijst">
<li><strong>Tegengehouden:</strong> ${heen.map(({ code, naam }) => `${code} ${naam}`).join(', ')}.</li>
<li><strong>Blijft toegestaan:</strong> de antwoorden daarop (${antwoorden.map(({ code }) => code).join(', ')}), zodat niemand blijft wachten op wat al was verstuurd.</li>
<li>Wat al in een postbus ligt, kan worden opgehaald.</li>
<li>Een geweigerd bericht raakt niet zoek: de afzender hoort vanaf wanneer hij het opnieuw kan aanbieden.</li>
</ul>
${totaal === 0 ? melding('info', 'Er is nu niemand die deze berichten mag versturen', alinea('Ga na of het domein en de berichtsoorten kloppen.')) : null}`;
}
