/** Which columns of the tables make up a fact, besides where it comes from; `f` is the table. One list for whoever reads them. */

const HEX = (kolom: string): string => `encode(f.${kolom}, 'hex') as ${kolom}`;

export const KOLOMMEN = {
  /** Without its Omvang, which is three columns. */
  toewijzing: `${HEX('persoon')}, f.nummer, f.toewijzingsdatum, f.toewijzingstijd, f.ingangsdatum, f.einddatum, f.categorie, f.code,
  f.budget, f.reden_wijziging as "redenWijziging", ${HEX('kenmerk')}`,
  levering: `${HEX('persoon')}, f.soort, f.verwijdert, f.toewijzing, f.categorie, f.code, f.begindatum,
  f.reden_beeindiging as "redenBeeindiging", f.einddatum`,
  verzoek: `${HEX('persoon')}, ${HEX('kenmerk')}`,
  antwoord: `${HEX('kenmerk')}, f.in_onderzoek as "inOnderzoek", f.reden_afwijzing as "redenAfwijzing"`,
  prestatie: `${HEX('persoon')}, ${HEX('kenmerk')}, ${HEX('vorig')}, f.toewijzing, f.categorie, f.code, f.begindatum, f.einddatum, f.volume, f.eenheid,
  f.tarief, f.bedrag, f.credit, f.stand`,
} as const;
