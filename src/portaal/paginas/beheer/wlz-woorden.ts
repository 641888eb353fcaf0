/** What each choice about Wlz signals means, and what changes with it. */
import type { Wlzinstelling } from '../../../wlz-samenloop/instelling.ts';
import type { Keuze } from '../../onderdelen/formulier.ts';
import { aantal } from '../../opmaak.ts';
import { type Verschil, verschillenVan } from './wijziging.ts';

export const BRONNEN: readonly Keuze[] = [
  {
    waarde: 'nee',
    tekst: 'Alleen met het bestand dat u aanlevert (standaard)',
    uitleg: 'U levert zelf een lijst aan van inwoners met Wmo-hulp, bij Wlz → Inwoners aanleveren.',
  },
  {
    waarde: 'ja',
    tekst: 'Ook met uw eigen berichten',
    uitleg:
      'Toewijzingen (WMO301) en stopberichten (WMO307) die door het knooppunt gaan, tellen mee. Het knooppunt leest ze alleen als u dit kiest.',
  },
];

export const TONEN: readonly Keuze[] = [
  { waarde: 'nee', tekst: 'Nee, alleen de dagen waarop Wmo en Wlz samenlopen (standaard)' },
  { waarde: 'ja', tekst: 'Ja, ook de dagen van het Wlz-besluit zelf' },
];

const tekstVan = (keuzes: readonly Keuze[], waarde: boolean): string =>
  keuzes.find((keuze) => keuze.waarde === (waarde ? 'ja' : 'nee'))?.tekst ?? '';

const leesbaar = ({ dossierAlsBron, herinneringNaDagen, indicatieTonen }: Wlzinstelling) =>
  [
    ['Waarmee het knooppunt vergelijkt', tekstVan(BRONNEN, dossierAlsBron)],
    ['Herinnering', herinneringNaDagen === null ? 'geen' : `na ${aantal(herinneringNaDagen, 'dag', 'dagen')}`],
    ['Dagen van het Wlz-besluit', tekstVan(TONEN, indicatieTonen)],
  ] as const;

export function wlzVerschillen(was: Wlzinstelling, wordt: Wlzinstelling): readonly Verschil[] {
  const nieuw = leesbaar(wordt);
  return verschillenVan(leesbaar(was).map(([wat, nu], nr) => [wat, nu, nieuw[nr]?.[1] ?? '']));
}

interface Gevolg {
  readonly als: (was: Wlzinstelling, wordt: Wlzinstelling) => boolean;
  readonly tekst: string;
}

const GEVOLGEN: readonly Gevolg[] = [
  {
    als: (was, wordt) => !was.dossierAlsBron && wordt.dossierAlsBron,
    tekst:
      'Het geldt voor berichten die vanaf nu worden bezorgd. Wat al eerder was toegewezen, telt pas mee als u het in een bestand aanlevert.',
  },
  {
    als: (was, wordt) => was.dossierAlsBron && !wordt.dossierAlsBron,
    tekst:
      'Signalen die alleen op uw berichten rusten, vervallen. Wat u in een bestand hebt aangeleverd, blijft meetellen.',
  },
  {
    als: (was, wordt) =>
      wordt.herinneringNaDagen !== null &&
      (was.herinneringNaDagen === null || wordt.herinneringNaDagen < was.herinneringNaDagen),
    tekst: 'Voor signalen die al langer openstaan, komt de herinnering bij de eerstvolgende vergelijking.',
  },
  {
    als: (was, wordt) => !was.indicatieTonen && wordt.indicatieTonen,
    tekst:
      'In signalen van deze gemeente staan dan ook de dagen van het Wlz-besluit zelf. Noem bij de reden het oordeel van de functionaris gegevensbescherming.',
  },
];

/** What the reader must know before it confirms. */
export const gevolgenVan = (was: Wlzinstelling, wordt: Wlzinstelling): readonly string[] =>
  GEVOLGEN.filter(({ als }) => als(was, wordt)).map(({ tekst }) => tekst);

/** What cannot be had back. */
export const gevaarVan = (was: Wlzinstelling, wordt: Wlzinstelling): string | undefined =>
  was.dossierAlsBron && !wordt.dossierAlsBron ? 'Wat uit de berichten was gelezen, wordt gewist.' : undefined;
