/** Makes valid documents from a schema model. */

import type { Toeval } from '../hulp/toeval.ts';
import { type Knoop, kinderen, knoop } from './boom.ts';
import type { ElementModel } from './schemamodel.ts';
import { geldigeWaarden } from './waarden.ts';

/** How many of a child to make, given its model. */
export type Aantal = (kind: ElementModel) => number;

/** Only what must be there. */
export const minimaal: Aantal = (kind) => kind.min;
/** Everything that may be there, and two of what may repeat. */
export const volledig: Aantal = (kind) => (kind.max === Number.POSITIVE_INFINITY ? 2 : kind.max);
/** Somewhere in between. */
export const willekeurig =
  (toeval: Toeval): Aantal =>
  (kind) =>
    toeval.kans(0.5) ? minimaal(kind) : volledig(kind);

/** Makes an element with everything below it. */
export function bouw(model: ElementModel, aantal: Aantal, toeval: Toeval): Knoop {
  if (model.type.soort === 'enkelvoudig') {
    return knoop(model.naam, model.namespace, [toeval.kies(geldigeWaarden(model.type))]);
  }
  const inhoud = model.type.kinderen.flatMap((kind) =>
    Array.from({ length: aantal(kind) }, () => bouw(kind, aantal, toeval)),
  );
  return knoop(model.naam, model.namespace, inhoud);
}

/** Makes a minimal document in which the (mandatory) leaf at `pad` has the given text. */
export function bouwMet(model: ElementModel, pad: string, waarde: string, toeval: Toeval): Knoop {
  const gebouwd = bouw(model, minimaal, toeval);
  const blad = pad
    .split('/')
    .slice(2)
    .reduce<Knoop | undefined>((deel, naam) => deel && kinderen(deel).find((kind) => kind.naam === naam), gebouwd);
  if (!blad) throw new Error(`${pad} staat niet in een minimaal bericht`);
  blad.inhoud = [waarde];
  return gebouwd;
}
