/**
 * What a gemeente is told. All of it is its own data, but for the overlap and the moment of the register: CIZ may tell a gemeente only that
 * there is an indicatiebesluit (Wmo 5.2.5 lid 3). Pure.
 */
import type { Advies, Periode, Signaaltype } from './types.ts';
import { SIGNAALSOORT, SIGNAALVERSIE } from './types.ts';
import type { Uitkomst, Workflow } from './workflow.ts';

export interface Signaal {
  readonly signaalId: string;
  readonly type: Signaaltype;
  readonly gemeentecode: string;
  readonly bsn: string;
  /** '' when the gemeente gave none. */
  readonly voorzieningId: string;
  readonly status: string;
  readonly productcategorie: string | null;
  readonly productcode: string | null;
  readonly agbAanbieder: string | null;
  readonly overlap: Periode;
  /** Only for a gemeente that is set to see it. */
  readonly indicatie: Periode | undefined;
  readonly advies: Advies;
  /** ISO 8601. */
  readonly registerPeilmoment: string;
  readonly workflow: Workflow;
  readonly uitkomst: Uitkomst | null;
}

/** The body of the message in the postbus. @param herinnering it was told before, and is not handled yet */
export function schrijfSignaal({ indicatie, ...signaal }: Signaal, herinnering: boolean): Buffer {
  const lijf = {
    soort: SIGNAALSOORT,
    versie: SIGNAALVERSIE,
    ...signaal,
    ...(indicatie && { indicatie }),
    herinnering,
  };
  return Buffer.from(`${JSON.stringify(lijf)}\n`);
}
