/** Which messages are to be pushed: the fragments of SQL that every statement about them shares. */
import { type Bezorging, bezorgingVoor, VERVALMELDING } from '../toestanden.ts';
import { SIGNAALSOORT } from '../wlz-samenloop/signalen/regels/types.ts';

const lijst = (bezorgingen: readonly Bezorging[]): string => bezorgingen.map((stand) => `'${stand}'`).join(', ');

/** Not confirmed yet: what the partial index postbus_open holds. */
export const OPEN = `p.bezorging in (${lijst(bezorgingVoor('bevestigd'))})`;
/** Of those, the ones that were not given up. */
export const IN_BEZORGING = `p.bezorging in (${lijst(bezorgingVoor('onbestelbaar'))})`;
/** On no lease that still runs: neither a poller nor another attempt has it. */
export const VRIJ = '(p.lease_tot is null or p.lease_tot < now())';
/** An attempt is under way: its lease, and no other, still runs. */
export const ONDERWEG = `(v.ophaling_id = p.ophaling_id and p.bezorging = 'opgehaald' and p.lease_tot > now())`;

/**
 * The open messages of a postbus that are pushed, with what is known of their attempts. A signal is no message of StUF-GGk, and
 * neither is a VERVALMELDING: those stay in the postbus.
 */
export const TE_BEZORGEN = `
postbus_item p join bericht b on b.id = p.bericht_id and b.berichtsoort not in ('${SIGNAALSOORT}', '${VERVALMELDING}')
join instelling i on i.organisatie = p.postbus and i.domein = b.domein and i.route = 'stuf'
left join bezorgpoging v on v.bericht_id = p.bericht_id`;

/** Its next attempt may be now, as far as the message itself goes. @param nu placeholder of the moment */
export const AAN_DE_BEURT = (nu: string): string =>
  `${OPEN} and ${IN_BEZORGING} and ${VRIJ} and (v.bericht_id is null or v.volgende_poging <= ${nu})`;

/** The operator stopped pushing to this endpoint, or all delivery to its organisation. */
export const GESTOPT =
  '(e.gestopt or exists (select from organisatiestop stop where stop.organisatie = e.organisatie and stop.bezorging))';

/** The receiver may be asked now. @param nu placeholder of the moment */
export const ONTVANGER_MAG = (nu: string): string =>
  `not ${GESTOPT} and not s.gestopt_gezien and (s.rust_tot is null or s.rust_tot <= ${nu}) and (s.budget_vanaf is null or s.budget_vanaf <= ${nu})`;
