/** Residents who do not exist: test BSNs, and names and addresses out of lists. */
import { isBsn, isTestBsn } from '../../standards/bsn.ts';
import type { Domein } from '../../standards/catalogus.ts';
import type { Toeval } from './toeval.ts';

export interface Persoon {
  readonly bsn: string;
  readonly geboren: string;
  readonly geslacht: '1' | '2';
  readonly achternaam: string;
  readonly voorvoegsel: string | null;
  readonly voornaam: string;
  readonly straat: string;
  readonly huisnummer: number;
  readonly postcode: string;
  readonly plaats: string;
}

const ACHTERNAMEN = [
  ...[
    'Jansen',
    'de Vries',
    'Bakker',
    'Visser',
    'Smit',
    'Meijer',
    'de Boer',
    'Mulder',
    'de Groot',
    'Bos',
    'Vos',
    'Peters',
  ],
  ...['Hendriks', 'van Leeuwen', 'Dekker', 'Brouwer', 'de Wit', 'Dijkstra', 'Smits', 'de Graaf', 'van der Meer', 'Kok'],
  ...[
    'Jacobs',
    'de Haan',
    'Vermeulen',
    'van den Heuvel',
    'van der Veen',
    'van den Broek',
    'de Bruijn',
    'Schouten',
    'Yılmaz',
  ],
  ...[
    'Kaya',
    'El Amrani',
    'Bouzid',
    'Nguyen',
    'Ouédraogo',
    'Kowalski',
    'Singh',
    'Fernandes',
    'Sahin',
    'Willems',
    'Hoekstra',
  ],
];
const VOORNAMEN = {
  '1': [
    'Sem',
    'Daan',
    'Ahmed',
    'Jan',
    'Kees',
    'Pieter',
    'Henk',
    'Mohamed',
    'Levi',
    'Bram',
    'Willem',
    'Hassan',
    'Thijs',
    'Joost',
  ],
  '2': [
    'Emma',
    'Julia',
    'Fatima',
    'Anna',
    'Maria',
    'Johanna',
    'Sophie',
    'Aylin',
    'Tess',
    'Greetje',
    'Cornelia',
    'Naima',
    'Lotte',
  ],
} as const;
const STRATEN = [
  'Proefkade',
  'Voorbeeldlaan',
  'Testplein',
  'Modelstraat',
  'Oefenweg',
  'Schetspad',
  'Maquettehof',
  'Simulatiesingel',
];
const EERSTE = 999_900_055;
const VOORVOEGSEL = /^((?:(?:van|de|der|den|El) )+)(.*)$/;

/**
 * Test numbers that pass the elfproef, all of them once; the first ones of all are those of the examples, and are left to them.
 * @param overslaan begin after so many
 */
export function* testBsns(overslaan = 0): Generator<string> {
  const alle: string[] = [];
  for (let nummer = EERSTE; isTestBsn(String(nummer)); nummer += 1)
    if (isBsn(String(nummer))) alle.push(String(nummer));
  yield* alle.slice(overslaan);
  yield* alle.slice(0, overslaan);
}

const twee = (getal: number): string => String(getal).padStart(2, '0');

/** @param plaats where they live: the name of the gemeente will do */
export function maakPersoon(toeval: Toeval, bsn: string, domein: Domein, jaar: number, plaats: string): Persoon {
  const leeftijd =
    domein === 'ijw' ? toeval.geheel(2, 17) : toeval.kans(0.75) ? toeval.geheel(65, 96) : toeval.geheel(19, 64);
  const geslacht = toeval.kies(['1', '2'] as const);
  const naam = toeval.kies(ACHTERNAMEN);
  const [, voor, rest] = VOORVOEGSEL.exec(naam) ?? [];
  return {
    bsn,
    geboren: `${jaar - leeftijd - 1}-${twee(toeval.geheel(1, 12))}-${twee(toeval.geheel(1, 28))}`,
    geslacht,
    achternaam: rest ?? naam,
    voorvoegsel: voor?.trim() ?? null,
    voornaam: toeval.kies(VOORNAMEN[geslacht]),
    straat: toeval.kies(STRATEN),
    huisnummer: toeval.geheel(1, 220),
    postcode: `${toeval.geheel(1011, 9999)}${toeval.kies(['AB', 'CD', 'EG', 'HK', 'LM', 'NP'])}`,
    plaats,
  };
}
