/**
 * May this message go from this afzender to this ontvanger, now? One pure function: facts and a moment in, permission or a refusal out. The
 * refusal names the rule that refused.
 */
import type { WeigeringSoort } from '../fouten.ts';
import type { Berichtsoort } from '../standards/catalogus.ts';
import { richtingTekst } from './adres.ts';
import { type Bevriezing, type Feiten, type Richting, richtingVan, vensterSleutel } from './feiten.ts';
import { keten, volgOp } from './opvolging.ts';
import { binnen, type Periode } from './periode.ts';
import { handeltNamens, type Indiener } from './rechten.ts';
import { DOMEINNAAM, leesbaarMoment } from './tekst.ts';

export interface Vraag {
  readonly soort: Berichtsoort;
  /** Who really sends and receives: of a retour not what its header says. */
  readonly afzender: string;
  readonly ontvanger: string;
  readonly indiener: Indiener;
}

interface Bezwaar {
  readonly soort: WeigeringSoort;
  /** The end of a Dutch sentence, without a value from the message. */
  readonly uitleg: string;
}

export interface Weigering extends Bezwaar {
  readonly regel: Regelnaam;
}

type Keuring = (feiten: Feiten, vraag: Vraag, moment: number) => Bezwaar | undefined;
type Kant = 'afzender' | 'ontvanger';

const ANDERE: Readonly<Record<Richting, Richting>> = {
  'gemeente-aanbieder': 'aanbieder-gemeente',
  'aanbieder-gemeente': 'gemeente-aanbieder',
};

/** What a party is called in the refusal: the sender is the sender, the receiver is a gemeente or an aanbieder. */
const ONBEKEND = {
  afzender: 'afzenderOnbekend',
  gemeente: 'gemeenteOnbekend',
  aanbieder: 'aanbiederOnbekend',
} as const;
const NIET_GELDIG = {
  afzender: 'afzenderNietGeldig',
  gemeente: 'gemeenteNietGeldig',
  aanbieder: 'aanbiederNietGeldig',
} as const;
const ZONDER_DEELNAME = { afzender: 'afzenderZonderDeelname', ontvanger: 'ontvangerZonderDeelname' } as const;

const ontvangendePartij = ({ verzender }: Berichtsoort) => (verzender === 'gemeente' ? 'aanbieder' : 'gemeente');
const rol = (kant: Kant, { soort }: Vraag) => (kant === 'afzender' ? 'afzender' : ontvangendePartij(soort));

/** How a moment is outside a period, in the middle of a sentence. */
const buiten = ({ vanaf, tot }: Periode, moment: number): string =>
  moment < vanaf ? `pas vanaf ${leesbaarMoment(vanaf)}` : `sinds ${leesbaarMoment(tot)} niet meer`;

const bekend =
  (kant: Kant): Keuring =>
  ({ organisaties }, vraag) =>
    organisaties.has(vraag[kant])
      ? undefined
      : {
          soort: ONBEKEND[rol(kant, vraag)],
          uitleg: `de code van de ${kant} staat niet in de lijst van organisaties.`,
        };

/** Of the organisation itself, or of who answers to its code now. */
const stop: Keuring = (feiten, { afzender }, moment) => {
  const gezet = keten(feiten, afzender, moment)
    .map((code) => feiten.stops.get(code))
    .find((rij) => rij?.aanlevering);
  if (!gezet) return undefined;
  const wanneer = `sinds ${leesbaarMoment(gezet.sinds)}`;
  return {
    soort: 'aanleveringGestopt',
    uitleg: `de beheerder neemt ${wanneer} niets aan van deze afzender; de reden staat bij de stop van de organisatie.`,
  };
};

/** Both look at the organisation that answers to the code now: after a herindeling that is the successor. */
const geldig =
  (kant: Kant): Keuring =>
  (feiten, vraag, moment) => {
    const nu = feiten.organisaties.get(volgOp(feiten, vraag[kant], moment));
    if (nu && binnen(nu.geldig, moment)) return undefined;
    const wanneer = nu ? buiten(nu.geldig, moment) : 'niet meer';
    return { soort: NIET_GELDIG[rol(kant, vraag)], uitleg: `de organisatie van de ${kant} is ${wanneer} geldig.` };
  };
const deelname =
  (kant: Kant): Keuring =>
  (feiten, vraag, moment) => {
    const { domein } = vraag.soort;
    const periode = feiten.organisaties.get(volgOp(feiten, vraag[kant], moment))?.deelname.get(domein);
    if (periode && binnen(periode, moment)) return undefined;
    const wanneer = periode ? buiten(periode, moment) : 'niet';
    return { soort: ZONDER_DEELNAME[kant], uitleg: `de ${kant} neemt ${wanneer} deel aan ${DOMEINNAAM[domein]}.` };
  };

