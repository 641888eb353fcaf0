/**
 * The audit log: append-only, one line per handling of a message. Who, what, when, on whose behalf, about whom (as HMAC), within which trace.
 * A line never holds a BSN, a name or any other content of a message. What a line means is in verklaring.ts; of one that is about several
 * persons, the export makes a record for each (record.ts).
 */
import type { Verbinding } from '../opslag/database.ts';
import { huidigSpoor } from './spoor.ts';

export const GEBEURTENISSEN = [
  'bericht ontvangen',
  'bericht geweigerd',
  'bericht verwerkt',
  'antwoord opgesteld',
  'bericht gecontroleerd',
  'bericht ingezien',
  'bericht gevolgd',
  'bericht opgehaald',
  'bericht bevestigd',
  'berichten gezocht',
  'bericht aangeboden',
  'bericht onbestelbaar',
  'bezorging hervat',
  'verval aangekondigd',
  'bericht vervallen',
  'bewaartermijn verstreken',
  'sleutel gedraaid',
  'sleutel verwijderd',
  'herstel vrijgegeven',
  'databaserechten gezet',
  'instelling gewijzigd',
  'organisatie gewijzigd',
  'machtiging gegeven',
  'machtiging ingetrokken',
  'samenwerkingsverband gewijzigd',
  'ketendatamandaat gegeven',
  'ketendatamandaat ingetrokken',
  'landelijke cijfers gepubliceerd',
  'venster gewijzigd',
  'bevriezing aangekondigd',
  'bevriezing opgeheven',
  'stop gezet',
  'stop opgeheven',
  'dossier ingevoerd',
  'dossier herbouwd',
  'ketendata herbouwd',
  'tarieven gewijzigd',
  'wlz-register bijgewerkt',
  'wlz-levering geweigerd',
  'wlz-registertoets',
  'wmo-voorzieningen aangeleverd',
  'wlz-signaal gemaakt',
  'wlz-signalen ingezien',
  'wlz-signaal behandeld',
  'wlz-instelling gewijzigd',
  'wlz-advies gewijzigd',
  'wlz vergeleken',
  'inzage gegeven',
  'nza-set gewijzigd',
  'nza-set geleverd',
  'logboek gecontroleerd',
  'logboek geëxporteerd',
  'logboek opgeruimd',
  'client gemaakt',
  'client gewijzigd',
  'client ingetrokken',
  'uitgeversleutel gedraaid',
  'token uitgegeven',
  'gebruiker uitgenodigd',
  'gebruiker gekoppeld',
  'gebruiker gewijzigd',
  'gebruiker ingetrokken',
  'gebruiker aangemeld',
  'gebruiker afgemeld',
  'aanmelding mislukt',
  'toegang geweigerd',
  'simulatie teruggedateerd',
] as const;
export type Gebeurtenis = (typeof GEBEURTENISSEN)[number];

export interface Logregel {
  readonly gebeurtenis: Gebeurtenis;
  /** The client, or the part of the switch, that did it. */
  readonly actor: string;
  /** Organisation on whose behalf, when known. */
  readonly namens: string | null;
  readonly resultaat: string;
  readonly berichtId: string | null;
  /** HMACs of the BSNs concerned; of a bericht its own line has them. */
  readonly betrokkenen?: readonly Buffer[];
  /** Codes, counts and moments; of a change by the operator also its reden. */
  readonly details?: Readonly<Record<string, string | number>>;
}

const INVOEGEN = {
  name: 'logboek-invoegen',
  text: `
insert into logboek (gebeurtenis, actor, namens, resultaat, bericht_id, details, betrokkenen, spoor)
select gebeurtenis, actor, namens, resultaat, bericht_id, details,
  array(select decode(hex, 'hex') from string_to_table(nullif(betrokkenen, ''), ',') as hex), $8::bytea
from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::jsonb[], $7::text[])
  as n(gebeurtenis, actor, namens, resultaat, bericht_id, details, betrokkenen)`,
};

/** Writes lines in the transaction of the work they account for, or on their own. */
export async function schrijfLogboek(verbinding: Verbinding, regels: readonly Logregel[]): Promise<void> {
  if (regels.length === 0) return;
  const kolom = <T>(van: (regel: Logregel) => T) => regels.map(van);
  await verbinding.query({
    ...INVOEGEN,
    values: [
      kolom(({ gebeurtenis }) => gebeurtenis),
      kolom(({ actor }) => actor),
      kolom(({ namens }) => namens),
      kolom(({ resultaat }) => resultaat),
      kolom(({ berichtId }) => berichtId),
      kolom(({ details }) => JSON.stringify(details ?? {})),
      kolom(({ betrokkenen = [] }) => betrokkenen.map((hmac) => hmac.toString('hex')).join(',')),
      huidigSpoor(),
    ],
  });
}
