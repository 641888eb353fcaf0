/** Uploading a ZIP as its sender does, and what it hears. */
import { expect } from 'vitest';
import { ZipAntwoord } from '#src/http/zip.ts';
import type { Database } from '#src/opslag/database.ts';
import { maakBericht } from './berichten.ts';
import { type RauwAntwoord, stuur } from './rauw.ts';
import type { Deel } from './zipbouwer.ts';

/** Where a ZIP goes, and as whom. */
export const ZIP_VERZOEK = {
  pad: '/v1/berichten',
  koppen: { Authorization: 'Bearer demo-0363', 'Content-Type': 'application/zip' },
} as const;

export interface Uitslag {
  readonly bestand: string;
  readonly status: number;
  readonly ontvangstbewijs?: {
    readonly berichtId: string;
    readonly referentienummer: string;
    readonly status: string;
    readonly ontvangenOp: string;
  };
  readonly probleem?: {
    readonly type: string;
    readonly title: string;
    readonly status: number;
    readonly detail?: string;
    readonly opnieuw?: boolean;
  };
}

export const leverZip = (
  adres: string,
  lijf: Buffer,
  koppen: Readonly<Record<string, string>> = {},
): Promise<RauwAntwoord> => stuur(adres, { ...ZIP_VERZOEK, koppen: { ...ZIP_VERZOEK.koppen, ...koppen }, lijf });

/** What became of each file, held against the documented form. */
export function uitslagenVan({ status, koppen, lijf }: RauwAntwoord): readonly Uitslag[] {
  expect([status, koppen['content-type']], lijf).toEqual([207, 'application/json; charset=utf-8']);
  const inhoud = JSON.parse(lijf);
  expect(ZipAntwoord.parse(inhoud)).toEqual(inhoud);
  return inhoud.berichten;
}

/** So many messages, each another one, in one lane. */
export const zipBerichten = (aantal: number): readonly Deel[] =>
  Array.from({ length: aantal }, (_, nr) => ({
    naam: `bericht-${nr}.xml`,
    inhoud: maakBericht('WMO301', { identificatie: `Z${nr}` }),
  }));

/** Why messages were refused, according to the audit log after so many lines. */
export async function geweigerdNa(database: Database, regels: number): Promise<readonly string[]> {
  const { rows } = await database.pool.query<{ resultaat: string }>(
    `select resultaat from (select * from logboek order by nr offset $1) as later
     where gebeurtenis = 'bericht geweigerd' order by nr`,
    [regels],
  );
  return rows.map(({ resultaat }) => resultaat);
}
