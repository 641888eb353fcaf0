/** The large figures, and the table of norms. */
import type { Indicator } from '../../../ketendata/inzicht/regels/indicator.ts';
import { indicatorVan } from '../../../ketendata/inzicht/regels/indicatoren.ts';
import { NORMEN, type NormId } from '../../../ketendata/inzicht/regels/normen.ts';
import type { Uitkomst } from '../../../ketendata/inzicht/regels/vraag.ts';
import { type Deel, type Html, html } from '../../html.ts';
import { alinea, kaart, kerncijfers, merk, tabel, verwijzing, voorgelezen } from '../../onderdelen.ts';
import { getal, aantal as hoeveel } from '../../opmaak.ts';
import { openstaandPad } from '../berichten/openstaand.ts';
import type { Blok } from './bladen.ts';
import { type Doek, heeft } from './doek.ts';
import { ONBEKEND, verschil, waardeTekst } from './waarde.ts';

type Van<S extends Blok['soort']> = Extract<Blok, { soort: S }>;

const vind = (cijfers: readonly Uitkomst[], id: string): Uitkomst | undefined =>
  cijfers.find(({ indicator }) => indicator === id);

/** How a figure compares, and of how many it is. */
function toelichting(indicator: Indicator, cijfer: Uitkomst | undefined): Deel {
  if (!cijfer) return null;
  const anders = verschil(indicator, cijfer);
  const van =
    indicator.eenheid === 'aandeel' && cijfer.noemer
      ? `${getal(cijfer.teller ?? 0)} van ${getal(cijfer.noemer)}`
      : null;
  const onderdrukt = cijfer.onderdrukt
    ? `zonder ${hoeveel(cijfer.onderdrukt, 'te klein onderdeel', 'te kleine onderdelen')}`
    : null;
  const delen = [van, anders?.tekst ?? null, onderdrukt].filter((deel) => deel !== null);
  return delen.length === 0 ? null : html`${delen.map((deel, nr) => html`${nr > 0 ? html`<br>` : null}${deel}`)}`;
}

export async function kernblok({ ids }: Van<'kern'>, doek: Doek): Promise<Html | null> {
  const indicatoren = heeft(doek, ids);
  if (indicatoren.length === 0) return null;
  const { cijfers } = await doek.vraag(indicatoren, undefined, undefined, true);
  return kerncijfers(
    indicatoren.map((indicator) => {
      const cijfer = vind(cijfers, indicator.id);
      const toon = cijfer && verschil(indicator, cijfer)?.toon;
      return {
        titel: indicator.titel,
        cijfer: waardeTekst(indicator, cijfer?.waarde, doek.landelijk),
        uitleg: toelichting(indicator, cijfer),
        ...(toon && { toon }),
      };
    }),
  );
}

const DELEN = ['op-tijd', 'mediaan', 'open', 'te-laat'] as const;

interface Normrij {
  readonly norm: NormId;
  readonly cijfer: (deel: (typeof DELEN)[number]) => Uitkomst | undefined;
}

function normnaam(norm: NormId): string {
  const { norm: dagen, eenheid } = NORMEN[norm];
  return norm === 'R8' ? 'uiterlijk einde volgende maand' : `binnen ${dagen} ${eenheid}`;
}

/** Norms of which messages tell that something is still to come: of the others nobody knows before the message that says so. */
const MET_OPEN: ReadonlySet<NormId> = new Set(['R1', 'R2', 'R3', 'R7']);

/** Overdue answers lead to the list of them: a retour anyone may owe, a decision or an answer to a declaratie the gemeente. */
function teLaat({ naarBerichten, keuze }: Doek, norm: NormId, tekst: string, aantal: number): Deel {
  if (aantal === 0) return tekst;
  if (!naarBerichten) return merk(tekst, 'fout');
  const richting = norm !== 'R1' && keuze.blik.weergave === 'aanbieder' ? 'te-krijgen' : 'te-geven';
  const lees = html`Bekijk${voorgelezen(`: te laat, ${NORMEN[norm].titel}`)}`;
  return html`${merk(tekst, 'fout')} ${verwijzing(openstaandPad(richting, { toon: 'te-laat' }), lees)}`;
}

export async function normblok({ titel, normen }: Van<'normen'>, doek: Doek): Promise<Html | null> {
  const indicatoren = heeft(
    doek,
    normen.flatMap((norm) => DELEN.map((deel) => `${norm}-${deel}`)),
  );
  const { cijfers } = await doek.vraag(indicatoren, undefined, undefined, true);
  const rijen = normen
    .map((norm): Normrij => ({ norm, cijfer: (deel) => vind(cijfers, `${norm}-${deel}`) }))
    .filter(({ cijfer }) => DELEN.some((deel) => cijfer(deel)?.waarde) || cijfer('op-tijd')?.noemer || doek.landelijk)
    .filter(({ norm }) => indicatoren.some(({ id }) => id.startsWith(`${norm}-`)));
  if (rijen.length === 0) return null;
  const cel = ({ norm, cijfer }: Normrij, deel: (typeof DELEN)[number]): string => {
    const indicator = indicatorVan(`${norm}-${deel}`);
    return indicator ? waardeTekst(indicator, cijfer(deel)?.waarde, doek.landelijk) : '';
  };
  const vergeleken = ({ norm, cijfer }: Normrij): Deel => {
    const indicator = indicatorVan(`${norm}-op-tijd`);
    const uitkomst = cijfer('op-tijd');
    return (indicator && uitkomst && verschil(indicator, uitkomst)?.tekst) ?? '–';
  };
  const landelijk = doek.landelijk
    ? []
    : [
        { kop: 'Helft binnen', cel: (rij: Normrij) => cel(rij, 'mediaan'), getal: true },
        { kop: 'Open', cel: (rij: Normrij) => (MET_OPEN.has(rij.norm) ? cel(rij, 'open') : ONBEKEND), getal: true },
        {
          kop: 'Te laat',
          cel: (rij: Normrij) =>
            MET_OPEN.has(rij.norm)
              ? teLaat(doek, rij.norm, cel(rij, 'te-laat'), rij.cijfer('te-laat')?.waarde ?? 0)
              : ONBEKEND,
          getal: true,
        },
      ];
  return kaart(
    titel,
    tabel({
      titel: 'Per norm wat op tijd was en wat nog open staat',
      titelVerborgen: true,
      kolommen: [
        {
          kop: 'Wat',
          rijkop: true,
          cel: ({ norm }) => html`${NORMEN[norm].titel} <span class="kp-zacht">${normnaam(norm)}</span>`,
        },
        { kop: 'Op tijd', cel: (rij) => cel(rij, 'op-tijd'), getal: true },
        { kop: 'Vergeleken', cel: vergeleken },
        ...landelijk,
      ],
      rijen,
    }),
    alinea('Op tijd is: welk deel binnen de norm kwam, van alles wat beantwoord is of al te laat is.'),
    doek.landelijk || rijen.every(({ norm }) => MET_OPEN.has(norm))
      ? null
      : alinea(
          'Staat er een streepje bij ‘open’, dan blijkt pas uit het bericht zelf dat er iets te melden of te declareren was. Wat nog moet komen, is daarom niet te tellen.',
        ),
  );
}
