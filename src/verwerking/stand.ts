/** Where a message stands, in one row: what track & trace and every search show of it. */
import type { Bezorging, Toestand } from '../toestanden.ts';

export interface BerichtStand {
  readonly berichtId: string;
  readonly berichtsoort: string;
  readonly domein: string;
  readonly release: string;
  readonly afzender: string;
  readonly ontvanger: string;
  readonly indiener: string;
  readonly referentienummer: string;
  readonly crossReferentienummer: string | null;
  readonly identificatie: string | null;
  readonly heenberichtId: string | null;
  readonly sha256: string;
  readonly omvang: number;
  readonly baanNummer: number | null;
  readonly status: Toestand;
  readonly bezorging: Bezorging | null;
  readonly ontvangenOp: Date;
  readonly verwerktOp: Date | null;
  readonly geplaatstOp: Date | null;
}

/** What goes into a BerichtStand, of b (bericht) and p (postbus_item). */
export const KOLOMMEN = `b.id as "berichtId", b.berichtsoort, b.domein, b.release, b.afzender, b.ontvanger, b.indiener, b.referentienummer,
  b.kruisreferentie as "crossReferentienummer", b.identificatie, b.heenbericht_id as "heenberichtId", encode(b.sha256, 'hex') as sha256, b.omvang,
  b.baan_nummer::float8 as "baanNummer", b.toestand as status, p.bezorging, b.ontvangen_op as "ontvangenOp", b.verwerkt_op as "verwerktOp",
  p.geplaatst_op as "geplaatstOp"`;

/** A BerichtStand as it is shown: who handed it in is a step of its own. */
export function toonbaar(stand: BerichtStand): Omit<BerichtStand, 'indiener' | 'geplaatstOp'> {
  const { indiener: _, geplaatstOp: __, ...rest } = stand;
  return rest;
}
