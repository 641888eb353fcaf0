/** Of every norm the same four indicators. */
import { aantalVan, DOSSIER, type Indicator, MEDIAAN, percentiel } from './indicator.ts';
import { metingVan, openMetingVan } from './maat.ts';
import { NORMEN, type NormId } from './normen.ts';

/** These look into messages. */
const MET_DOSSIER: ReadonlySet<NormId> = new Set(['R3', 'R4', 'R5', 'R6', 'R8']);

/** Of R3 the term is longer than the national figures wait. */
const NIET_LANDELIJK: ReadonlySet<NormId> = new Set(['R3']);

export function vanNorm(norm: NormId): readonly Indicator[] {
  const { titel, uitleg, eenheid } = NORMEN[norm];
  const gedeeld = {
    thema: 'reactietijd',
    ...(MET_DOSSIER.has(norm) && { vanaf: DOSSIER }),
  } as const;
  return [
    {
      ...gedeeld,
      id: `${norm}-op-tijd`,
      titel: `${titel}: op tijd`,
      uitleg: `${uitleg} Dit is welk deel op tijd was, van alles wat beantwoord is of al te laat is.`,
      eenheid: 'aandeel',
      maat: { soort: 'optijd', norm },
      beter: 'meer',
      ...(!NIET_LANDELIJK.has(norm) && { landelijk: { groep: metingVan(norm), teller: ['tijdig'] } }),
    },
    {
      ...gedeeld,
      id: `${norm}-beantwoord`,
      titel: `${titel}: beantwoord`,
      uitleg: `${uitleg} Zo vaak is dat gebeurd. Per code: na hoeveel ${eenheid}.`,
      eenheid: 'aantal',
      maat: aantalVan(metingVan(norm)),
      beter: null,
      perCode: true,
    },
    {
      ...gedeeld,
      id: `${norm}-mediaan`,
      titel: `${titel}: gebruikelijke tijd`,
      uitleg: `${uitleg} De helft was binnen dit aantal ${eenheid}.`,
      eenheid: eenheid === 'dagen' ? 'dagen' : 'werkdagen',
      maat: percentiel(metingVan(norm), MEDIAAN),
      beter: 'minder',
    },
    {
      ...gedeeld,
      id: `${norm}-open`,
      titel: `${titel}: nog open`,
      uitleg: `${uitleg} Hierop is nog geen antwoord gekomen.`,
      eenheid: 'aantal',
      maat: aantalVan(openMetingVan(norm)),
      beter: 'minder',
    },
    {
      ...gedeeld,
      id: `${norm}-te-laat`,
      titel: `${titel}: nog open en te laat`,
      uitleg: `${uitleg} Hierop is nog geen antwoord gekomen, en de laatste dag is voorbij.`,
      eenheid: 'aantal',
      maat: { soort: 'overschreden', meting: openMetingVan(norm) },
      beter: 'minder',
    },
  ];
}
