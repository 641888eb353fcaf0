/**
 * The sessions of express-session in PostgreSQL. The number in the cookie is stored as its sha256. A session that was ended stays ended: a
 * request that was still under way can only change the row that is there, never bring it back.
 */
import { createHash } from 'node:crypto';
import { type SessionData, Store } from 'express-session';
import type { Verbinding } from '../../opslag/database.ts';
import type { Kandidaat } from '../../toegang/gebruikers/herkennen.ts';
import type { Melding } from '../pagina.ts';
import type { Heenweg } from './broker.ts';
import { GEZIEN_MS, isVerlopen, TERMIJNEN } from './termijnen.ts';

/** What express-session holds of one session, by our names; the rest is its own. */
declare module 'express-session' {
  interface SessionData {
    /** Id of the user; absent: not logged in. */
    gebruiker?: string;
    csrf?: string;
    /** Came in through the broker: logging out goes there too. */
    viaBroker?: boolean;
    melding?: Melding;
    /** What the broker must give back: good for one try. */
    heen?: Heenweg & { readonly naar: string };
    /** Whom the broker said that this is, while there is no user for it yet: hash of the person, and its organisations. */
    kandidaat?: Kandidaat & { readonly ingetrokken: boolean };
    /** It has a row already. Not stored. */
    bekend?: boolean;
    /** When its row was last touched. Not stored. */
    gezienMs?: number;
  }
}

const VELDEN = ['csrf', 'viaBroker', 'melding', 'heen', 'kandidaat'] as const;

interface Rij {
  readonly gebruiker: string | null;
  readonly gegevens: Pick<SessionData, (typeof VELDEN)[number]>;
  readonly gemaaktOp: Date;
  readonly gezienOp: Date;
}

type Terug = (fout?: unknown) => void;

const LEES = {
  name: 'portaal-sessie-lezen',
  text: `
select gebruiker, gegevens, gemaakt_op as "gemaaktOp", gezien_op as "gezienOp" from portaal_sessie where sid = $1`,
};
const NIEUW = {
  name: 'portaal-sessie-nieuw',
  text: `
insert into portaal_sessie (sid, gebruiker, gegevens, gemaakt_op, gezien_op) values ($1, $2, $3, $4, $4)
on conflict (sid) do update set gebruiker = excluded.gebruiker, gegevens = excluded.gegevens`,
};
const WIJZIG = {
  name: 'portaal-sessie-wijzigen',
  text: 'update portaal_sessie set gebruiker = $2, gegevens = $3, gezien_op = $4 where sid = $1',
};
const RAAK_AAN = {
  name: 'portaal-sessie-aanraken',
  text: 'update portaal_sessie set gezien_op = $2 where sid = $1',
};
const VERWIJDER = { name: 'portaal-sessie-verwijderen', text: 'delete from portaal_sessie where sid = $1' };
/** A few at a time, by whoever makes a new one: there are never many more than are in use. */
const RUIM_OP = {
  name: 'portaal-sessies-opruimen',
  text: `
delete from portaal_sessie where sid in (
  (select sid from portaal_sessie where gezien_op <= $1 limit 50)
  union (select sid from portaal_sessie where gemaakt_op <= $2 limit 50))`,
};

const hashVan = (sid: string): Buffer => createHash('sha256').update(sid).digest();

const gegevensVan = (sessie: SessionData): string =>
  JSON.stringify(Object.fromEntries(VELDEN.map((naam) => [naam, sessie[naam]])));

export class Sessieopslag extends Store {
  readonly #verbinding: Verbinding;
  readonly #klok: () => number;

  constructor(verbinding: Verbinding, klok: () => number) {
    super();
    this.#verbinding = verbinding;
    this.#klok = klok;
  }

  override get(sid: string, klaar: (fout: unknown, sessie?: SessionData | null) => void): void {
    this.#lees(sid).then(
      (sessie) => klaar(null, sessie),
      (fout: unknown) => klaar(fout),
    );
  }

  override set(sid: string, sessie: SessionData, klaar: Terug = () => undefined): void {
    this.#schrijf(sid, sessie).then(
      () => klaar(),
      (fout: unknown) => klaar(fout),
    );
  }

  override destroy(sid: string, klaar: Terug = () => undefined): void {
    this.#verbinding.query({ ...VERWIJDER, values: [hashVan(sid)] }).then(
      () => klaar(),
      (fout: unknown) => klaar(fout),
    );
  }

  override touch(sid: string, sessie: SessionData, klaar: () => void = () => undefined): void {
    const nu = this.#klok();
    if (nu - (sessie.gezienMs ?? 0) < GEZIEN_MS) klaar();
    // That it could not be written down costs the user time at most.
    else this.#verbinding.query({ ...RAAK_AAN, values: [hashVan(sid), new Date(nu)] }).then(klaar, klaar);
  }

  async #lees(sid: string): Promise<SessionData | null> {
    const { rows } = await this.#verbinding.query<Rij>({ ...LEES, values: [hashVan(sid)] });
    const rij = rows[0];
    if (!rij || isVerlopen({ ...rij, aangemeld: rij.gebruiker !== null }, this.#klok())) return null;
    const eigen = {
      bekend: true,
      gezienMs: +rij.gezienOp,
      ...(rij.gebruiker !== null && { gebruiker: rij.gebruiker }),
    };
    // The cookie holds until the browser closes; how long the session does is for the row to say.
    return { ...rij.gegevens, ...eigen, cookie: { originalMaxAge: null } };
  }

  async #schrijf(sid: string, sessie: SessionData): Promise<void> {
    const nu = this.#klok();
    const opdracht = sessie.bekend ? WIJZIG : NIEUW;
    const waarden = [hashVan(sid), sessie.gebruiker ?? null, gegevensVan(sessie), new Date(nu)];
    await this.#verbinding.query({ ...opdracht, values: waarden });
    if (sessie.bekend) return;
    const { stilMs, heelMs } = TERMIJNEN.aangemeld;
    await this.#verbinding.query({ ...RUIM_OP, values: [new Date(nu - stilMs), new Date(nu - heelMs)] });
  }
}
