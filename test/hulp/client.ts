/** A client of the REST interface, as an outsider would write one: it knows the contract and nothing of the inside. */

export interface Antwoord<T> {
  readonly status: number;
  readonly lichaam: T;
}

export interface Ontvangstbewijs {
  readonly berichtId: string;
  readonly referentienummer: string;
  readonly status: Status;
}

export type Status = 'ontvangen' | 'verwerkt' | 'afgekeurd';

export interface Ophaling {
  readonly ophalingId: string;
  readonly berichten: readonly Opgehaald[];
}

export interface Opgehaald {
  readonly berichtId: string;
  readonly berichtsoort: string;
  readonly afzender: string;
  readonly referentienummer: string;
  readonly crossReferentienummer: string | null;
  readonly ontvangenOp: string;
  /** Base64. */
  readonly inhoud: string;
}

export interface Ophaalwens {
  readonly aantal: number;
  readonly leaseSeconden: number;
  readonly wachtSeconden: number;
}

/** The server did not answer: it may or may not have done what was asked. */
export class GeenAntwoord extends Error {}

export interface Client {
  /** Uploads one message. Throws GeenAntwoord when no answer came. */
  leverAan(xml: Uint8Array, referentienummer: string, wachtSeconden?: number): Promise<Antwoord<Ontvangstbewijs>>;
  bericht(berichtId: string): Promise<Antwoord<{ readonly status: Status }>>;
  inhoud(berichtId: string): Promise<Antwoord<Buffer>>;
  haalOp(postbus: string, wens: Ophaalwens): Promise<Antwoord<Ophaling>>;
  bevestig(postbus: string, berichtIds: readonly string[]): Promise<Antwoord<unknown>>;
  stelIn(organisatie: string, domein: string, instellingen: object): Promise<Antwoord<unknown>>;
  /** Any other call; a body that is no Uint8Array goes as JSON. */
  vraag(
    methode: string,
    pad: string,
    lichaam?: unknown,
    koppen?: Readonly<Record<string, string>>,
  ): Promise<Antwoord<Buffer>>;
}

/** No request may hang for ever on a server that was killed; a large message needs its time. */
const GEDULD_MS = 30_000;

/**
 * @param adres base address, `http://127.0.0.1:1234`
 * @param code organisation to act for (demo credentials), or `beheer`
 */
export function maakClient(adres: string, code: string): Client {
  const vraag: Client['vraag'] = async (methode, pad, lichaam, koppen = {}) => {
    const rauw = lichaam instanceof Uint8Array;
    try {
      const antwoord = await fetch(`${adres}${pad}`, {
        method: methode,
        headers: {
          Authorization: `Bearer demo-${code}`,
          ...(lichaam === undefined ? {} : { 'Content-Type': rauw ? 'application/xml' : 'application/json' }),
          ...koppen,
        },
        ...(lichaam === undefined
          ? {}
          : { body: rauw ? (lichaam as Uint8Array<ArrayBuffer>) : JSON.stringify(lichaam) }),
        signal: AbortSignal.timeout(GEDULD_MS),
      });
      return { status: antwoord.status, lichaam: Buffer.from(await antwoord.arrayBuffer()) };
    } catch (oorzaak) {
      throw new GeenAntwoord(`${methode} ${pad}: no answer`, { cause: oorzaak });
    }
  };
  const json = async <T>(...deel: Parameters<Client['vraag']>): Promise<Antwoord<T>> => {
    const { status, lichaam } = await vraag(...deel);
    return { status, lichaam: (lichaam.length === 0 ? null : JSON.parse(lichaam.toString('utf8'))) as T };
  };
  return {
    vraag,
    leverAan: (xml, referentienummer, wachtSeconden) =>
      json('POST', '/v1/berichten', xml, {
        Referentienummer: referentienummer,
        ...(wachtSeconden === undefined ? {} : { Prefer: `wait=${wachtSeconden}` }),
      }),
    bericht: (berichtId) => json('GET', `/v1/berichten/${berichtId}`),
    inhoud: (berichtId) => vraag('GET', `/v1/berichten/${berichtId}/inhoud`),
    haalOp: (postbus, wens) => json('POST', `/v1/postbussen/${postbus}/ophalingen`, wens),
    bevestig: (postbus, berichtIds) => json('POST', `/v1/postbussen/${postbus}/bevestigingen`, { berichtIds }),
    stelIn: (organisatie, domein, instellingen) =>
      json('PUT', `/v1/organisaties/${organisatie}/instellingen/${domein}`, instellingen),
  };
}
