/** By part: tables per soort, month or tegenpartij, what codes are seen most, and after how many days an answer came. */
import { indicatorVan } from '../../../ketendata/inzicht/regels/indicatoren.ts';
import { NORMEN } from '../../../ketendata/inzicht/regels/normen.ts';
import type { Splitsing, Uitkomst } from '../../../ketendata/inzicht/regels/vraag.ts';
import { zondagVan } from '../../../ketendata/inzicht/regels/weken.ts';
import { berichtsoortVanCode } from '../../../standards/catalogus.ts';
import { balkgrafiek } from '../../grafiek/grafieken.ts';
import { type Deel, type Html, html } from '../../html.ts';
import { kaart, tabel, uitklap, verwijzing } from '../../onderdelen.ts';
import { getal, procent } from '../../opmaak.ts';
import { naamVanSoort, organisatie } from '../../woorden.ts';
import type { Blok } from './bladen.ts';
import { type Doek, heeft } from './doek.ts';
import { betekenis, sleutelnaam } from './sleutels.ts';
import { waardeTekst } from './waarde.ts';

type Van<S extends Blok['soort']> = Extract<Blok, { soort: S }>;

const MAAND = new Intl.DateTimeFormat('nl-NL', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const KOPPEN: Readonly<Partial<Record<Splitsing, string>>> = {
  berichtsoort: 'Berichtsoort',
  maand: 'Maand',
  release: 'Release',
  tegenpartij: 'Met',
};
const EIGEN_SOORT = 'Overig';

function naamVan(splitsing: Splitsing, deel: string, namen: ReadonlyMap<string, string>): string {
  if (splitsing === 'tegenpartij' && deel !== '') return organisatie(deel, namen);
  if (splitsing === 'maand') return MAAND.format(new Date(`${deel}-15T12:00:00Z`));
  if (splitsing !== 'berichtsoort') return deel === '' ? EIGEN_SOORT : deel;
  if (deel === '') return EIGEN_SOORT;
  const naam = naamVanSoort(deel);
  return berichtsoortVanCode(deel) ? `${deel} ${naam}` : naam;
}

/** To the messages behind a row: the search of messages, with the same filters. */
function naarBerichten(doek: Doek, splitsing: Splitsing, deel: string, namen: ReadonlyMap<string, string>): Deel {
  const { weken, filter } = doek.keuze;
  const veld = splitsing === 'berichtsoort' ? 'soort' : splitsing === 'tegenpartij' ? 'wederpartij' : undefined;
  const naam = naamVan(splitsing, deel, namen);
  if (!doek.naarBerichten || veld === undefined || deel === '') return naam;
  const vraag = new URLSearchParams({
    ...(filter.tegenpartij && { wederpartij: filter.tegenpartij }),
    vanaf: weken.eerste,
    tot: zondagVan(weken.laatste),
    [veld]: deel,
  });
  return verwijzing(`/portaal/berichten?${vraag.toString()}`, naam);
}

export async function tabelblok({ titel, splitsing, ids, hoogstens }: Van<'tabel'>, doek: Doek): Promise<Html | null> {
  const { weergave } = doek.keuze.blik;
  const kan = splitsing !== 'tegenpartij' || weergave === 'gemeente' || weergave === 'aanbieder';
  const indicatoren = heeft(doek, ids);
  const [eerste] = indicatoren;
  if (!kan || !eerste || (doek.landelijk && splitsing === 'maand')) return null;
  const { cijfers } = await doek.vraag(indicatoren, splitsing);
  const vind = (id: string, deel: string): Uitkomst | undefined =>
    cijfers.find((cijfer) => cijfer.indicator === id && cijfer.deel === deel);
  const delen = [...new Set(cijfers.map(({ deel }) => deel ?? ''))];
  // Of a ranking the largest; of a share that of which there is most.
  const gewicht = (deel: string): number => {
    const cijfer = vind(eerste.id, deel);
    return cijfer?.noemer ?? cijfer?.waarde ?? 0;
  };
  const rijen =
    hoogstens === undefined ? delen.sort() : delen.sort((a, b) => gewicht(b) - gewicht(a)).slice(0, hoogstens);
  if (rijen.length === 0) return null;
  const namen = splitsing === 'tegenpartij' ? await doek.namen(rijen) : new Map<string, string>();
  return kaart(
    titel,
    tabel({
      titel,
      titelVerborgen: true,
      kolommen: [
        { kop: KOPPEN[splitsing] ?? '', rijkop: true, cel: (deel) => naarBerichten(doek, splitsing, deel, namen) },
        ...indicatoren.map((indicator) => ({
          kop: indicator.titel,
          getal: true,
          cel: (deel: string) => waardeTekst(indicator, vind(indicator.id, deel)?.waarde, doek.landelijk),
        })),
      ],
      rijen,
    }),
  );
}

const MAX_CODES = 10;
const id = (titel: string): string => `g-${titel.toLowerCase().replace(/[^a-z]+/g, '-')}`;

const perCode = async (doek: Doek, welke: string): Promise<readonly Uitkomst[]> => {
  const indicatoren = heeft(doek, [welke]);
  if (indicatoren.length === 0) return [];
  return (await doek.vraag(indicatoren, 'code')).cijfers.filter(({ waarde }) => (waarde ?? 0) > 0);
};

export async function codeblok({ titel, id: welke }: Van<'codes'>, doek: Doek): Promise<Html | null> {
  const indicator = indicatorVan(welke);
  const cijfers = (await perCode(doek, welke)).toSorted((a, b) => (b.waarde ?? 0) - (a.waarde ?? 0));
  if (!indicator || cijfers.length === 0) return null;
  const totaal = cijfers.reduce((som, { waarde }) => som + (waarde ?? 0), 0);
  const top = cijfers.slice(0, MAX_CODES);
  const metUitleg = cijfers.some(({ deel }) => betekenis(deel ?? '') !== undefined);
  const naam = ({ deel }: Uitkomst): string => sleutelnaam(deel ?? '');
  const grafiek = balkgrafiek({
    id: id(titel),
    titel,
    omschrijving: `De ${top.length} die het meest voorkomen, van ${getal(totaal)} in totaal. Alle cijfers staan in de tabel eronder.`,
    balken: top.map((cijfer) => ({ naam: naam(cijfer), waarde: cijfer.waarde ?? 0 })),
    schrijf: getal,
  });
  return kaart(
    titel,
    grafiek,
    uitklap(
      metUitleg ? 'Toon als tabel, met wat de codes betekenen' : 'Toon als tabel',
      tabel({
        titel,
        titelVerborgen: true,
        kolommen: [
          { kop: metUitleg ? 'Code' : 'Wat', rijkop: true, cel: naam },
          ...(metUitleg ? [{ kop: 'Wat moet kloppen', cel: ({ deel }: Uitkomst) => betekenis(deel ?? '') ?? '' }] : []),
          { kop: 'Aantal', getal: true, cel: ({ waarde }) => getal(waarde ?? 0) },
          { kop: 'Deel', getal: true, cel: ({ waarde }) => procent((waarde ?? 0) / totaal) },
        ],
        rijen: cijfers,
      }),
    ),
  );
}

/** So many days have a bar of their own; what took longer is one bar. */
const dagenVan = (norm: number): number => Math.max(6, norm + 4);

export async function dagenblok({ titel, norm }: Van<'dagen'>, doek: Doek): Promise<Html | null> {
  const cijfers = await perCode(doek, `${norm}-beantwoord`);
  if (cijfers.length === 0) return null;
  const { norm: grens, eenheid } = NORMEN[norm];
  const laatste = dagenVan(grens);
  const tel = (past: (dag: number) => boolean): number =>
    cijfers.filter(({ deel }) => past(Number(deel))).reduce((som, { waarde }) => som + (waarde ?? 0), 0);
  const rijen = [
    ...Array.from({ length: laatste + 1 }, (_, nr) => ({
      naam: nr === 0 ? 'dezelfde dag' : `${nr} ${nr === 1 && eenheid === 'werkdagen' ? 'werkdag' : eenheid}`,
      waarde: tel((dag) => dag === nr),
    })),
    { naam: `meer dan ${laatste}`, waarde: tel((dag) => dag > laatste) },
  ];
  const grafiek = balkgrafiek({
    id: id(titel),
    titel,
    omschrijving: `Van ${getal(tel(() => true))} antwoorden kwamen er ${getal(tel((dag) => dag <= grens))} binnen de norm van ${grens} ${eenheid}.`,
    balken: rijen,
    schrijf: getal,
    grens: { naBalk: grens + 1, naam: `${grens} ${eenheid} (de norm)` },
  });
  return kaart(
    titel,
    grafiek,
    uitklap(
      'Toon als tabel',
      tabel({
        titel,
        titelVerborgen: true,
        kolommen: [
          { kop: 'Na', rijkop: true, cel: ({ naam }) => naam },
          { kop: 'Antwoorden', getal: true, cel: ({ waarde }) => getal(waarde) },
        ],
        rijen,
      }),
    ),
  );
}

/** For who reads a page of figures: what they mean. */
export const begrippen = (ids: readonly string[]): Html =>
  uitklap(
    'Wat betekenen deze cijfers?',
    html`<dl class="kp-begrippen">${ids.flatMap((welke) => {
      const indicator = indicatorVan(welke);
      return indicator
        ? [
            html`<dt>${indicator.titel}</dt><dd>${indicator.uitleg}${indicator.vanaf ? ` ${indicator.vanaf}` : null}</dd>`,
          ]
        : [];
    })}</dl>`,
  );
