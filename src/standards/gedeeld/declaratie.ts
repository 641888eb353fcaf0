/**
 * What a declaratie may hold: its periods, its references to earlier prestaties, and which prestaties may not stand in it together.
 * Source: condities and constraints of 323 and 325, and TR315, TR316, TR335 and TR416. The amounts are in bedragen.ts.
 */
import type { Ernst } from '../bevinding.ts';
import { dagenInMaand, delen, jarenLater, na, vergelijk } from '../datum.ts';
import { conditie, constraint, op, type Plek, type Regel, technischeRegel, type Uitslag } from '../regels.ts';
import type { Klasse } from '../structuren.ts';
import { stap } from '../toetsing.ts';

type Declaratie = Klasse<'323', 'Declaratie'>;
type Prestatie = Klasse<'323', 'Prestatie'>;

interface Periode {
  readonly Begindatum: string;
  readonly Einddatum: string;
}

/** Unit of a prestatie that is itself an amount of money; it has no tariff. */
export const EURO = '83';

/** CS100: the first day that a period may have. */
const EERSTE_DAG = '2021-01-01';
const vanafBegin = ({ Begindatum, Einddatum }: Periode): boolean =>
  vergelijk(Begindatum, EERSTE_DAG) >= 0 && vergelijk(Einddatum, EERSTE_DAG) >= 0;

/** CS337. In which order they stand in that month is TR137. */
function inEenMaand({ Begindatum, Einddatum }: Periode): boolean {
  const [jaar, maand] = delen(Begindatum);
  const [eindjaar, eindmaand] = delen(Einddatum);
  return jaar === eindjaar && maand === eindmaand;
}

function heleMaand(periode: Periode): boolean {
  const [jaar, maand, dag] = delen(periode.Begindatum);
  const [, , einddag] = delen(periode.Einddatum);
  return inEenMaand(periode) && dag === 1 && einddag === dagenInMaand(jaar, maand);
}

/** Path of a prestatie from Declaratie, as `element` writes it. */
const PRESTATIE = 'Clienten.Client.Prestaties.Prestatie';

/** Which prestatie: the positions, from 0, of its client and of itself. */
interface Plaats {
  readonly client: number;
  readonly nr: number;
}
/** What is said of a prestatie, and with which it collides. */
type Prestatieoordeel = true | { readonly ernst: Ernst; readonly met?: Plaats };
const FOUT: Prestatieoordeel = { ernst: 'fout' };
const TWIJFEL: Prestatieoordeel = { ernst: 'waarschuwing' };

/** @returns for every prestatie that is not right, its place */
function oordeel(
  { Clienten: { Client } }: Declaratie,
  vanaf: string,
  over: (prestatie: Prestatie, client: number, nr: number) => Prestatieoordeel,
): Uitslag {
  const padVan = ({ client, nr }: Plaats): string =>
    `Clienten/${stap('Client', client, Client)}/Prestaties/${stap('Prestatie', nr, Client[client]?.Prestaties.Prestatie ?? [])}${vanaf}`;
  const plekken: Plek[] = [];
  for (const [client, { Prestaties }] of Client.entries()) {
    for (const [nr, prestatie] of Prestaties.Prestatie.entries()) {
      const uitslag = over(prestatie, client, nr);
      if (uitslag === true) continue;
      const { ernst, met } = uitslag;
      plekken.push({ pad: padVan({ client, nr }), ernst, ...(met && { met: padVan(met) }) });
    }
  }
  return plekken.length === 0 || plekken;
}

/** TR315 */
function verwijstEenmaal(declaratie: Declaratie): Uitslag {
  const gezien = new Map<string, Plaats>();
  return oordeel(
    declaratie,
    '/ProductReferentie/VorigReferentieNummer',
    ({ ProductReferentie: { VorigReferentieNummer } }, client, nr) => {
      if (VorigReferentieNummer === undefined) return true;
      const met = gezien.get(VorigReferentieNummer);
      if (met) return { ernst: 'fout', met };
      gezien.set(VorigReferentieNummer, { client, nr });
      return true;
    },
  );
}

/** TR316. The toelichting counts every ReferentieNummer of the message, also that of a credit: neither is one that was sent before. */
function verwijstNaarEerder(declaratie: Declaratie): Uitslag {
  const eigen = new Set<string>();
  for (const { Prestaties } of declaratie.Clienten.Client)
    for (const { ProductReferentie } of Prestaties.Prestatie) eigen.add(ProductReferentie.ReferentieNummer);
  return oordeel(
    declaratie,
    '/ProductReferentie/VorigReferentieNummer',
    ({ ProductReferentie: { VorigReferentieNummer } }) =>
      VorigReferentieNummer === undefined || !eigen.has(VorigReferentieNummer) || FOUT,
  );
}

const MAXIMAAL_JAREN_OUD = 5;
const SCHRIKKELDAG = '-02-29';

/** TR335. Exactly five years is not more than five years. */
function nietTeOud(declaratie: Declaratie): Uitslag {
  const grens = jarenLater(declaratie.DeclaratieDagtekening, -MAXIMAAL_JAREN_OUD);
  // Five years before a leap day there is none. Then 28 February is either the day itself or a day too early.
  const ruim = grens.endsWith(SCHRIKKELDAG) ? `${grens.slice(0, -2)}28` : grens;
  return oordeel(declaratie, '/ProductPeriode/Einddatum', ({ ProductPeriode: { Einddatum } }) =>
    na(ruim, Einddatum) ? FOUT : na(grens, Einddatum) ? TWIJFEL : true,
  );
}

