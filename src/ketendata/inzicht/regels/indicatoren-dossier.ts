/** Indicators of what is in messages, for those who let the switch look, and of the Wlz. */
import { aantalVan, DOSSIER, type Indicator, MEDIAAN, percentiel, somVan } from './indicator.ts';

export const DOORSTROOM: readonly Indicator[] = [
  {
    id: 'wachttijd',
    thema: 'doorstroom',
    titel: 'Van toewijzing tot start',
    uitleg: 'De helft van de toegewezen zorg begon binnen dit aantal dagen na de ingangsdatum.',
    eenheid: 'dagen',
    maat: percentiel('stroom-301-305', MEDIAAN),
    beter: 'minder',
    vanaf: DOSSIER,
  },
  {
    id: 'zonder-start',
    thema: 'doorstroom',
    titel: 'Toewijzingen zonder start',
    uitleg: 'Hoeveel toewijzingen er zijn waarvan de aanbieder nog geen start heeft gemeld.',
    eenheid: 'aantal',
    maat: aantalVan('stroom-301-zonder-305'),
    beter: 'minder',
    vanaf: DOSSIER,
  },
  {
    id: 'verzoek-antwoord',
    thema: 'doorstroom',
    titel: 'Beantwoorde verzoeken',
    uitleg: 'Hoe verzoeken om toewijzing werden beantwoord: met een toewijzing, afgewezen, of eerst in onderzoek.',
    eenheid: 'aantal',
    maat: aantalVan('stroom-315-antwoord'),
    beter: null,
    perCode: true,
    vanaf: DOSSIER,
  },
  {
    id: 'declaratie-antwoord',
    thema: 'doorstroom',
    titel: 'Van declaratie tot antwoord',
    uitleg: 'De helft van de declaraties was binnen dit aantal dagen beantwoord.',
    eenheid: 'dagen',
    maat: percentiel('stroom-323-325', MEDIAAN),
    beter: 'minder',
    vanaf: DOSSIER,
  },
];

const geld = (wat: string, titel: string, uitleg: string, landelijk = false): readonly Indicator[] => [
  {
    id: `geld-${wat}`,
    thema: 'geld',
    titel,
    uitleg,
    eenheid: 'geld',
    maat: somVan('geld', new RegExp(`^${wat}$`)),
    beter: null,
    vanaf: DOSSIER,
    ...(landelijk && { landelijk: { groep: 'geld', teller: [wat], som: true as const } }),
  },
  {
    id: `prestaties-${wat}`,
    thema: 'geld',
    titel: `${titel}: prestaties`,
    uitleg: `${uitleg} Geteld in prestaties.`,
    eenheid: 'aantal',
    maat: aantalVan('geld', new RegExp(`^${wat}$`)),
    beter: null,
    vanaf: DOSSIER,
    ...(landelijk && { landelijk: { groep: 'geld', teller: [wat] } }),
  },
];

export const GELD: readonly Indicator[] = [
  ...geld('ingediend', 'Ingediend', 'Het bedrag van de prestaties die aanbieders declareerden.'),
  ...geld('toegekend', 'Toegekend', 'Het bedrag van de prestaties die de gemeente toekende.', true),
  ...geld('afgekeurd', 'Afgekeurd', 'Het bedrag van de prestaties die de gemeente afkeurde.', true),
];

export const WLZ: readonly Indicator[] = [
  {
    id: 'wlz-signalen',
    thema: 'wlz',
    titel: 'Wlz-signalen',
    uitleg: 'Hoeveel signalen er waren over samenloop van Wmo en Wlz, naar soort en naar hoe ver ze zijn.',
    eenheid: 'aantal',
    maat: aantalVan('wlz-signaal'),
    beter: null,
    perCode: true,
  },
  {
    id: 'wlz-afhandeling',
    thema: 'wlz',
    titel: 'Signaal afgehandeld in',
    uitleg: 'De helft van de signalen was binnen dit aantal dagen afgehandeld.',
    eenheid: 'dagen',
    maat: percentiel('wlz-afhandeling', MEDIAAN),
    beter: 'minder',
  },
  {
    id: 'wlz-toetsen',
    thema: 'wlz',
    titel: 'Wlz-registertoetsen',
    uitleg: 'Hoe vaak is gevraagd of een inwoner een Wlz-indicatie heeft.',
    eenheid: 'aantal',
    maat: aantalVan('wlz-toets'),
    beter: null,
  },
  {
    id: 'wlz-toets-ja',
    thema: 'wlz',
    titel: 'Toetsen met indicatie',
    uitleg: 'Bij welk deel van de beantwoorde toetsen de inwoner een Wlz-indicatie had.',
    eenheid: 'aandeel',
    maat: {
      soort: 'aandeel',
      teller: { meting: 'wlz-toets', past: /^ja$/ },
      noemer: { meting: 'wlz-toets', past: /^(ja|nee)$/ },
    },
    beter: null,
    landelijk: { groep: 'wlz-toets', teller: ['ja'] },
  },
];
