/** Indicators that need no more than the envelope: how much, how good, how fast. */
import { aandeelVan, aantalVan, type Indicator, MEDIAAN, P95, percentiel, somVan } from './indicator.ts';
import type { Maat } from './maat.ts';
import { VLOT_BEVESTIGD_MS, VLOT_VERWERKT_MS } from './normen.ts';

const binnen = (meting: string, totEnMet: number): Maat => ({
  soort: 'aandeel',
  teller: { meting, totEnMet },
  noemer: { meting },
});

export const VOLUME: readonly Indicator[] = [
  {
    id: 'berichten',
    thema: 'volume',
    titel: 'Berichten',
    uitleg: 'Hoeveel berichten het knooppunt kreeg of zelf maakte, geteld in de week waarin ze binnenkwamen.',
    eenheid: 'aantal',
    maat: aantalVan('volume'),
    beter: null,
    landelijk: { groep: 'volume', teller: ['alle'] },
  },
  {
    id: 'omvang',
    thema: 'volume',
    titel: 'Omvang',
    uitleg: 'Hoe groot deze berichten samen zijn.',
    eenheid: 'bytes',
    maat: somVan('volume'),
    beter: null,
    landelijk: { groep: 'volume', teller: ['alle'], som: true },
  },
];

export const KWALITEIT: readonly Indicator[] = [
  {
    id: 'afgekeurd',
    thema: 'kwaliteit',
    titel: 'Afgekeurd door het knooppunt',
    uitleg: 'Welk deel van de berichten het knooppunt niet bezorgde, omdat er een fout in zat.',
    eenheid: 'aandeel',
    maat: aandeelVan('uitkomst', /^afgekeurd$/),
    beter: 'minder',
    landelijk: { groep: 'uitkomst', teller: ['afgekeurd'] },
  },
  {
    id: 'fo01',
    thema: 'kwaliteit',
    titel: 'Foutberichten (Fo01)',
    uitleg: 'Hoeveel berichten een foutbericht Fo01 als antwoord kregen: ze waren technisch niet goed.',
    eenheid: 'aantal',
    maat: aantalVan('fo01'),
    beter: 'minder',
    perCode: true,
  },
  {
    id: 'retour',
    thema: 'kwaliteit',
    titel: 'Retour met fouten',
    uitleg:
      'Welk deel van de beantwoorde berichten een retour kreeg waarin iets was afgewezen, helemaal of voor een deel.',
    eenheid: 'aandeel',
    maat: aandeelVan('retour', /^(deels|afgewezen)$/),
    beter: 'minder',
    landelijk: { groep: 'retour', teller: ['fouten'] },
  },
  {
    id: 'retour-afgewezen',
    thema: 'kwaliteit',
    titel: 'Helemaal afgewezen',
    uitleg: 'Welk deel van de beantwoorde berichten in zijn geheel werd afgewezen.',
    eenheid: 'aandeel',
    maat: aandeelVan('retour', /^afgewezen$/),
    beter: 'minder',
  },
  {
    id: 'retourcodes',
    thema: 'kwaliteit',
    titel: 'Retourcodes',
    uitleg:
      'Hoe vaak een retourcode werd gegeven die een fout meldt. Alleen waar het knooppunt het antwoord heeft gelezen.',
    eenheid: 'aantal',
    // 0200 and 8001 say that all is well.
    maat: aantalVan('retourcode', /^(?!(0200|8001)$)/),
    beter: 'minder',
    perCode: true,
  },
  {
    id: 'doorlooptijd-midden',
    thema: 'kwaliteit',
    titel: 'Tijd in het knooppunt',
    uitleg: 'De helft van de berichten was binnen deze tijd verwerkt, van ontvangst tot bezorging of afkeuring.',
    eenheid: 'tijd',
    maat: percentiel('doorlooptijd', MEDIAAN),
    beter: 'minder',
  },
  {
    id: 'doorlooptijd-p95',
    thema: 'kwaliteit',
    titel: 'Tijd in het knooppunt, traagste 5%',
    uitleg: 'Van de 100 berichten waren er 95 binnen deze tijd verwerkt.',
    eenheid: 'tijd',
    maat: percentiel('doorlooptijd', P95),
    beter: 'minder',
  },
  {
    id: 'vlot-verwerkt',
    thema: 'kwaliteit',
    titel: 'Binnen 10 seconden verwerkt',
    uitleg: 'Welk deel van de berichten het knooppunt binnen 10 seconden bezorgde of afkeurde.',
    eenheid: 'aandeel',
    maat: binnen('doorlooptijd', VLOT_VERWERKT_MS),
    beter: 'meer',
    landelijk: { groep: 'doorlooptijd', teller: ['binnen'] },
  },
  {
    id: 'vlot-bevestigd',
    thema: 'kwaliteit',
    titel: 'Binnen 28 uur bevestigd',
    uitleg: 'Welk deel van de bevestigde berichten de ontvanger binnen 28 uur bevestigde.',
    eenheid: 'aandeel',
    maat: binnen('ophaaltijd', VLOT_BEVESTIGD_MS),
    beter: 'meer',
    landelijk: { groep: 'ophaaltijd', teller: ['binnen'] },
  },
  {
    id: 'ophaaltijd-midden',
    thema: 'kwaliteit',
    titel: 'Tijd tot bevestiging',
    uitleg: 'De helft van de berichten was binnen deze tijd bevestigd door de ontvanger.',
    eenheid: 'tijd',
    maat: percentiel('ophaaltijd', MEDIAAN),
    beter: 'minder',
  },
  {
    id: 'ophaaltijd-p95',
    thema: 'kwaliteit',
    titel: 'Tijd tot bevestiging, traagste 5%',
    uitleg: 'Van de 100 berichten waren er 95 binnen deze tijd bevestigd door de ontvanger.',
    eenheid: 'tijd',
    maat: percentiel('ophaaltijd', P95),
    beter: 'minder',
  },
];
