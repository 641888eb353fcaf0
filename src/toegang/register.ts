/**
 * The machine clients that the operator registered, kept in memory: asking costs microseconds, and a client that was withdrawn is gone
 * within 5 seconds, without a restart.
 */
import type { JSONWebKeySet } from 'jose';
import type { Database } from '../opslag/database.ts';
import { Vers } from '../opslag/vers.ts';
import type { Clientcertificaat } from './certificaat.ts';

export interface Geheim {
  readonly hash: string;
  /** Milliseconds since 1970 from which it no longer holds; null: as long as the client. */
  readonly vervaltOp: number | null;
}

/** A client that is not withdrawn. */
export interface Geregistreerd {
  readonly id: string;
  readonly namens: ReadonlySet<string>;
  readonly beheerder: boolean;
  readonly wlzRegister: boolean;
  readonly landelijk: boolean;
  /** Its public keys. */
  readonly jwks: JSONWebKeySet | null;
  readonly geheimen: readonly Geheim[];
  /** When there are any, a certificate must be one of them; its OIN is not enough then. SHA-256 in hexadecimal digits. */
  readonly certificaten: ReadonlySet<string>;
}

interface Rij extends Omit<Geregistreerd, 'namens' | 'certificaten'> {
  readonly namens: readonly string[];
  readonly certificaten: readonly string[] | null;
  readonly oins: readonly string[] | null;
  readonly extern: readonly { readonly uitgever: string; readonly id: string }[] | null;
}

// Ordered by the primary key: a walk along an index costs no sort, and no plan that is ruled out.
const LEES = {
  name: 'clients-lezen',
  text: `
select versie::text as versie, case when versie::text is distinct from $1 then (
  select coalesce(json_agg(rij), '[]') from (
    select c.id, c.namens, c.beheerder, c.wlz_register as "wlzRegister", c.landelijk, c.jwks,
      (select coalesce(json_agg(json_build_object('hash', g.hash, 'vervaltOp', extract(epoch from g.vervalt_op) * 1000)), '[]')
       from client_geheim g where g.client = c.id) as geheimen,
      (select json_agg(encode(z.sha256, 'hex')) from client_certificaat z where z.client = c.id) as certificaten,
      (select json_agg(o.oin) from client_oin o where o.client = c.id) as oins,
      (select json_agg(json_build_object('uitgever', e.uitgever, 'id', e.extern_id))
       from client_extern e where e.client = c.id) as extern
    from client c where c.ingetrokken_op is null order by c.id) rij) end as rijen
from client_stand where enige`,
};

/** Of two names one key; an address holds no line end, so no two pairs have the same. */
const externeNaam = (uitgever: string, id: string): string => `${uitgever}\n${id}`;

class Stand {
  readonly versie: string;
  readonly opId: ReadonlyMap<string, Geregistreerd>;
  readonly opOin: ReadonlyMap<string, Geregistreerd>;
  readonly opCertificaat: ReadonlyMap<string, Geregistreerd>;
  readonly opExtern: ReadonlyMap<string, Geregistreerd>;

  constructor(versie: string, rijen: readonly Rij[]) {
    const clients = rijen.map(({ oins, extern, ...rij }) => {
      const certificaten = new Set(rij.certificaten ?? []);
      const client: Geregistreerd = Object.freeze({ ...rij, namens: new Set(rij.namens), certificaten });
      return { client, oins: oins ?? [], extern: extern ?? [] };
    });
    const index = (sleutels: (van: (typeof clients)[number]) => Iterable<string>) =>
      new Map(clients.flatMap((van) => [...sleutels(van)].map((sleutel) => [sleutel, van.client] as const)));
    this.versie = versie;
    this.opId = index(({ client }) => [client.id]);
    this.opOin = index(({ oins }) => oins);
    this.opCertificaat = index(({ client }) => client.certificaten);
    this.opExtern = index(({ extern }) => extern.map(({ uitgever, id }) => externeNaam(uitgever, id)));
  }
}

export class Clientregister {
  readonly #tabellen: Vers<Stand>;

  /** @param opFout hears that the tables could not be read; what was known last is used */
  constructor({ pool }: Pick<Database, 'pool'>, opFout?: (fout: unknown) => void) {
    this.#tabellen = new Vers(async (vorige) => {
      const { rows } = await pool.query<{ versie: string; rijen: readonly Rij[] | null }>({
        ...LEES,
        values: [vorige?.versie ?? null],
      });
      const rij = rows[0];
      if (!rij) throw new Error('client_stand is empty');
      if (rij.rijen === null && vorige) return vorige;
      return new Stand(rij.versie, rij.rijen ?? []);
    }, opFout);
  }

  async vind(id: string): Promise<Geregistreerd | undefined> {
    return (await this.#tabellen.stand()).opId.get(id);
  }

  /** The client whose certificate this is. */
  async vanCertificaat({ sha256, oin }: Clientcertificaat): Promise<Geregistreerd | undefined> {
    const { opCertificaat, opOin } = await this.#tabellen.stand();
    const precies = opCertificaat.get(sha256);
    if (precies) return precies;
    const client = oin === undefined ? undefined : opOin.get(oin);
    return client?.certificaten.size === 0 ? client : undefined;
  }

  /** @param uitgever the name of the issuer, as its tokens have it; @param id what it calls the client */
  async vanExtern(uitgever: string, id: string): Promise<Geregistreerd | undefined> {
    return (await this.#tabellen.stand()).opExtern.get(externeNaam(uitgever, id));
  }
}
