/**
 * Requests of a provider: for an allocation (315) and for a change (317). Source: conditions and technische regels of 315 and 317, the same
 * in both standards.
 */
import { na } from '../datum.ts';
import { conditie, op, type Regel, technischeRegel } from '../regels.ts';
import { stap } from '../toetsing.ts';
import { herhaald } from './sleutels.ts';

interface Verwijzer {
  readonly Type: string;
  readonly Naam?: string;
  readonly ZorgverlenerCode?: string;
}

interface MetReferentie {
  readonly ReferentieAanbieder: string;
}

/** Referrers who may have an AGB code of their own; the others (the gemeente, a judge, nobody) have none. */
const MET_AGB_CODE: ReadonlySet<string> = new Set(['02', '03', '04', '05']);
const heeftAgbCode = ({ Type }: Verwijzer): boolean => MET_AGB_CODE.has(Type);

const CONDITIES: readonly Regel[] = [
  conditie('CD043', {
    tekst: 'De ingangsdatum van de beschikking hoort bij het beschikkingnummer: beide zijn gevuld, of geen van beide.',
    melding: 'Vul BeschikkingNummer en BeschikkingIngangsdatum allebei, of laat ze allebei weg.',
    toepassingen: [
      op(
        '315',
        'AangevraagdProduct',
        'BeschikkingIngangsdatum',
        ({ BeschikkingNummer, BeschikkingIngangsdatum }) =>
          (BeschikkingNummer === undefined) === (BeschikkingIngangsdatum === undefined),
      ),
    ],
  }),
  conditie('CD066', {
    tekst: 'Bij verwijzers van type 02, 03, 04 en 05 staat naast de zorgverlenercode geen naam.',
    melding: 'Laat de naam van de verwijzer weg: de zorgverlenercode zegt al wie het is.',
    toepassingen: [
      op(
        '315',
        'AangevraagdProduct',
        'Verwijzer.Naam',
        ({ Verwijzer }) =>
          !heeftAgbCode(Verwijzer) || Verwijzer.ZorgverlenerCode === undefined || Verwijzer.Naam === undefined,
      ),
    ],
  }),
  conditie('CD067', {
    tekst: 'Bij verwijzers van type 02, 03, 04 en 05 zonder zorgverlenercode is de naam verplicht.',
    melding: 'Vul de zorgverlenercode van de verwijzer, of anders de naam.',
    toepassingen: [
      op(
        '315',
        'AangevraagdProduct',
        'Verwijzer.Naam',
        ({ Verwijzer }) =>
          !heeftAgbCode(Verwijzer) || Verwijzer.ZorgverlenerCode !== undefined || Verwijzer.Naam !== undefined,
      ),
    ],
  }),
  conditie('CD068', {
    tekst: 'Alleen verwijzers van type 02, 03, 04 en 05 hebben een zorgverlenercode.',
    melding: 'Laat de zorgverlenercode van de verwijzer weg: die past niet bij dit type verwijzer.',
    toepassingen: [
      op(
        '315',
        'AangevraagdProduct',
        'Verwijzer.ZorgverlenerCode',
        ({ Verwijzer }) => heeftAgbCode(Verwijzer) || Verwijzer.ZorgverlenerCode === undefined,
      ),
    ],
  }),
];

export const VERZOEKREGELS: readonly Regel[] = [
  ...CONDITIES,
  technischeRegel('TR352', {
    tekst: 'Een verzoek om wijziging noemt minstens één product dat al is toegewezen: ongewijzigd of te wijzigen.',
    melding: 'Neem de lopende toewijzingen van deze cliënt op, als ongewijzigd of als te wijzigen product.',
    toepassingen: [
      op(
        '317',
        'Verzoek',
        '',
        ({ OngewijzigdeProducten, TeWijzigenProducten }) =>
          OngewijzigdeProducten !== undefined || TeWijzigenProducten !== undefined,
      ),
    ],
  }),
  technischeRegel('TR353', {
    tekst: 'Een verzoek om wijziging vraagt om minstens één verandering: een te wijzigen of een nieuw product.',
    melding: 'Neem een te wijzigen of een nieuw product op: in dit verzoek verandert er niets.',
    toepassingen: [
      op(
        '317',
        'Verzoek',
        '',
        ({ TeWijzigenProducten, NieuweProducten }) =>
          TeWijzigenProducten !== undefined || NieuweProducten !== undefined,
      ),
    ],
  }),
  technischeRegel('TR380', {
    tekst: 'Een nieuw product gaat in na de dagtekening van het bericht.',
    melding: 'Kies voor het nieuwe product een ingangsdatum na de dagtekening van het bericht.',
    twijfel:
      'Altijd een waarschuwing: de norm noemt het element niet bij deze regel, en laat een ingangsdatum in het verleden elders technisch toe.',
    toepassingen: [
      op(
        '317',
        'NieuwProduct',
        'GewensteIngangsdatum',
        ({ GewensteIngangsdatum }, { dagtekening }) => na(GewensteIngangsdatum, dagtekening) || 'twijfel',
      ),
    ],
  }),
  technischeRegel('TR383', {
    tekst: 'Elk aangevraagd product heeft een eigen referentie van de aanbieder.',
    melding: 'Geef dit aangevraagde product een eigen ReferentieAanbieder: dezelfde staat al bij een ander product.',
    toepassingen: [
      op('315', 'AangevraagdeProducten', 'AangevraagdProduct.ReferentieAanbieder', ({ AangevraagdProduct: lijst }) =>
        herhaald<MetReferentie>(lijst, ({ ReferentieAanbieder }) => ReferentieAanbieder).map(({ nr, eerste }) => ({
          pad: `${stap('AangevraagdProduct', nr, lijst)}/ReferentieAanbieder`,
          met: `${stap('AangevraagdProduct', eerste, lijst)}/ReferentieAanbieder`,
        })),
      ),
    ],
  }),
];
