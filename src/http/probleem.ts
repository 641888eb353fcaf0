/** Refusals as RFC 9457 problem+json. The body says what is wrong in Dutch and, where the norm has one, with which fault code. */
import type { Response } from 'express';
import { KnooppuntFout, WEIGERINGEN, type WeigeringSoort } from '../fouten.ts';
import { isTijdelijk } from '../opslag/database.ts';
import { foutcode } from '../standards/foutcodes/lijsten.ts';

export interface Probleem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly foutcode?: string;
  readonly foutlijst?: string;
  /** true: the same request may succeed later. */
  readonly opnieuw?: true;
  readonly fouten?: readonly { readonly veld: string; readonly melding: string }[];
}

/** What the user is told of any error: a refusal as it is, anything else without its text. */
export function probleemVan(fout: unknown): {
  readonly soort: WeigeringSoort;
  readonly probleem: Probleem;
  /** When it makes sense to try again, where that is known. */
  readonly naSeconden: number | undefined;
} {
  const weigering =
    fout instanceof KnooppuntFout
      ? fout
      : new KnooppuntFout(isTijdelijk(fout) ? 'tijdelijkNietBeschikbaar' : 'interneFout');
  const { soort, details, naSeconden } = weigering;
  const rij = WEIGERINGEN[soort];
  const code = rij.fout === null ? undefined : foutcode(rij.fout);
  return {
    soort,
    naSeconden,
    probleem: {
      type: `urn:x-knooppunt:fout:${soort}`,
      title: rij.titel,
      status: rij.http,
      ...(details !== undefined && { detail: details }),
      ...(rij.opnieuw && { opnieuw: true }),
      ...(code && { foutcode: code.code, foutlijst: code.lijst }),
    },
  };
}

/**
 * Express and its body parser give an error that the caller caused a status of its own.
 * @param soorten which refusal belongs to which status; any other is invoerOngeldig
 * @returns the refusal; any other error as it is
 */
export function alsWeigering(fout: unknown, soorten: Readonly<Record<number, WeigeringSoort>>): unknown {
  const status = fout instanceof Error && 'status' in fout ? Number(fout.status) : 0;
  if (fout instanceof KnooppuntFout || status < 400 || status >= 500) return fout;
  return new KnooppuntFout(soorten[status] ?? 'invoerOngeldig');
}

/** After so many seconds it makes sense to try a temporary failure again. */
const OPNIEUW_NA_S = 5;

/** Sends a problem and ends the response. */
export function stuurProbleem(res: Response, probleem: Probleem, naSeconden = OPNIEUW_NA_S): void {
  if (probleem.status === 401) res.set('WWW-Authenticate', 'Bearer');
  if (probleem.opnieuw) res.set('Retry-After', String(naSeconden));
  res.status(probleem.status).type('application/problem+json').send(JSON.stringify(probleem));
}
