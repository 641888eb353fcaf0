/**
 * The registertoets: has this person an indicatiebesluit for the Wlz? Yes or no and the moment of the register, nothing more (Wmo 5.2.5 lid 3).
 * No answer is ever "no" because we did not know. Every question is written in the audit log before its answer is given, refused ones too.
 */
import { createHmac } from 'node:crypto';
import type { Wlzconfig } from '../../config.ts';
import { KnooppuntFout } from '../../fouten.ts';
import { nieuwBerichtId } from '../../identiteit.ts';
import { schrijfLogboek } from '../../logboek/logboek.ts';
import type { Database } from '../../opslag/database.ts';
import type { Sleutels } from '../../opslag/sleutels.ts';
import { pseudoniem } from '../../opslag/versleuteling.ts';
import type { Routering } from '../../routering/routering.ts';
import { isBsn, isTestBsn } from '../../standards/bsn.ts';
import { datum, stufTijdstip } from '../../tijd.ts';
import type { Client } from '../../toegang/clients.ts';
import { laatsteDagSql, type Vervaldatumlezing } from '../geldigheid.ts';
import type { Doel } from './doelen.ts';
import { vragendeGemeente } from './gemeente.ts';
import { telVraag } from './teller.ts';

export interface Toetser {
  readonly database: Database;
  readonly sleutels: Sleutels;
  readonly routering: Routering;
  readonly wlz: Wlzconfig;
  /** The demo takes no other BSNs than those of the chain test. */
  readonly alleenTestBsn: boolean;
}

export interface Vraag {
  readonly bsn: string;
  readonly doel: Doel;
  /** The day to be judged, YYYY-MM-DD; today when absent. */
  readonly peildatum?: string | undefined;
  /** The gemeente's own reference; only its HMAC is kept. */
  readonly kenmerk?: string | undefined;
  /** For a client that acts for more than one. */
  readonly gemeente?: string | undefined;
}

export interface Antwoord {
  readonly toetsId: string;
  readonly wlzIndicatie: boolean;
  readonly registerPeilmoment: Date;
}

const UUR_MS = 3_600_000;
/** What lies further away is no matter for the decision at hand. */
const MAX_DAGEN = 366;

/** One statement, so that moment and answer belong together, and yes and no cost the same. */
const zoek = (lezing: Vervaldatumlezing) => ({
  name: `wlz-toets-${lezing}`,
  text: `
select r.peilmoment, exists (
  select from wlz_indicatie i where i.bsn_hmac = $1 and i.ingangsdatum <= $2::date
    and coalesce(${laatsteDagSql(lezing, 'i')}, 'infinity') >= $2::date
) as wlz
from wlz_register r`,
});

function eisPeildatum(peildatum: string, nu: Date): void {
  const dagen = Math.abs(Date.parse(`${peildatum}T12:00:00Z`) - +nu) / (24 * UUR_MS);
  if (!(dagen <= MAX_DAGEN))
    throw new KnooppuntFout('invoerOngeldig', 'De peildatum ligt meer dan een jaar van vandaag.');
}

/** Is a register of this moment young enough to answer? */
export const isActueel = (peilmoment: Date | undefined, nu: Date, uren: number): boolean =>
  peilmoment !== undefined && +nu - +peilmoment <= uren * UUR_MS;

/** @throws KnooppuntFout wlzRegisterNietActueel */
function eisActueel(peilmoment: Date | undefined, nu: Date, uren: number): asserts peilmoment is Date {
  if (!peilmoment) throw new KnooppuntFout('wlzRegisterNietActueel', 'Er is nog geen register ingelezen.');
  if (isActueel(peilmoment, nu, uren)) return;
  const [, jaar, maand, dag, uur, minuut] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)/.exec(stufTijdstip(peilmoment)) ?? [];
  throw new KnooppuntFout(
    'wlzRegisterNietActueel',
    `Het laatste register is van ${dag}-${maand}-${jaar} ${uur}:${minuut}, langer dan ${uren} uur geleden.`,
  );
}

async function beantwoord(
  toetser: Toetser,
  vraag: Vraag,
  peildatum: string,
  nu: Date,
): Promise<Omit<Antwoord, 'toetsId'>> {
  if (!isBsn(vraag.bsn)) throw new KnooppuntFout('bsnOngeldig');
  if (toetser.alleenTestBsn && !isTestBsn(vraag.bsn)) throw new KnooppuntFout('persoonsgegevensNietToegestaan');
  eisPeildatum(peildatum, nu);
  const { rows } = await toetser.database.pool.query<{ peilmoment: Date; wlz: boolean }>({
    ...zoek(toetser.wlz.vervaldatum),
    values: [pseudoniem(toetser.sleutels, vraag.bsn), peildatum],
  });
  const peilmoment = rows[0]?.peilmoment;
  eisActueel(peilmoment, nu, toetser.wlz.registerGeldigUren);
  return { wlzIndicatie: rows[0]?.wlz === true, registerPeilmoment: peilmoment };
}

/**
 * Answers one question of a gemeente.
 * @throws KnooppuntFout wlzAlleenGemeenten, teVeelVragen, bsnOngeldig, persoonsgegevensNietToegestaan, invoerOngeldig, wlzRegisterNietActueel
 */
export async function toets(toetser: Toetser, client: Client, vraag: Vraag, nu = new Date()): Promise<Antwoord> {
  const { database, sleutels, wlz } = toetser;
  const toetsId = nieuwBerichtId();
  const peildatum = vraag.peildatum ?? datum(nu);
  let gemeente: string | null = null;
  const legVast = (resultaat: string, register?: Date): Promise<void> =>
    schrijfLogboek(database.pool, [
      {
        gebeurtenis: 'wlz-registertoets',
        actor: client.id,
        namens: gemeente,
        resultaat,
        berichtId: null,
        betrokkenen: [pseudoniem(sleutels, vraag.bsn)],
        details: {
          toetsId,
          doel: vraag.doel,
          peildatum,
          ...(vraag.kenmerk !== undefined && {
            kenmerk: createHmac('sha256', sleutels.hmac).update(`kenmerk\n${vraag.kenmerk}`).digest('hex'),
          }),
          ...(register && { registerPeilmoment: register.toISOString() }),
        },
      },
    ]);
  try {
    gemeente = vragendeGemeente(client, await toetser.routering.feiten(), vraag.gemeente, nu);
    if ((await telVraag(database.pool, client.id)) > wlz.toetsenPerMinuut) throw new KnooppuntFout('teVeelVragen');
    const antwoord = await beantwoord(toetser, vraag, peildatum, nu);
    await legVast(antwoord.wlzIndicatie ? 'ja' : 'nee', antwoord.registerPeilmoment);
    return { toetsId, ...antwoord };
  } catch (fout) {
    if (fout instanceof KnooppuntFout) await legVast(fout.soort);
    throw fout;
  }
}
