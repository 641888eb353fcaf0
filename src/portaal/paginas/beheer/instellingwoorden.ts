/** What each choice of an organisation means, and what changes with it: words for who chooses. */
import type { Instelling } from '../../../routering/instellingen.ts';
import type { Domein } from '../../../standards/catalogus.ts';
import type { Keuze } from '../../onderdelen/formulier.ts';
import { datumLang } from '../../opmaak.ts';
import type { Verschil } from './wijziging.ts';
import { verschillenVan } from './wijziging.ts';

export const DOMEINTITEL: Readonly<Record<Domein, string>> = { iwmo: 'Wmo (iWmo)', ijw: 'Jeugdwet (iJw)' };

export const NIVEAUS: readonly Keuze[] = [
  {
    waarde: '0',
    tekst: '0. Alleen de envelop',
    uitleg: 'Het knooppunt leest de inhoud niet. U krijgt alles, ook berichten die niet kloppen.',
  },
  {
    waarde: '1',
    tekst: '1. De vorm',
    uitleg:
      'Een bericht moet de vorm hebben die de standaard voorschrijft (XSD). Anders krijgt de afzender een foutbericht (Fo01).',
  },
  {
    waarde: '2',
    tekst: '2. De vorm en de regels binnen het bericht (standaard)',
    uitleg:
      'Ook de regels binnen één bericht moeten kloppen, zoals geldige codes en datums. Anders krijgt de afzender een retourbericht.',
  },
  {
    waarde: '3',
    tekst: '3. Ook de regels tussen berichten',
    uitleg: 'Het bericht moet passen bij eerdere berichten. Een declaratie moet bijvoorbeeld bij een toewijzing horen.',
  },
  {
    waarde: '4',
    tekst: '4. Ook vergelijken met andere bronnen',
    uitleg: 'Ook lijsten van buiten tellen mee, zoals afgesproken tarieven.',
  },
];

export const RETOUREN: readonly Keuze[] = [
  {
    waarde: 'zelf',
    tekst: 'Uw eigen systeem (standaard)',
    uitleg: 'U krijgt het bericht met wat het knooppunt vond erbij, en stuurt zelf het retourbericht.',
  },
  {
    waarde: 'knooppunt',
    tekst: 'Het knooppunt',
    uitleg: 'Het knooppunt stuurt het retourbericht voor u. Een bericht dat wordt afgekeurd, komt niet bij u binnen.',
  },
];

export const FOUTLIJSTKEUZES: readonly Keuze[] = [
  { waarde: '2025-11', tekst: 'November 2025 (standaard)' },
  { waarde: '2.1', tekst: 'Versie 2.1, voor oudere systemen' },
];

export const ROUTES: readonly Keuze[] = [
  { waarde: 'postbus', tekst: 'Alleen de postbus (standaard)', uitleg: 'De organisatie haalt haar berichten zelf op.' },
  {
    waarde: 'stuf',
    tekst: 'Ook bezorgen bij het StUF-eindpunt',
    uitleg:
      'Het knooppunt biedt elk bericht aan bij het adres van de organisatie. Lukt dat niet, dan ligt het in de postbus.',
  },
];

const tekstVan = (keuzes: readonly Keuze[], waarde: string): string =>
  keuzes.find((keuze) => keuze.waarde === waarde)?.tekst ?? waarde;

/** Each field as it is read. */
export const leesbaar = (instelling: Instelling) => ({
  controleniveau: tekstVan(NIVEAUS, String(instelling.controleniveau)),
  retour: tekstVan(RETOUREN, instelling.retour),
  foutlijst: tekstVan(FOUTLIJSTKEUZES, instelling.foutlijst),
  route: tekstVan(ROUTES, instelling.route),
  dossierVolledigVanaf:
    instelling.dossierVolledigVanaf === null ? 'niet opgegeven' : datumLang(instelling.dossierVolledigVanaf),
});

export const VELDEN = [
  ['controleniveau', 'Controle van berichten'],
  ['retour', 'Wie beantwoordt berichten'],
  ['foutlijst', 'Lijst met foutcodes'],
  ['dossierVolledigVanaf', 'Dossier is volledig vanaf'],
  ['route', 'Waar berichten heen gaan'],
] as const satisfies readonly (readonly [keyof Instelling, string])[];

export function instellingVerschillen(was: Instelling, wordt: Instelling): readonly Verschil[] {
  const [oud, nieuw] = [leesbaar(was), leesbaar(wordt)];
  return verschillenVan(VELDEN.map(([veld, naam]) => [naam, oud[veld], nieuw[veld]]));
}

interface Gevolg {
  readonly als: (was: Instelling, wordt: Instelling) => boolean;
  readonly tekst: string;
}

/** What the reader must know before it confirms. */
const GEVOLGEN: readonly Gevolg[] = [
  {
    als: () => true,
    tekst: 'Het geldt vanaf het eerstvolgende bericht. Berichten die al zijn verwerkt, veranderen niet.',
  },
  {
    als: (was, wordt) => wordt.controleniveau > was.controleniveau,
    tekst: 'Er wordt strenger gecontroleerd. Afzenders kunnen meer afkeuringen krijgen dan zij gewend zijn.',
  },
  {
    als: (was, wordt) => wordt.controleniveau < was.controleniveau,
    tekst: 'Er wordt minder gecontroleerd. Fouten die het knooppunt nu tegenhoudt, komen straks bij u binnen.',
  },
  {
    als: (was, wordt) => was.controleniveau < 3 && wordt.controleniveau >= 3 && wordt.dossierVolledigVanaf === null,
    tekst:
      'Het knooppunt weet niet vanaf welke dag het alle berichten kent. Wat het mist, is dan een waarschuwing en geen fout.',
  },
  {
    als: (was, wordt) => was.retour === 'zelf' && wordt.retour === 'knooppunt',
    tekst:
      'Uw eigen systeem moet stoppen met het sturen van retourberichten: een tweede antwoord op hetzelfde bericht wordt geweigerd (IB019).',
  },
  {
    als: (was, wordt) => was.retour === 'knooppunt' && wordt.retour === 'zelf',
    tekst: 'Uw eigen systeem moet vanaf nu zelf retourberichten sturen. Anders wachten afzenders op een antwoord.',
  },
  {
    als: (was, wordt) => was.foutlijst !== wordt.foutlijst,
    tekst: 'Dezelfde code kan in de andere lijst iets anders betekenen. Ga na of uw systeem de nieuwe lijst kent.',
  },
  {
    als: (was, wordt) => was.dossierVolledigVanaf !== wordt.dossierVolledigVanaf && wordt.dossierVolledigVanaf !== null,
    tekst:
      'Vanaf die dag gaat elk bericht van u door dit knooppunt. Een bericht dat er dan niet is, telt als ontbrekend.',
  },
  {
    als: (was, wordt) => was.route === 'postbus' && wordt.route === 'stuf',
    tekst: 'Wat nu nog in de postbus ligt, wordt ook aangeboden bij het eindpunt.',
  },
  {
    als: (was, wordt) => was.route === 'stuf' && wordt.route === 'postbus',
    tekst: 'Het knooppunt biedt niets meer aan. De organisatie moet haar postbus zelf legen.',
  },
];

export const gevolgenVan = (was: Instelling, wordt: Instelling): readonly string[] =>
  GEVOLGEN.filter(({ als }) => als(was, wordt)).map(({ tekst }) => tekst);
