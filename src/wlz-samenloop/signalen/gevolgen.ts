/**
 * What an outcome of the comparison does: to the signals, to their history, and in the postbus of the gemeente. From the id of a signal and the
 * number of the message about it follow the ids of the message, so a comparison that is done again makes the same.
 */
import { afgeleideUuid } from '../../identiteit.ts';
import type { Sleutels } from '../../opslag/sleutels.ts';
import { leesBsn } from '../wmo/bsn.ts';
import { type Signaal, schrijfSignaal } from './regels/inhoud.ts';
import type { Advies, Signaaltype } from './regels/types.ts';
import type { Uitkomst, Workflow } from './regels/workflow.ts';
import type { Gevolg, Uitslag } from './vergelijking.ts';

interface Werking {
  /** A row of its own, in place of the one that was there. */
  readonly nieuweRij: boolean;
  /** It is the last word on its key no longer. */
  readonly vervalt: boolean;
  /** How the switch closes what is still open; null: it does not. */
  readonly sluit: Uitkomst | null;
  /** What is told; null: what was told before stands. */
  readonly type: Signaaltype | null;
  readonly bericht: boolean;
  /** Line in the history; null: none. */
  readonly stap: string | null;
}

const STIL = { nieuweRij: false, vervalt: false, sluit: null, type: null, bericht: false, stap: null };
const VERTELD = { ...STIL, bericht: true };

/** One row per outcome: all there is to it. */
export const WERKINGEN: Readonly<Record<Gevolg, Werking>> = {
  NIEUW: { ...VERTELD, nieuweRij: true, type: 'NIEUW', stap: 'gemeld' },
  TERUGWERKEND: { ...VERTELD, nieuweRij: true, type: 'TERUGWERKEND', stap: 'gemeld' },
  GEWIJZIGD: { ...VERTELD, type: 'GEWIJZIGD', stap: 'gewijzigd' },
  OPNIEUW: { ...VERTELD, nieuweRij: true, type: 'GEWIJZIGD', stap: 'opnieuw gemeld' },
  HERINNERING: { ...VERTELD, stap: 'herinnerd' },
  OPGEVOLGD: { ...STIL, sluit: 'gestopt', stap: 'opgevolgd door bericht' },
  STIL,
  VERVALLEN: { ...VERTELD, vervalt: true, sluit: 'vervallen', type: 'VERVALLEN', stap: 'vervallen' },
  'VERVALLEN-STIL': { ...STIL, vervalt: true, sluit: 'vervallen', stap: 'vervallen' },
};

/** A signal as it is to be stored. */
export interface Rij extends Uitslag {
  readonly id: string;
  readonly nieuw: boolean;
  readonly actueel: boolean;
  readonly type: Signaaltype;
  readonly workflow: Workflow;
  readonly verteld: boolean;
  readonly herinnerd: boolean;
  readonly stap: string | null;
  /** The signal that this one takes the place of. */
  readonly vervangt: string | null;
}

/** A message to the gemeente about a signal. */
export interface Melding {
  readonly id: string;
  readonly signaalId: string;
  readonly gemeente: string;
  readonly referentienummer: string;
  readonly hmac: Buffer;
  readonly bytes: Buffer;
}

export interface Kader {
  readonly peildatum: string;
  readonly registerPeilmoment: Date;
  /** Productcategorie, or '', → advice on the peildatum. */
  readonly adviezen: ReadonlyMap<string, Advies>;
}

/** For a category that has no advice (yet). */
const GEEN_ADVIES: Advies = { klasse: 'BEOORDELEN', tekst: 'Beoordeel de voorziening.' };
export const adviesVoor = (adviezen: Kader['adviezen'], productcategorie: string | null): Advies =>
  adviezen.get(productcategorie ?? '') ?? adviezen.get('') ?? GEEN_ADVIES;

/** What is to be stored of an outcome. */
export function rijVan(uitslag: Uitslag, { peildatum }: Pick<Kader, 'peildatum'>): Rij {
  const { gevolg, id, uitstroom } = uitslag;
  const { nieuweRij, vervalt, sluit, type, bericht, stap } = WERKINGEN[gevolg];
  // Known from the start that the care goes over to another law: told all the same, and there is nothing left to do.
  const einde = nieuweRij ? (uitstroom ? 'gestopt' : null) : sluit && uitstroom ? 'gestopt' : sluit;
  const was = nieuweRij ? null : uitslag.workflow;
  const open = was !== 'afgehandeld';
  const eigenId = (): string =>
    afgeleideUuid(
      'wlz-signaal',
      uitslag.gemeente,
      uitslag.hmac.toString('hex'),
      uitslag.voorzieningId,
      uitslag.besluitnummer,
      String(uitslag.eerder),
      peildatum,
    );
  return {
    ...uitslag,
    id: nieuweRij || id === null ? eigenId() : id,
    nieuw: nieuweRij,
    actueel: !vervalt,
    type: type ?? uitslag.type ?? 'NIEUW',
    workflow: open && einde !== null ? 'afgehandeld' : (was ?? 'nieuw'),
    uitkomst: open ? einde : uitslag.uitkomst,
    berichten: (nieuweRij ? 0 : uitslag.berichten) + (bericht ? 1 : 0),
    verteld: bericht && gevolg !== 'HERINNERING',
    herinnerd: gevolg === 'HERINNERING',
    stap,
    vervangt: nieuweRij ? id : null,
  };
}

/** The signal as its gemeente may know it. */
export function signaalVan(sleutels: Sleutels, rij: Rij, { adviezen, registerPeilmoment }: Kader): Signaal {
  const { hmac, sleutelId, cijfertekst } = rij;
  return {
    signaalId: rij.id,
    type: rij.type,
    gemeentecode: rij.gemeente,
    bsn: leesBsn(sleutels, { hmac, sleutelId, cijfertekst }),
    voorzieningId: rij.voorzieningId,
    status: rij.status,
    productcategorie: rij.productcategorie,
    productcode: rij.productcode,
    agbAanbieder: rij.agb,
    overlap: { vanaf: rij.overlapVanaf, totEnMet: rij.overlapTot },
    indicatie: rij.indicatieTonen ? { vanaf: rij.indicatieVanaf, totEnMet: rij.indicatieTot } : undefined,
    advies: adviesVoor(adviezen, rij.productcategorie),
    registerPeilmoment: registerPeilmoment.toISOString(),
    workflow: rij.workflow,
    uitkomst: rij.uitkomst,
  };
}

/** @returns the message that an outcome brings, if it brings one */
export function meldingVan(sleutels: Sleutels, rij: Rij, kader: Kader): Melding | undefined {
  if (!WERKINGEN[rij.gevolg].bericht) return undefined;
  const nummer = String(rij.berichten);
  return {
    id: afgeleideUuid('wlz-bericht', rij.id, nummer),
    signaalId: rij.id,
    gemeente: rij.gemeente,
    referentienummer: afgeleideUuid('wlz-referentienummer', rij.id, nummer),
    hmac: rij.hmac,
    bytes: schrijfSignaal(signaalVan(sleutels, rij, kader), rij.gevolg === 'HERINNERING'),
  };
}
