/**
 * A ZIP with messages as the body of an upload: each file is a message of its own, taken in one after another, with its own receipt or
 * problem in one answer (207). What a single upload promises holds for each of them; see docs/besluiten/0008-zip.md.
 */
import type { Request, Response } from 'express';
import { z } from 'zod';
import { type Ontvangstbewijs as Bewijs, leverAan, metGeldigeNummers } from '../aanlevering/aanlevering.ts';
import { leesZip, type Zipbestand, zipgrenzen } from '../aanlevering/zip.ts';
import { KnooppuntFout } from '../fouten.ts';
import { afgeleideUuid } from '../identiteit.ts';
import type { Client } from '../toegang/clients.ts';
import { bewijsMetUitkomst } from './bewijs.ts';
import { boekWeigering } from './geweigerd.ts';
import { signaalVan, wachttijdMs } from './koppen.ts';
import type { Omgeving } from './omgeving.ts';
import { type Probleem, probleemVan } from './probleem.ts';
import type { Uitvoer } from './route.ts';
import { Ontvangstbewijs, ProbleemSchema } from './schemas.ts';
import { Ruimte } from './zip-ruimte.ts';

/** What senders call a ZIP; the last is what a browser on Windows says. */
const ZIP_TYPEN = new Set(['application/zip', 'application/x-zip-compressed']);
/** Largest messages that all ZIPs together may have in memory: as they come in, and unpacked. */
const BINNEN = 8;
const UITGEPAKT = 4;

const bestand = z.string().meta({ description: 'naam in het ZIP-bestand', example: 'bericht1.xml' });
/** The answer to a ZIP, for the documentation. */
export const ZipAntwoord = z
  .object({
    berichten: z.array(
      z.union([
        z.object({ bestand, status: z.literal(202), ontvangstbewijs: z.object(Ontvangstbewijs.shape) }),
        z.object({ bestand, status: z.int(), probleem: z.object(ProbleemSchema.shape) }),
      ]),
    ),
  })
  .meta({
    id: 'ZipAntwoord',
    description: 'Per bestand in het ZIP-bestand, in de volgorde daarvan, wat ermee gebeurde.',
  });

interface Aangenomen {
  readonly bestand: string;
  readonly bewijs: Bewijs;
}
interface Geweigerd {
  readonly bestand: string;
  readonly probleem: Probleem;
}
type Uitslag = Aangenomen | Geweigerd;

