/** The steps of a message's trip, as its sender and its receiver take them. A step that is refused throws with what was answered. */
import { randomUUID } from 'node:crypto';
import type { Client, Ontvangstbewijs, Opgehaald, Status } from './client.ts';

export interface Postbusregel {
  readonly berichtId: string;
  readonly berichtsoort: string;
  readonly afzender: string;
  readonly referentienummer: string;
  readonly crossReferentienummer: string | null;
  readonly bezorging: string;
}

export interface Stand {
  readonly berichtId: string;
  readonly berichtsoort: string;
  readonly afzender: string;
  readonly ontvanger: string;
  readonly status: Status;
  readonly bezorging: string | null;
  readonly baanNummer: number | null;
  readonly heenberichtId: string | null;
  readonly identificatie: string | null;
  readonly sha256: string;
  readonly omvang: number;
  readonly stappen: readonly { readonly stap: string; readonly tijdstip: string; readonly actor: string }[];
  readonly antwoorden: readonly { readonly berichtId: string; readonly berichtsoort: string }[];
}

export interface Melding {
  readonly ernst: string;
  readonly niveau: number;
  readonly regel: string;
  readonly pad: string;
  readonly regelnummer: number;
  readonly melding: string;
}

/** Asks and reads JSON. @throws when the status is not 2xx */
export async function vraagJson<T>(client: Client, methode: string, pad: string, lijf?: unknown): Promise<T> {
  const { status, lichaam } = await client.vraag(methode, pad, lijf);
  if (status < 200 || status > 299) throw new Error(`${methode} ${pad}: ${status} ${lichaam}`);
  return JSON.parse(lichaam.toString('utf8')) as T;
}

/** Sends and waits for the outcome. */
export async function verstuur(
  client: Client,
  bytes: Uint8Array,
  referentienummer: string = randomUUID(),
): Promise<Ontvangstbewijs> {
  const { status, lichaam } = await client.leverAan(bytes, referentienummer, 30);
  if (status !== 202) throw new Error(`upload: ${status} ${JSON.stringify(lichaam)}`);
  return lichaam;
}

export const volg = (client: Client, berichtId: string): Promise<Stand> =>
  vraagJson(client, 'GET', `/v1/berichten/${berichtId}`);

export const bevindingenVan = async (client: Client, berichtId: string): Promise<readonly Melding[]> =>
  (
    await vraagJson<{ readonly bevindingen: readonly Melding[] }>(
      client,
      'GET',
      `/v1/berichten/${berichtId}/bevindingen`,
    )
  ).bevindingen;

export const blader = async (client: Client, postbus: string): Promise<readonly Postbusregel[]> =>
  (
    await vraagJson<{ readonly berichten: readonly Postbusregel[] }>(
      client,
      'GET',
      `/v1/postbussen/${postbus}/berichten?aantal=100`,
    )
  ).berichten;

export async function haalOp(client: Client, postbus: string, wens: object = {}): Promise<readonly Opgehaald[]> {
  const pad = `/v1/postbussen/${postbus}/ophalingen`;
  return (await vraagJson<{ readonly berichten: readonly Opgehaald[] }>(client, 'POST', pad, wens)).berichten;
}

export const bevestig = (
  client: Client,
  postbus: string,
  berichtIds: readonly string[],
): Promise<{ readonly bevestigd: readonly string[]; readonly onbekend: readonly string[] }> =>
  vraagJson(client, 'POST', `/v1/postbussen/${postbus}/bevestigingen`, { berichtIds });

export const stelIn = (client: Client, organisatie: string, domein: string, keuze: object): Promise<unknown> =>
  vraagJson(client, 'PUT', `/v1/organisaties/${organisatie}/instellingen/${domein}`, keuze);

export const bytesVan = ({ inhoud }: Opgehaald): Buffer => Buffer.from(inhoud, 'base64');
