/** For what a gemeente may ask whether there is an indicatiebesluit: the articles that Wmo 5.2.5 lid 3 names, and nothing else. Pure. */

export const DOELEN = {
  '2.3.2': 'onderzoek na een melding',
  '2.3.3': 'maatwerkvoorziening in een spoedeisend geval',
  '2.3.5': 'beslissing op een aanvraag',
  '2.3.6': 'persoonsgebonden budget',
  '2.3.9': 'heronderzoek',
  '2.3.10': 'herziening of intrekking',
} as const;
export type Doel = keyof typeof DOELEN;
export const DOELCODES = Object.keys(DOELEN) as readonly Doel[];
