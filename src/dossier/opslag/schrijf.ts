/** Writes down what a turn changed in its dossiers: what came in, what counts as not sent, what was answered. */
import type { Verbinding } from '../../opslag/database.ts';
import type { Besluit, Dossier, Wijzigingen } from '../dossier.ts';
import type { Feiten } from '../feiten.ts';

const TABELLEN = ['bericht', 'toewijzing', 'levering', 'verzoek', 'antwoord', 'declaratie', 'prestatie'] as const;

/** What a message brought, in every table that holds some of it. */
const WEG = [...TABELLEN.map((tabel) => `dossier_${tabel}`), 'nza_feit']
  .map(
    (tabel) =>
      `, ${tabel}_weg as (delete from ${tabel} f using weg where f.baan_id = weg.baan_id and f.volgorde = weg.volgorde)`,
  )
  .join('\n');

/** Places in the lane whose facts go: $1 lanes, $2 places. */
const VERGEET = {
  name: 'dossier-vergeet',
  text: `with weg as (select * from unnest($1::int[], $2::bigint[]) as w(baan_id, volgorde))
${WEG}
select 1`,
};

/** The facts of a message that its receiver turned down outside the lane. */
const VERGEET_BERICHT = {
  name: 'dossier-vergeet-bericht',
  text: `with weg as (select baan_id, volgorde from dossier_bericht where bericht_id = $1)
${WEG}
select 1`,
};

/** $1, $2: declaraties that got their answer: all their prestaties are granted, but for what the next statement says. */
const KEN_TOE = {
  name: 'dossier-ken-toe',
  text: `
update dossier_prestatie p set stand = 'toegekend' from unnest($1::int[], $2::bigint[]) as b(baan_id, volgorde)
where p.baan_id = b.baan_id and p.volgorde = b.volgorde`,
};
/** $1, $2: declaraties; $3: for each prestatie that was sent back, what it is known by (see prestatiesleutel). */
const WIJS_AF = {
  name: 'dossier-wijs-af',
  text: `
update dossier_prestatie p set stand = 'afgewezen'
from (
  select baan_id, volgorde, decode(split_part(sleutel, ' ', 1), 'hex') as persoon, decode(split_part(sleutel, ' ', 2), 'hex') as kenmerk,
    decode(nullif(split_part(sleutel, ' ', 3), ''), 'hex') as vorig
  from unnest($1::int[], $2::bigint[], $3::text[]) as b(baan_id, volgorde, sleutel)
) b
where p.kenmerk = b.kenmerk and p.baan_id::bigint = b.baan_id and p.volgorde = b.volgorde and p.persoon = b.persoon
  and p.vorig is not distinct from b.vorig`,
};

interface Geplaatst<F> {
  readonly baanId: number;
  readonly nr: number;
  readonly feit: F;
}
type Kolom<F> = readonly [naam: string, type: string, lees: (stuk: Geplaatst<F>) => unknown];

interface Invoeging<F> {
  readonly name: string;
  readonly text: string;
  readonly kolommen: readonly Kolom<F>[];
}

/** hex: travels as text, is stored as bytes. */
function invoeging<F extends { readonly herkomst: { readonly volgorde: number } }>(
  tabel: (typeof TABELLEN)[number],
  eigen: readonly Kolom<F>[],
): Invoeging<F> {
  const plek: readonly Kolom<F>[] = [
    ['baan_id', 'int', ({ baanId }) => baanId],
    ['volgorde', 'bigint', ({ feit }) => feit.herkomst.volgorde],
  ];
  const kolommen = [...plek, ...eigen];
  const namen = kolommen.map(([naam]) => naam).join(', ');
  const waarden = kolommen.map(([naam, type]) => (type === 'hex' ? `decode(n.${naam}, 'hex')` : `n.${naam}`));
  const typen = kolommen.map(([, type], nr) => `$${nr + 1}::${type === 'hex' ? 'text' : type}[]`);
  return {
    name: `dossier-neem-${tabel}`,
    text: `insert into dossier_${tabel} (${namen}) select ${waarden.join(', ')} from unnest(${typen.join(', ')}) as n(${namen})`,
    kolommen,
  };
}

const nr = ['nr', 'int', (stuk: { readonly nr: number }) => stuk.nr] as const;

