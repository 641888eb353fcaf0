/** What a route is: one object from which Express, the authentication and the OpenAPI document are all made. */
import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Client } from '../toegang/clients.ts';
import type { Scanwijze } from '../virusscan/stroom.ts';

export interface Verzoek<P, Q, B> {
  readonly client: Client;
  readonly pad: P;
  readonly vraag: Q;
  readonly inhoud: B;
  /** The body of a route that takes one which is not JSON; scanned for viruses as it is read, unless the route says otherwise. */
  readonly stroom: AsyncIterable<Uint8Array>;
  readonly req: Request;
  readonly res: Response;
}

export interface Uitvoer {
  readonly status: number;
  readonly lijf?: unknown;
  readonly koppen?: Readonly<Record<string, string>>;
}

/** An answer that is no refusal, for the documentation. */
export interface Antwoord {
  readonly status: number;
  readonly schema?: z.ZodType;
  readonly type?: string;
  /** Media types in which the same can be had, for who asks for them. */
  readonly ookTypen?: readonly string[];
  readonly uitleg: string;
}

export interface Route<P = unknown, Q = unknown, B = unknown> {
  readonly methode: 'get' | 'post' | 'put';
  /** OpenAPI form: /v1/berichten/{berichtId}. */
  readonly pad: string;
  readonly id: string;
  readonly samenvatting: string;
  readonly padSchema?: z.ZodType<P>;
  readonly vraagSchema?: z.ZodType<Q>;
  /** JSON body. A route without one that takes a body reads the stream itself. */
  readonly inhoudSchema?: z.ZodType<B>;
  /** Media types of a body that is not JSON, for the documentation. */
  readonly inhoudTypen?: readonly string[];
  /** How that body is scanned; default heel. bij aanlevering: intake does it, for each message by itself. */
  readonly scan?: Scanwijze | 'bij aanlevering';
  readonly koppen?: Readonly<Record<string, string>>;
  readonly antwoord: Antwoord;
  /** Another answer than the usual one. */
  readonly ookAntwoord?: Antwoord;
  readonly voer: (verzoek: Verzoek<P, Q, B>) => Promise<Uitvoer | undefined>;
}

/** Keeps the types of one route together; the table of routes then forgets them. */
export const route = <P, Q, B>(definitie: Route<P, Q, B>): Route => definitie as unknown as Route;
