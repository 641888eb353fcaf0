/** What an answer says of itself, whatever it has to say of the message. */
import type { Berichtsoort } from '../standards/catalogus.ts';
import type { Inhoud, Structuur } from '../xml/structuur.ts';

export interface Kenmerken {
  readonly soort: Berichtsoort;
  readonly structuur: Structuur;
  readonly identificatie: string;
  readonly dagtekening: string;
}

/** The versions of the schema that the answer itself is made by (IV034). */
export const xsdVersie = ({ structuur }: Kenmerken): Inhoud => ({
  BasisschemaXsdVersie: structuur.basisVersie,
  BerichtXsdVersie: structuur.versie,
});
