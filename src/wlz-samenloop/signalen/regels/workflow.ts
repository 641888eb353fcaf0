/** How a signal is handled: the one table of what may follow what, and by whom. Pure. */

export const WORKFLOWSTANDEN = ['nieuw', 'in_behandeling', 'afgehandeld'] as const;
export type Workflow = (typeof WORKFLOWSTANDEN)[number];

/** How handling ended. vervallen: there was nothing left to handle. */
export const UITKOMSTEN = ['gestopt', 'terecht_samen', 'onjuist', 'vervallen'] as const;
export type Uitkomst = (typeof UITKOMSTEN)[number];

/** gemeente: an employee; knooppunt: what the messages and the comparison show. */
export type Wie = 'gemeente' | 'knooppunt';

interface Overgang {
  readonly van: Workflow;
  readonly naar: Workflow;
  readonly door: Wie;
  /** Which outcomes may be given; empty: none. */
  readonly uitkomsten: readonly Uitkomst[];
}

/** Every change there is. A gemeente takes a signal up before it closes it, so that it is seen who looked at it. */
export const WORKFLOWOVERGANGEN: readonly Overgang[] = [
  { van: 'nieuw', naar: 'in_behandeling', door: 'gemeente', uitkomsten: [] },
  { van: 'in_behandeling', naar: 'afgehandeld', door: 'gemeente', uitkomsten: ['gestopt', 'terecht_samen', 'onjuist'] },
  // A 301 or 307 that ends the care is the follow-up itself; an overlap that is gone leaves nothing to do.
  { van: 'nieuw', naar: 'afgehandeld', door: 'knooppunt', uitkomsten: ['gestopt', 'vervallen'] },
  { van: 'in_behandeling', naar: 'afgehandeld', door: 'knooppunt', uitkomsten: ['gestopt', 'vervallen'] },
];

/** May this change be made? @param uitkomst undefined: none is given */
export const magNaar = (van: Workflow, naar: Workflow, door: Wie, uitkomst: Uitkomst | undefined): boolean =>
  WORKFLOWOVERGANGEN.some(
    (overgang) =>
      overgang.van === van &&
      overgang.naar === naar &&
      overgang.door === door &&
      (uitkomst === undefined ? overgang.uitkomsten.length === 0 : overgang.uitkomsten.includes(uitkomst)),
  );
