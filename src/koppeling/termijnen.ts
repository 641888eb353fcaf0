/**
 * Within which time an answer is due. Pure; the calendar is given.
 *
 * A term begins when the message is delivered: placed in the postbus of its receiver. That day, in the Netherlands, is day 0. Open point 18
 * of the norm: of the 8 weeks only one text says what they are counted from, the dagtekening of the request; the switch counts them from
 * the delivery too, which is never earlier. A last day on which nobody works moves to the next working day.
 */
import { BERICHTSOORTEN, type Berichtsoort } from '../standards/catalogus.ts';
import { beginVanDag, datum } from '../tijd.ts';
import { type Kalender, plusDagen } from './kalender.ts';

interface Termijn {
  readonly duur: { readonly werkdagen: number } | { readonly weken: number };
  /** Where the norm says so. */
  readonly regels: readonly string[];
  /** Numbers of the soorten that end it; null: the soort that answers the message one to one. */
  readonly antwoorden: readonly string[] | null;
}

export const TERMIJNEN = {
  /** The retour of any heenbericht. */
  retour: { duur: { werkdagen: 3 }, regels: ['OP090'], antwoorden: null },
  /** The 325 on a 323. */
  declaratie: { duur: { werkdagen: 10 }, regels: ['OP090x4'], antwoorden: null },
  /** What the gemeente decides on a 315 or 317, or that it needs longer. */
  verzoek: { duur: { werkdagen: 5 }, regels: ['OP274', 'OP346'], antwoorden: ['301', '319'] },
  /** What it decides when it said so. */
  onderzoek: { duur: { weken: 8 }, regels: ['OP274', 'OP346'], antwoorden: ['301', '319'] },
} as const satisfies Record<string, Termijn>;

export type Termijnsoort = keyof typeof TERMIJNEN;
export const TERMIJNSOORTEN = Object.keys(TERMIJNEN) as readonly Termijnsoort[];

/**
 * The terms that begin when a message is delivered.
 * @param beantwoord the switch answered it itself
 * @param gevraagd it asks for a decision, under references by which that will be known
 */
export function beginnendeTermijnen(
  { aard, antwoord }: Berichtsoort,
  beantwoord: boolean,
  gevraagd: boolean,
): readonly Termijnsoort[] {
  if (aard !== 'heen') return [];
  const antwoordsoort = BERICHTSOORTEN.find(({ code }) => code === antwoord);
  const eigen = antwoordsoort?.aard === 'antwoord' ? 'declaratie' : 'retour';
  return [...(beantwoord ? [] : ([eigen] as const)), ...(gevraagd ? (['verzoek'] as const) : [])];
}

/** Codes of the soorten of which one ends this term of a message. */
export function verwachteSoorten(termijn: Termijnsoort, soort: Berichtsoort): readonly string[] {
  const nummers: readonly string[] | null = TERMIJNEN[termijn].antwoorden;
  if (nummers === null) return soort.antwoord === null ? [] : [soort.antwoord];
  const { domein, release } = soort;
  return BERICHTSOORTEN.filter(
    (rij) => rij.domein === domein && rij.release === release && nummers.includes(rij.nummer),
  ).map(({ code }) => code);
}

/** @param dag day 0. @returns the last day (YYYY-MM-DD) on which the answer is in time */
export function uiterlijkVanaf(termijn: Termijnsoort, dag: string, kalender: Kalender): string {
  const { duur }: Termijn = TERMIJNEN[termijn];
  if ('werkdagen' in duur) return kalender.naWerkdagen(dag, duur.werkdagen);
  return kalender.eersteWerkdag(plusDagen(dag, duur.weken * 7));
}

/** @returns the last day (YYYY-MM-DD) on which the answer is in time */
export const uiterlijk = (termijn: Termijnsoort, bezorgd: Date, kalender: Kalender): string =>
  uiterlijkVanaf(termijn, datum(bezorgd), kalender);

/**
 * How many working days are left after today; 0 on the last day. After it: how many working days late an answer of today is, as a negative
 * number. What is given on a day on which nobody works counts as given on the next working day.
 */
export const werkdagenOver = (laatste: string, vandaag: string, kalender: Kalender): number =>
  kalender.werkdagenTussen(laatste < vandaag ? kalender.eersteWerkdag(vandaag) : vandaag, laatste);

/** @returns the first moment of delivery for which this term has not passed yet: whatever was delivered before it, is late */
export function teLaatVoor(termijn: Termijnsoort, vandaag: string, kalender: Kalender): Date {
  let dag = vandaag;
  for (
    let eerder = plusDagen(dag, -1);
    uiterlijkVanaf(termijn, eerder, kalender) >= vandaag;
    eerder = plusDagen(dag, -1)
  )
    dag = eerder;
  return beginVanDag(dag);
}
