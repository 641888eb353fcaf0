/** security.txt (RFC 9116): whom to tell about a leak. On the pas-toe-of-leg-uit list for everything that can be reached from outside. */
import type { Express } from 'express';
import type { Beveiligingscontact } from '../../config-verharding.ts';
import { KnooppuntFout } from '../../fouten.ts';

const PAD = '/.well-known/security.txt';

/** @returns the file, or undefined when it has expired: whom it names may be somebody else by now */
export function securityTxt({ contacten, verloopt, beleid }: Beveiligingscontact, nu: Date): string | undefined {
  if (verloopt <= nu) return undefined;
  return [
    ...contacten.map((contact) => `Contact: ${contact}`),
    `Expires: ${verloopt.toISOString()}`,
    ...(beleid === undefined ? [] : [`Policy: ${beleid}`]),
    'Preferred-Languages: nl, en',
    '',
  ].join('\n');
}

/** @param contact without it there is no such file */
export function beveiligingRoutes(app: Express, contact: Beveiligingscontact | undefined, nu = () => new Date()): void {
  app.get(PAD, (_req, res) => {
    const tekst = contact && securityTxt(contact, nu());
    if (tekst === undefined) throw new KnooppuntFout('nietGevonden');
    res.type('text/plain; charset=utf-8').send(tekst);
  });
}