const BERICHT = invoeging<Feiten['bericht']>('bericht', [
  ['bericht_id', 'uuid', ({ feit }) => feit.herkomst.berichtId],
  ['nummer', 'text', ({ feit }) => feit.nummer],
  ['identificatie', 'text', ({ feit }) => feit.identificatie],
  ['dagtekening', 'text', ({ feit }) => feit.herkomst.dagtekening],
]);
const TOEWIJZING = invoeging<Feiten['toewijzingen'][number]>('toewijzing', [
  nr,
  ['persoon', 'hex', ({ feit }) => feit.persoon],
  ['nummer', 'int', ({ feit }) => feit.nummer],
  ['toewijzingsdatum', 'text', ({ feit }) => feit.toewijzingsdatum],
  ['toewijzingstijd', 'text', ({ feit }) => feit.toewijzingstijd],
  ['ingangsdatum', 'text', ({ feit }) => feit.ingangsdatum],
  ['einddatum', 'text', ({ feit }) => feit.einddatum],
  ['categorie', 'text', ({ feit }) => feit.categorie],
  ['code', 'text', ({ feit }) => feit.code],
  ['volume', 'int', ({ feit }) => feit.omvang?.volume ?? null],
  ['eenheid', 'text', ({ feit }) => feit.omvang?.eenheid ?? null],
  ['frequentie', 'text', ({ feit }) => feit.omvang?.frequentie ?? null],
  ['budget', 'int', ({ feit }) => feit.budget],
  ['reden_wijziging', 'text', ({ feit }) => feit.redenWijziging],
  ['kenmerk', 'hex', ({ feit }) => feit.kenmerk],
]);
const LEVERING = invoeging<Feiten['leveringen'][number]>('levering', [
  nr,
  ['persoon', 'hex', ({ feit }) => feit.persoon],
  ['soort', 'text', ({ feit }) => feit.soort],
  ['verwijdert', 'boolean', ({ feit }) => feit.verwijdert],
  ['toewijzing', 'int', ({ feit }) => feit.toewijzing],
  ['categorie', 'text', ({ feit }) => feit.categorie],
  ['code', 'text', ({ feit }) => feit.code],
  ['begindatum', 'text', ({ feit }) => feit.begindatum],
  ['reden_beeindiging', 'text', ({ feit }) => feit.redenBeeindiging],
  ['einddatum', 'text', ({ feit }) => feit.einddatum],
]);
const VERZOEK = invoeging<Feiten['verzoeken'][number]>('verzoek', [
  nr,
  ['persoon', 'hex', ({ feit }) => feit.persoon],
  ['kenmerk', 'hex', ({ feit }) => feit.kenmerk],
]);
const ANTWOORD = invoeging<Feiten['antwoorden'][number]>('antwoord', [
  nr,
  ['kenmerk', 'hex', ({ feit }) => feit.kenmerk],
  ['in_onderzoek', 'boolean', ({ feit }) => feit.inOnderzoek],
  ['reden_afwijzing', 'text', ({ feit }) => feit.redenAfwijzing],
]);
const DECLARATIE = invoeging<Feiten['declaraties'][number]>('declaratie', [
  ['identificatie', 'text', ({ feit }) => feit.identificatie],
  ['nummer', 'text', ({ feit }) => feit.nummer],
  ['periode', 'text', ({ feit }) => feit.periode],
  ['dagtekening', 'text', ({ feit }) => feit.dagtekening],
  ['basis_versie', 'text', ({ feit }) => feit.basisVersie],
  ['bericht_versie', 'text', ({ feit }) => feit.berichtVersie],
]);
const PRESTATIE = invoeging<Feiten['prestaties'][number]>('prestatie', [
  nr,
  ['persoon', 'hex', ({ feit }) => feit.persoon],
  ['kenmerk', 'hex', ({ feit }) => feit.kenmerk],
  ['vorig', 'hex', ({ feit }) => feit.vorig],
  ['toewijzing', 'int', ({ feit }) => feit.toewijzing],
  ['categorie', 'text', ({ feit }) => feit.categorie],
  ['code', 'text', ({ feit }) => feit.code],
  ['begindatum', 'text', ({ feit }) => feit.begindatum],
  ['einddatum', 'text', ({ feit }) => feit.einddatum],
  ['volume', 'int', ({ feit }) => feit.volume],
  ['eenheid', 'text', ({ feit }) => feit.eenheid],
  ['tarief', 'int', ({ feit }) => feit.tarief],
  ['bedrag', 'int', ({ feit }) => feit.bedrag],
  ['credit', 'boolean', ({ feit }) => feit.credit],
  ['stand', 'text', ({ feit }) => feit.stand],
]);

type PerBaan<T> = readonly (T & { readonly baanId: number })[];

async function voegToe<F>(
  verbinding: Verbinding,
  { name, text, kolommen }: Invoeging<F>,
  nieuw: PerBaan<{ readonly feiten: Feiten }>,
  lees: (feiten: Feiten) => readonly F[],
): Promise<void> {
  const stukken = nieuw.flatMap(({ baanId, feiten }) => lees(feiten).map((feit, nr) => ({ baanId, nr, feit })));
  if (stukken.length === 0) return;
  await verbinding.query({ name, text, values: kolommen.map(([, , lees]) => stukken.map(lees)) });
}