/** TR416. Whether two debets are for the same care; the code stands last because it is free text. */
const geleverd = ({ ToewijzingNummer, ProductPeriode, ProductCategorie, ProductCode }: Prestatie): string =>
  `${Number(ToewijzingNummer)} ${ProductPeriode.Begindatum} ${ProductPeriode.Einddatum} ${ProductCategorie} ${ProductCode}`;

function eenDebet(declaratie: Declaratie): Uitslag {
  /** The care of a debet → the last prestatie that it was declared with. */
  const gezien = new Map<string, Plaats>();
  return oordeel(declaratie, '', (prestatie, client, nr) => {
    if (prestatie.IngediendBedrag.DebetCredit !== 'D') return true;
    const zorg = geleverd(prestatie);
    const met = gezien.get(zorg);
    gezien.set(zorg, { client, nr });
    return met ? { ernst: met.client === client ? 'fout' : 'waarschuwing', met } : true;
  });
}

export const DECLARATIEREGELS: readonly Regel[] = [
  conditie('CD060', {
    tekst:
      'Een creditprestatie noemt het nummer van de prestatie die zij terugdraait; een debetprestatie noemt er geen.',
    melding: 'Vul VorigReferentieNummer bij een creditprestatie, en laat het weg bij een debetprestatie.',
    toepassingen: [
      op(
        ['323', '325'],
        'Prestatie',
        'ProductReferentie.VorigReferentieNummer',
        ({ ProductReferentie, IngediendBedrag }) =>
          (ProductReferentie.VorigReferentieNummer !== undefined) === (IngediendBedrag.DebetCredit === 'C'),
      ),
    ],
  }),
  conditie('CD087', {
    tekst: 'Een prestatie heeft een tarief, behalve als de eenheid euro is (83).',
    melding: 'Vul ProductTarief, of laat het weg als de eenheid euro is (83).',
    toepassingen: [
      op(
        '323',
        'Prestatie',
        'ProductTarief',
        ({ ProductTarief, Eenheid }) => (ProductTarief === undefined) === (Eenheid === EURO),
      ),
    ],
  }),
  constraint('CS100', {
    tekst: 'Een declaratieperiode of productperiode ligt niet vóór 2021.',
    melding: 'Kies een periode vanaf 1 januari 2021.',
    toepassingen: [
      op('323', 'Declaratie', 'DeclaratiePeriode', ({ DeclaratiePeriode }) => vanafBegin(DeclaratiePeriode)),
      op('323', 'Prestatie', 'ProductPeriode', ({ ProductPeriode }) => vanafBegin(ProductPeriode)),
    ],
  }),
  constraint('CS337', {
    tekst: 'Een productperiode ligt binnen één kalendermaand.',
    melding: 'Splits de prestatie per kalendermaand: ProductPeriode mag niet over een maandgrens heen gaan.',
    toepassingen: [op('323', 'Prestatie', 'ProductPeriode', ({ ProductPeriode }) => inEenMaand(ProductPeriode))],
  }),
  constraint('CS340', {
    tekst: 'Een declaratieperiode loopt van de eerste tot en met de laatste dag van één kalendermaand.',
    melding: 'Vul DeclaratiePeriode met de eerste en de laatste dag van dezelfde kalendermaand.',
    toepassingen: [
      op('323', 'Declaratie', 'DeclaratiePeriode', ({ DeclaratiePeriode }) => heleMaand(DeclaratiePeriode)),
    ],
  }),
  technischeRegel('TR315', {
    tekst: 'Een declaratie draait dezelfde eerdere prestatie niet twee keer terug.',
    melding:
      'Verwijder deze creditprestatie of verbeter VorigReferentieNummer: een andere prestatie in het bericht noemt hetzelfde nummer.',
    toepassingen: [op('323', 'Declaratie', `${PRESTATIE}.ProductReferentie.VorigReferentieNummer`, verwijstEenmaal)],
  }),
  technischeRegel('TR316', {
    tekst: 'Een creditprestatie draait een prestatie uit een eerder bericht terug, niet een uit hetzelfde bericht.',
    melding: 'Laat de creditprestatie en de prestatie die zij terugdraait allebei weg: beide staan in dit bericht.',
    toepassingen: [op('323', 'Declaratie', `${PRESTATIE}.ProductReferentie.VorigReferentieNummer`, verwijstNaarEerder)],
  }),
  technischeRegel('TR335', {
    tekst: 'Een prestatie is hoogstens vijf jaar oud als zij wordt gedeclareerd.',
    melding: 'Verwijder de prestatie: de productperiode eindigt meer dan vijf jaar voor DeclaratieDagtekening.',
    twijfel:
      'Is DeclaratieDagtekening 29 februari, dan is een einddatum op 28 februari vijf jaar eerder een waarschuwing: vijf jaar terug is er geen 29 februari, en de standaard zegt niet welke dag dan telt.',
    toepassingen: [op('323', 'Declaratie', `${PRESTATIE}.ProductPeriode.Einddatum`, nietTeOud)],
  }),
  technischeRegel('TR416', {
    tekst: 'Per toewijzing, product en productperiode staat er hoogstens één debetprestatie in een declaratie.',
    melding:
      'Voeg deze debetprestatie samen met de andere voor dezelfde toewijzing, productcode en productperiode, of verbeter ToewijzingNummer.',
    twijfel:
      'Staan de twee debetprestaties bij verschillende cliënten, dan is het een waarschuwing: de regel noemt de cliënt niet, en een officieel voorbeeldbericht gebruikt één toewijzingsnummer bij twee cliënten.',
    toepassingen: [op('323', 'Declaratie', PRESTATIE, eenDebet)],
  }),
];