const machtiging: Keuring = (feiten, { indiener, afzender, soort: { domein } }, moment) =>
  handeltNamens(feiten, indiener, afzender, domein, moment)
    ? undefined
    : {
        soort: 'geenToestemmingAfzender',
        uitleg: `u mag nu niet namens deze afzender handelen in ${DOMEINNAAM[domein]}.`,
      };

const richting: Keuring = ({ organisaties }, { soort, afzender, ontvanger }) =>
  organisaties.get(afzender)?.soort === soort.verzender &&
  organisaties.get(ontvanger)?.soort === ontvangendePartij(soort)
    ? undefined
    : {
        soort: 'richtingOnjuist',
        uitleg: `${richtingTekst(soort)}.`,
      };

const venster: Keuring = ({ vensters }, { soort }, moment) => {
  const open = vensters.get(vensterSleutel(soort.code, soort.release, richtingVan(soort))) ?? [];
  if (open.some((periode) => binnen(periode, moment))) return undefined;
  const wat = `${soort.code} van release ${soort.release}`;
  const later = open.map(({ vanaf }) => vanaf).filter((vanaf) => vanaf > moment);
  if (later.length > 0)
    return {
      soort: 'berichtsoortNogNietToegestaan',
      uitleg: `${wat} mag pas vanaf ${leesbaarMoment(Math.min(...later))}.`,
    };
  if (open.length === 0)
    return { soort: 'berichtsoortNogNietToegestaan', uitleg: `voor ${wat} is geen periode opengesteld.` };
  const einde = Math.max(...open.map(({ tot }) => tot));
  return { soort: 'berichtsoortNietMeerToegestaan', uitleg: `${wat} mag sinds ${leesbaarMoment(einde)} niet meer.` };
};

/** A freeze of a heenbericht freezes its answers too. */
const raakt = ({ domein, berichtsoorten }: Bevriezing, soort: Berichtsoort): boolean =>
  (domein === null || domein === soort.domein) &&
  (berichtsoorten === null || berichtsoorten.has(soort.antwoordOp ?? soort.code));

/** What was sent before the freeze must still be answered: until the window of the heenbericht ends, answers go on. */
function magNogAntwoorden({ vensters }: Feiten, soort: Berichtsoort, moment: number): boolean {
  if (soort.antwoordOp === null) return false;
  const heen = vensters.get(vensterSleutel(soort.antwoordOp, soort.release, ANDERE[richtingVan(soort)]));
  return heen?.some((periode) => binnen(periode, moment)) === true;
}

const bevriezing: Keuring = (feiten, { soort }, moment) => {
  const geldend = feiten.bevriezingen.filter((rij) => binnen(rij, moment) && raakt(rij, soort));
  if (geldend.length === 0 || magNogAntwoorden(feiten, soort, moment)) return undefined;
  const tot = Math.max(...geldend.map((rij) => rij.tot));
  const wanneer = Number.isFinite(tot) ? `tot ${leesbaarMoment(tot)}` : 'tot nader bericht';
  return {
    soort: 'berichtsoortBevroren',
    uitleg: `${soort.code} is bevroren ${wanneer}; bied het bericht daarna opnieuw aan.`,
  };
};

/** In this order; the first that objects decides. Who may not act for the afzender learns nothing about the other rules. */
const REGELS = [
  ['machtiging', machtiging],
  ['afzender bekend', bekend('afzender')],
  ['stop', stop],
  ['afzender geldig', geldig('afzender')],
  ['ontvanger bekend', bekend('ontvanger')],
  ['ontvanger geldig', geldig('ontvanger')],
  ['richting', richting],
  ['deelname afzender', deelname('afzender')],
  ['deelname ontvanger', deelname('ontvanger')],
  ['venster', venster],
  ['bevriezing', bevriezing],
] as const satisfies readonly (readonly [string, Keuring])[];

export type Regelnaam = (typeof REGELS)[number][0];
export const REGELNAMEN: readonly Regelnaam[] = REGELS.map(([naam]) => naam);

/**
 * @param moment milliseconds since 1970
 * @returns the refusal of the first rule that objects; undefined: it may go
 */
export function beslis(feiten: Feiten, vraag: Vraag, moment: number): Weigering | undefined {
  for (const [regel, keur] of REGELS) {
    const bezwaar = keur(feiten, vraag, moment);
    if (bezwaar) return { regel, ...bezwaar };
  }
  return undefined;
}

/** What the sender is told besides the title of the refusal. */
export const uitlegVan = ({ regel, uitleg }: Weigering): string => `Regel ${regel}: ${uitleg}`;
