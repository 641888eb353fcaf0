/** Through the weeks: lines and bars, each with the same figures as a table. */
import type { Indicator } from '../../../ketendata/inzicht/regels/indicator.ts';
import { indicatorVan } from '../../../ketendata/inzicht/regels/indicatoren.ts';
import { richtingVan, type Uitkomst } from '../../../ketendata/inzicht/regels/vraag.ts';
import { BERICHTSOORTEN } from '../../../standards/catalogus.ts';
import { lijngrafiek, type Reeks, staafgrafiek } from '../../grafiek/grafieken.ts';
import type { Html } from '../../html.ts';
import { kaart, tabel, uitklap } from '../../onderdelen.ts';
import type { Blok } from './bladen.ts';
import { type Doek, heeft, stapKort, stapLang, stappenVan } from './doek.ts';
import { asschrijver, periodeTekst, schrijver, waardeTekst } from './waarde.ts';

type Van<S extends Blok['soort']> = Extract<Blok, { soort: S }>;

interface Verloop {
  readonly titel: string;
  readonly stappen: readonly string[];
  readonly reeksen: readonly Reeks[];
  readonly indicator: Indicator;
}

/** A bar of the national view is four weeks. */
const titelVan = ({ landelijk }: Doek, titel: string): string =>
  landelijk ? titel.replace('per week', 'per vier weken') : titel;
const id = (titel: string): string => `g-${titel.toLowerCase().replace(/[^a-z]+/g, '-')}`;

/** What one hears in place of the chart: from where to where each series goes. */
function omschrijving({ reeksen, indicator, stappen }: Verloop): string {
  const tekst = (waarde: number | null | undefined): string =>
    waarde === null || waarde === undefined ? 'onbekend' : schrijver(indicator)(waarde);
  const delen = reeksen.map(({ naam, waarden }) => `${naam}: van ${tekst(waarden[0])} naar ${tekst(waarden.at(-1))}`);
  return `${periodeTekst({ eerste: stappen[0] ?? '', laatste: stappen.at(-1) ?? '' })}. ${delen.join('; ')}. Alle cijfers staan in de tabel eronder.`;
}

/** The figures of a chart as a table, newest first. */
function cijfers(doek: Doek, { titel, stappen, reeksen, indicator }: Verloop): Html {
  const rijen = stappen.map((stap, nr) => ({ stap, nr })).toReversed();
  return uitklap(
    'Toon als tabel',
    tabel({
      titel,
      titelVerborgen: true,
      kolommen: [
        { kop: doek.landelijk ? 'Vier weken' : 'Week', rijkop: true, cel: ({ stap }) => stapLang(doek, stap) },
        ...reeksen.map(({ naam, waarden }) => ({
          kop: naam,
          getal: true,
          cel: ({ nr }: { nr: number }) => waardeTekst(indicator, waarden[nr], doek.landelijk),
        })),
      ],
      rijen,
    }),
  );
}

/** A count of nothing is 0, unless it is withheld; a share of nothing is not known. */
function waardenVan(
  { landelijk }: Doek,
  { eenheid }: Indicator,
  uitkomsten: readonly Uitkomst[],
  stappen: readonly string[],
): readonly (number | null)[] {
  const perDeel = new Map(uitkomsten.map(({ deel, waarde }) => [deel, waarde]));
  const telbaar = eenheid === 'aantal' || eenheid === 'geld' || eenheid === 'bytes';
  return stappen.map((stap) => perDeel.get(stap) ?? (telbaar && !landelijk ? 0 : null));
}

/** A share of nothing at all is something to show; a count of nothing is not. */
const heeftIets = ({ eenheid }: Indicator, reeksen: readonly Reeks[]): boolean =>
  reeksen.some(({ waarden }) => waarden.some((waarde) => waarde !== null && (eenheid === 'aandeel' || waarde !== 0)));

export async function lijnblok({ titel: wat, ids, max }: Van<'lijn'>, doek: Doek): Promise<Html | null> {
  const titel = titelVan(doek, wat);
  const indicatoren = heeft(doek, ids);
  const [indicator] = indicatoren;
  if (!indicator) return null;
  const antwoord = await doek.vraag(indicatoren, 'week');
  const stappen = stappenVan(doek, antwoord.weken);
  const reeksen = indicatoren
    .map((een) => ({
      naam: een.titel.replace(/: op tijd$/, ''),
      waarden: waardenVan(
        doek,
        een,
        antwoord.cijfers.filter((cijfer) => cijfer.indicator === een.id),
        stappen,
      ),
    }))
    .filter((reeks) => heeftIets(indicator, [reeks]));
  if (reeksen.length === 0) return null;
  const verloop = { titel, stappen, reeksen, indicator };
  const grafiek = lijngrafiek({
    id: id(titel),
    titel,
    omschrijving: omschrijving(verloop),
    namen: stappen.map(stapKort),
    reeksen,
    schrijf: asschrijver(indicator),
    ...(max !== undefined && { max }),
  });
  return kaart(titel, grafiek, cijfers(doek, verloop));
}

/** Soorten of a direction, among those that were chosen. */
const soortenVan = (richting: string, gekozen: readonly string[] | undefined): readonly string[] =>
  BERICHTSOORTEN.map(({ code }) => code).filter(
    (soort) => richtingVan(soort) === richting && (gekozen?.includes(soort) ?? true),
  );

export async function staafblok({ titel: wat, delen }: Van<'staaf'>, doek: Doek): Promise<Html | null> {
  const titel = titelVan(doek, wat);
  const indicator = indicatorVan(delen[0]?.id ?? '');
  const zichtbaar = delen.filter((deel) => heeft(doek, [deel.id]).length > 0);
  if (!indicator || zichtbaar.length === 0) return null;
  const antwoorden = await Promise.all(
    zichtbaar.map(({ id: welke, richting }) =>
      doek.vraag(
        heeft(doek, [welke]),
        'week',
        richting && { berichtsoorten: soortenVan(richting, doek.keuze.filter.berichtsoorten) },
      ),
    ),
  );
  const [eerste] = antwoorden;
  if (!eerste) return null;
  const stappen = stappenVan(doek, eerste.weken);
  const reeksen = zichtbaar.map(({ naam }, nr) => ({
    naam,
    waarden: waardenVan(doek, indicator, antwoorden[nr]?.cijfers ?? [], stappen),
  }));
  if (!heeftIets(indicator, reeksen)) return null;
  const verloop = { titel, stappen, reeksen, indicator };
  const grafiek = staafgrafiek({
    id: id(titel),
    titel,
    omschrijving: omschrijving(verloop),
    namen: stappen.map(stapKort),
    reeksen,
    schrijf: asschrijver(indicator),
  });
  return kaart(titel, grafiek, cijfers(doek, verloop));
}
