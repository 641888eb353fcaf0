/**
 * What the planner does for the Wmo-Wlz samenloop: everything once a day and after every new register, at once whoever's toewijzing changed,
 * and what was broken off. Redis gives the hour; PostgreSQL says what is left to do, so nothing is lost with Redis.
 */
import { foutVoorLog, type Log } from '../log.ts';
import { beginVanDag, datum } from '../tijd.ts';
import type { Wachtrijopties } from '../wachtrij/banen.ts';
import { Taken } from '../wachtrij/taken.ts';
import type { Vergelijkplek } from '../wlz-samenloop/signalen/deel.ts';
import { vergelijkGewijzigden } from '../wlz-samenloop/signalen/meteen.ts';
import { type Runrapport, vergelijkAlles } from '../wlz-samenloop/signalen/run.ts';
import { ruimLeveringenOp } from '../wlz-samenloop/wmo/levering.ts';

const TAAK = 'wlz-vergelijk';
/** How often is looked for changed toewijzingen, and for runs that are due. */
const METEEN_MS = 1000;
const KIJK_MS = 10_000;

interface Stand {
  readonly lopend: boolean;
  readonly laatste: Date | null;
  readonly nieuwRegister: boolean;
}

/** Is there a run to take up, when did the last one begin, and is there a register that no run has seen? */
const STAND = `
select exists (select from wlz_run where geeindigd_op is null) as lopend,
  (select max(begonnen_op) from wlz_run) as laatste,
  exists (select from wlz_register r where enige and r.peilmoment is distinct from
    (select register_peilmoment from wlz_run order by nr desc limit 1)) as "nieuwRegister"`;

/** The last moment at which a run was planned. @param om UU:MM, in the Netherlands */
export function laatsteGepland(om: string, nu: Date): Date {
  const opDag = (moment: Date): Date => {
    const [uur = 0, minuut = 0] = om.split(':').map(Number);
    // Days with a change of the clock are an hour off: that is early or late, never missed.
    return new Date(beginVanDag(datum(moment)).getTime() + (uur * 60 + minuut) * 60_000);
  };
  const vandaag = opDag(nu);
  return vandaag <= nu ? vandaag : opDag(new Date(nu.getTime() - 24 * 3600 * 1000));
}

export class Samenloop {
  readonly #plek: Vergelijkplek;
  readonly #om: string;
  readonly #log: Log;
  readonly #opRonde: ((gelukt: boolean) => void) | undefined;
  readonly #taken: Taken;
  readonly #tikken: NodeJS.Timeout[] = [];
  #gestopt = false;
  #run: Promise<void> | undefined;
  #meteen: Promise<void> = Promise.resolve();

  /** @param opRonde hears whether a comparison of everything went well */
  constructor(
    plek: Vergelijkplek,
    om: string,
    wachtrij: Wachtrijopties,
    log: Log,
    opRonde?: (gelukt: boolean) => void,
  ) {
    this.#plek = plek;
    this.#om = om;
    this.#log = log;
    this.#opRonde = opRonde;
    this.#taken = new Taken(wachtrij, () => this.#vergelijk());
  }

  start(): this {
    this.#herhaal(METEEN_MS, () => {
      this.#meteen = this.#doeMeteen();
      return this.#meteen;
    });
    this.#herhaal(KIJK_MS, () => this.#kijk());
    return this;
  }

  async stop(): Promise<void> {
    this.#gestopt = true;
    for (const tik of this.#tikken) clearTimeout(tik);
    await Promise.all([this.#run, this.#meteen]);
    await this.#taken.sluit();
  }

  /** Runs work again and again, each time so long after it was done. */
  #herhaal(ms: number, werk: () => Promise<void>): void {
    const plek = this.#tikken.length;
    const ronde = async (): Promise<void> => {
      await werk().catch((fout: unknown) => this.#log.warn({ fout: foutVoorLog(fout) }, 'samenloop: ronde mislukt'));
      if (!this.#gestopt) this.#tikken[plek] = setTimeout(() => void ronde(), ms);
    };
    this.#tikken.push(setTimeout(() => void ronde(), 0));
  }

  async #doeMeteen(): Promise<void> {
    while (!this.#gestopt && (await vergelijkGewijzigden(this.#plek)) > 0);
  }

  async #kijk(): Promise<void> {
    // Redis may be away, or have forgotten; what it does not say is seen below.
    await this.#taken.plan(TAAK, { om: this.#om }).catch(() => undefined);
    const { rows } = await this.#plek.database.pool.query<Stand>(STAND);
    const [stand] = rows;
    if (!stand) return;
    const gemist = stand.laatste === null || stand.laatste < laatsteGepland(this.#om, new Date());
    if (stand.lopend || stand.nieuwRegister || gemist) await this.#vergelijk();
    await ruimLeveringenOp(this.#plek.database);
  }

  /** One run at a time; who asks meanwhile waits for it. */
  #vergelijk(): Promise<void> {
    this.#run ??= vergelijkAlles(this.#plek, 'planner', { stop: () => this.#gestopt })
      .then((run) => {
        this.#meld(run);
        if (!this.#gestopt) this.#opRonde?.(true);
      })
      .catch((fout: unknown) => {
        this.#opRonde?.(false);
        this.#log.warn({ fout: foutVoorLog(fout) }, 'vergelijking met het Wlz-register mislukt');
      })
      .finally(() => {
        this.#run = undefined;
      });
    return this.#run;
  }

  #meld(run: Runrapport | undefined): void {
    if (run?.geeindigdOp) this.#log.info(run, 'vergeleken met het Wlz-register');
  }
}