/** Does the sender say that the body is a ZIP? */
export const isZip = (req: Request): boolean =>
  ZIP_TYPEN.has((req.get('Content-Type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '');

/** Refuses what cannot be taken before a byte of it was read. @returns the Referentienummer of the ZIP */
function eisZip(req: Request, maxBytes: number): string | undefined {
  if (req.get('Content-Encoding') !== undefined)
    throw new KnooppuntFout('inhoudstypeOnjuist', 'Stuur het ZIP-bestand zonder Content-Encoding.');
  if (req.get('CrossReferentienummer') !== undefined)
    throw new KnooppuntFout(
      'invoerOngeldig',
      'Een CrossReferentienummer hoort bij één bericht, niet bij een ZIP-bestand.',
    );
  if (Number(req.get('Content-Length') ?? 0) > maxBytes) throw new KnooppuntFout('berichtTeGroot');
  return metGeldigeNummers({ referentienummer: req.get('Referentienummer') }).referentienummer;
}

/** Reads the whole body into room that was free, gives it to the work, and the room back after. */
async function metLichaam<T>(
  stroom: AsyncIterable<Uint8Array>,
  maxBytes: number,
  ruimte: Ruimte,
  werk: (bytes: Buffer) => Promise<T>,
): Promise<T> {
  const stukken: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const stuk of stroom) {
      if (bytes + stuk.length > maxBytes) throw new KnooppuntFout('berichtTeGroot');
      if (!ruimte.neem(stuk.length)) throw new KnooppuntFout('tijdelijkNietBeschikbaar');
      bytes += stuk.length;
      stukken.push(stuk);
    }
    return await werk(Buffer.concat(stukken.splice(0)));
  } finally {
    ruimte.geef(bytes);
  }
}

/**
 * Takes the files in, in order. When the store is away, the files that are left are not tried: each would wait for it again.
 * @throws the error, when the store was away from the first file on: then there is nothing to tell of any file
 */
async function neemAan(
  omgeving: Omgeving,
  client: Client,
  ruimte: Ruimte,
  referentienummer: string | undefined,
  bestanden: readonly Zipbestand[],
): Promise<readonly Uitslag[]> {
  const uitslagen: Uitslag[] = [];
  for (const [nr, { bestand, omvang, inhoud }] of bestanden.entries()) {
    const kenmerken = () => ({ referentienummer: referentienummer && afgeleideUuid('zip', referentienummer, bestand) });
    const sinds = performance.now();
    try {
      const bewijs = await ruimte.met(omvang, () => leverAan(omgeving.loket, { client, kenmerken, inhoud }));
      omgeving.metriek.aangenomen('zip', bewijs, (performance.now() - sinds) / 1000);
      uitslagen.push({ bestand, bewijs });
    } catch (fout) {
      const { soort, probleem } = probleemVan(fout);
      const weg = soort === 'tijdelijkNietBeschikbaar';
      if (weg && nr === 0) throw fout;
      if (probleem.status >= 500) omgeving.logFout('bestand uit ZIP mislukt', fout);
      const hier = weg ? bestanden.slice(nr) : bestanden.slice(nr, nr + 1);
      await boekWeigering(omgeving, { actor: client.id, soort, aantal: hier.length });
      uitslagen.push(...hier.map((een) => ({ bestand: een.bestand, probleem })));
      if (weg) break;
    }
  }
  return uitslagen;
}

/** What became of each file. A receipt stands, also when its outcome cannot be asked. */
async function alsAntwoord(omgeving: Omgeving, uitslagen: readonly Uitslag[], wachtMs: number, res: Response) {
  const afgebroken = signaalVan(res);
  return Promise.all(
    uitslagen.map(async (uitslag) => {
      const { bestand } = uitslag;
      if ('probleem' in uitslag) return { bestand, status: uitslag.probleem.status, probleem: uitslag.probleem };
      const ontvangstbewijs = await bewijsMetUitkomst(omgeving, uitslag.bewijs, wachtMs, afgebroken).catch(() =>
        bewijsMetUitkomst(omgeving, uitslag.bewijs, 0, afgebroken),
      );
      return { bestand, status: 202, ontvangstbewijs };
    }),
  );
}

export type ZipVerwerker = (
  client: Client,
  stroom: AsyncIterable<Uint8Array>,
  req: Request,
  res: Response,
) => Promise<Uitvoer>;

/**
 * Makes what takes a ZIP in; once per process, because the memory that it guards is of the process.
 * @returns takes one ZIP and tells what became of each file. Throws a KnooppuntFout when the ZIP is refused as a whole; nothing is then stored
 */
export function maakZipVerwerker(omgeving: Omgeving): ZipVerwerker {
  const { maxBerichtBytes } = omgeving.config;
  const grenzen = zipgrenzen(maxBerichtBytes);
  const binnen = new Ruimte(BINNEN * maxBerichtBytes);
  const uitgepakt = new Ruimte(UITGEPAKT * maxBerichtBytes);
  return async (client, stroom, req, res) => {
    const referentienummer = eisZip(req, maxBerichtBytes);
    const wachtMs = wachttijdMs(req.get('Prefer'));
    // The bytes live no longer than this: waiting for the outcomes needs none.
    const uitslagen = await metLichaam(stroom, maxBerichtBytes, binnen, async (bytes) =>
      neemAan(omgeving, client, uitgepakt, referentienummer, await leesZip(bytes, grenzen)),
    );
    return {
      status: 207,
      lijf: { berichten: await alsAntwoord(omgeving, uitslagen, wachtMs, res) },
      ...(wachtMs > 0 && { koppen: { 'Preference-Applied': `wait=${wachtMs / 1000}` } }),
    };
  };
}
