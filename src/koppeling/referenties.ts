/**
 * What the body of a message says about pairs: by which ReferentieAanbieder a 301 or 319 answers a 315 or 317. Pure.
 *
 * Sources: IV097, TR355, TR379, OP274, OP346.
 */
import type { Berichtsoort } from '../standards/catalogus.ts';
import type { Inhoud, Waarde } from '../xml/structuur.ts';

/** verzoek: asks; voorlopig: says that the request is being looked into; besluit: answers it. */
export type Rol = 'verzoek' | 'voorlopig' | 'besluit';

interface Plaats {
  /** The way from the root to the class with the reference. */
  readonly pad: readonly string[];
  readonly rol: Exclude<Rol, 'voorlopig'>;
}

/** Number of the soort → where its references stand. */
const PLAATSEN: ReadonlyMap<string, Plaats> = new Map<string, Plaats>([
  ['301', { pad: ['Client', 'ToegewezenProducten', 'ToegewezenProduct'], rol: 'besluit' }],
  ['315', { pad: ['Client', 'AangevraagdeProducten', 'AangevraagdProduct'], rol: 'verzoek' }],
  ['317', { pad: ['Client', 'Verzoek'], rol: 'verzoek' }],
  ['319', { pad: ['Antwoord'], rol: 'besluit' }],
]);
/** The retours on those: a rejection of one counts for its references too. */
const RETOUREN: ReadonlySet<string> = new Set(['302', '316', '318', '320']);

/** VerzoekAntwoord of a 319: the request is under investigation, and a decision will follow. */
const IN_ONDERZOEK = '2';

/** Must the content of this soort be read for what it says about pairs, whatever else it is needed for? */
export const leestInhoud = ({ nummer }: Berichtsoort): boolean => PLAATSEN.has(nummer) || RETOUREN.has(nummer);

const alsLijst = (waarde: Waarde | undefined): readonly (Inhoud | string)[] => {
  if (waarde === undefined) return [];
  return Array.isArray(waarde) ? waarde : [waarde as Inhoud | string];
};
const klassen = (waarde: Waarde | undefined): readonly Inhoud[] =>
  alsLijst(waarde).filter((deel): deel is Inhoud => typeof deel === 'object');

/**
 * @param inhoud content of the message, valid for its XSD
 * @returns each ReferentieAanbieder in it once; none for a soort that is no request and answers none
 */
export function verzoekreferenties(soort: Berichtsoort, inhoud: Inhoud): readonly string[] {
  const plaats = PLAATSEN.get(soort.nummer);
  if (!plaats) return [];
  const dragers = plaats.pad.reduce<readonly Inhoud[]>(
    (hier, stap) => hier.flatMap((deel) => klassen(deel[stap])),
    [inhoud],
  );
  const gevonden = dragers.flatMap(({ ReferentieAanbieder: tekst }) => (typeof tekst === 'string' ? [tekst] : []));
  return [...new Set(gevonden)];
}

/** What the references of this message are to the request; undefined for a soort without. */
export function rolVan(soort: Berichtsoort, inhoud: Inhoud): Rol | undefined {
  const onderzoek = klassen(inhoud.Antwoord).some(({ VerzoekAntwoord }) => VerzoekAntwoord === IN_ONDERZOEK);
  return soort.nummer === '319' && onderzoek ? 'voorlopig' : PLAATSEN.get(soort.nummer)?.rol;
}