/** What is known of a lane as a whole, after a message of this day. */
const BAAN = {
  name: 'dossier-baan',
  text: `
insert into dossier_baan as d (baan_id, tot_nummer, eerste_dagtekening, blind_tot)
select * from unnest($1::int[], $2::bigint[], $3::text[], $4::text[])
on conflict (baan_id) do update set tot_nummer = excluded.tot_nummer, eerste_dagtekening = coalesce(d.eerste_dagtekening, excluded.eerste_dagtekening),
  blind_tot = greatest(d.blind_tot, excluded.blind_tot)`,
};

/** What a lane learned about itself. */
export interface Baanbegin {
  readonly baanId: number;
  readonly totNummer: number;
  readonly eersteDagtekening: string | null;
  readonly blindTot: string | null;
}

/** Notes how far the dossiers of these lanes have come. Where one begins, stays. */
export async function schrijfBegin(verbinding: Verbinding, banen: readonly Baanbegin[]): Promise<void> {
  if (banen.length === 0) return;
  const kolom = <T>(lees: (baan: Baanbegin) => T): readonly T[] => banen.map(lees);
  await verbinding.query({
    ...BAAN,
    values: [
      kolom(({ baanId }) => baanId),
      kolom(({ totNummer }) => totNummer),
      kolom(({ eersteDagtekening }) => eersteDagtekening),
      kolom(({ blindTot }) => blindTot),
    ],
  });
}

/** @param verbinding the transaction that has the locks of these lanes */
export async function schrijfDossiers(verbinding: Verbinding, dossiers: ReadonlyMap<number, Dossier>): Promise<void> {
  const alle = [...dossiers].map(([baanId, { wijzigingen }]) => ({ baanId, ...wijzigingen }));
  const plat = <T>(lees: (wijzigingen: Wijzigingen) => readonly T[]): readonly (readonly [number, T])[] =>
    alle.flatMap(({ baanId, ...wijzigingen }) => lees(wijzigingen).map((deel) => [baanId, deel] as const));
  const vergeten = plat(({ vergeten }) => vergeten);
  if (vergeten.length > 0)
    await verbinding.query({
      ...VERGEET,
      values: [vergeten.map(([baanId]) => baanId), vergeten.map(([, plek]) => plek)],
    });
  const nieuw = plat<Feiten>(({ nieuw }) => nieuw).map(([baanId, feiten]) => ({ baanId, feiten }));
  await neemFeiten(verbinding, nieuw);
  const besloten = plat<Besluit>(({ besloten }) => besloten);
  if (besloten.length === 0) return;
  await verbinding.query({
    ...KEN_TOE,
    values: [besloten.map(([baanId]) => baanId), besloten.map(([, { volgorde }]) => volgorde)],
  });
  const afgewezen = besloten.flatMap(([baanId, besluit]) =>
    [...besluit.afgewezen].map((sleutel) => ({ baanId, volgorde: besluit.volgorde, sleutel })),
  );
  if (afgewezen.length === 0) return;
  await verbinding.query({
    ...WIJS_AF,
    values: [
      afgewezen.map(({ baanId }) => baanId),
      afgewezen.map(({ volgorde }) => volgorde),
      afgewezen.map(({ sleutel }) => sleutel),
    ],
  });
}

/** Puts in what messages established. */
export async function neemFeiten(
  verbinding: Verbinding,
  nieuw: readonly { readonly baanId: number; readonly feiten: Feiten }[],
): Promise<void> {
  await voegToe(verbinding, BERICHT, nieuw, ({ bericht }) => [bericht]);
  await voegToe(verbinding, TOEWIJZING, nieuw, ({ toewijzingen }) => toewijzingen);
  await voegToe(verbinding, LEVERING, nieuw, ({ leveringen }) => leveringen);
  await voegToe(verbinding, VERZOEK, nieuw, ({ verzoeken }) => verzoeken);
  await voegToe(verbinding, ANTWOORD, nieuw, ({ antwoorden }) => antwoorden);
  await voegToe(verbinding, DECLARATIE, nieuw, ({ declaraties }) => declaraties);
  await voegToe(verbinding, PRESTATIE, nieuw, ({ prestaties }) => prestaties);
}

/**
 * The receiver could not read a message (a Fo01 of its own system): it counts as not sent. Outside the turn of the lane: a turn that has just
 * looked at these facts was before it.
 */
export async function vergeetBericht(verbinding: Verbinding, berichtId: string): Promise<void> {
  await verbinding.query({ ...VERGEET_BERICHT, values: [berichtId] });
}
