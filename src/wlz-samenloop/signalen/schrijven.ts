/** Writes what a comparison found, in the transaction in which it was found: signals, their history, and the messages about them. */
import { createHash } from 'node:crypto';
import { schrijfLogboek } from '../../logboek/logboek.ts';
import type { Verbinding } from '../../opslag/database.ts';
import type { Sleutels } from '../../opslag/sleutels.ts';
import { versleutel } from '../../opslag/versleuteling.ts';
import { type Kader, type Melding, meldingVan, type Rij, rijVan, WERKINGEN } from './gevolgen.ts';
import { SIGNAALSOORT, SIGNAALVERSIE } from './regels/types.ts';
import type { Uitslag } from './vergelijking.ts';

/** Signals that give way first: the key of one may be that of the next. */
const VERVANG = {
  name: 'wlz-signaal-vervang',
  text: `update wlz_signaal set actueel = false, gewijzigd_op = date_trunc('milliseconds', now()) where id = any ($1::uuid[])`,
};

const KOLOMMEN = `id, gemeente, bsn_hmac, besluitnummer, voorziening_id, actueel, type, terugwerkend, overlap_vanaf, overlap_tot, indicatie_vanaf,
  indicatie_tot, status, productcategorie, productcode, agb, workflow, uitkomst, berichten, sleutel_id, cijfertekst`;
const RIJEN = `unnest($1::uuid[], $2::text[], $3::bytea[], $4::bigint[], $5::text[], $6::boolean[], $7::text[], $8::boolean[], $9::date[],
  $10::date[], $11::date[], $12::date[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[], $18::text[], $19::int[], $20::text[],
  $21::bytea[], $22::boolean[], $23::boolean[]) as n(${KOLOMMEN}, verteld, herinnerd)`;

const WERK_BIJ = {
  name: 'wlz-signaal-werk-bij',
  text: `
update wlz_signaal s set gemeente = n.gemeente, besluitnummer = n.besluitnummer, actueel = n.actueel, type = n.type,
  terugwerkend = n.terugwerkend, overlap_vanaf = n.overlap_vanaf, overlap_tot = n.overlap_tot, indicatie_vanaf = n.indicatie_vanaf,
  indicatie_tot = n.indicatie_tot, status = n.status, productcategorie = n.productcategorie, productcode = n.productcode, agb = n.agb,
  workflow = n.workflow, uitkomst = n.uitkomst, berichten = n.berichten, verteld_op = case when n.verteld then $24::date else s.verteld_op end,
  verteld_vanaf = least(s.verteld_vanaf, n.overlap_vanaf),
  verteld_tot = case when s.verteld_tot is not null and n.overlap_tot is not null then greatest(s.verteld_tot, n.overlap_tot) end,
  herinnerd = n.herinnerd or (s.herinnerd and not n.verteld), register_peilmoment = $25,
  gewijzigd_op = date_trunc('milliseconds', now())
from ${RIJEN} where s.id = n.id`,
};
const VOEG_TOE = {
  name: 'wlz-signaal-voeg-toe',
  text: `
insert into wlz_signaal (${KOLOMMEN}, verteld_vanaf, verteld_tot, verteld_op, herinnerd, register_peilmoment)
select ${KOLOMMEN}, overlap_vanaf, overlap_tot, $24::date, herinnerd, $25::timestamptz from ${RIJEN} where verteld`,
};

/** The next number in the history of each signal. */
const STAPPEN = {
  name: 'wlz-signaal-stappen',
  text: `
insert into wlz_signaalstap (signaal_id, nr, stap, workflow, uitkomst, door)
select n.id, (select coalesce(max(nr), 0) + 1 from wlz_signaalstap s where s.signaal_id = n.id), n.stap, n.workflow, n.uitkomst, 'knooppunt'
from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) as n(id, stap, workflow, uitkomst)`,
};

/** A message that the switch makes: no lane, because there is nothing to judge. */
const MELD = {
  name: 'wlz-signaal-meld',
  text: `
with n as (
  select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::bytea[], $6::bytea[], $7::int[], $8::text[], $9::bytea[])
    as n(id, signaal_id, gemeente, referentienummer, hmac, sha256, omvang, sleutel_id, cijfertekst)
), b as (
  insert into bericht (id, oorsprong, domein, berichtsoort, release, afzender, ontvanger, indiener, referentienummer, sha256, omvang, toestand,
    ontvangen_op, verwerkt_op)
  select id, 'knooppunt', 'iwmo', '${SIGNAALSOORT}', '${SIGNAALVERSIE}', 'knooppunt', gemeente, 'knooppunt', referentienummer, sha256, omvang,
    'verwerkt', date_trunc('milliseconds', now()), now()
  from n
), k as (
  insert into betrokkene (hmac, ontvangen_op, bericht_id) select hmac, date_trunc('milliseconds', now()), id from n
), i as (
  insert into inhoud (bericht_id, sleutel_id, cijfertekst) select id, sleutel_id, cijfertekst from n
), p as (
  insert into postbus_item (postbus, bericht_id, bezorging) select gemeente, id, 'te_bezorgen' from n
)
insert into logboek (gebeurtenis, actor, namens, resultaat, bericht_id, betrokkenen, details)
select 'wlz-signaal gemaakt', 'knooppunt', gemeente, '${SIGNAALSOORT}', id, array[hmac], jsonb_build_object('signaal', signaal_id) from n`,
};

async function schrijfMeldingen(
  verbinding: Verbinding,
  sleutels: Sleutels,
  meldingen: readonly Melding[],
): Promise<void> {
  if (meldingen.length === 0) return;
  const versleuteld = meldingen.map(({ id, bytes }) => versleutel(sleutels, id, bytes));
  await verbinding.query({
    ...MELD,
    values: [
      meldingen.map(({ id }) => id),
      meldingen.map(({ signaalId }) => signaalId),
      meldingen.map(({ gemeente }) => gemeente),
      meldingen.map(({ referentienummer }) => referentienummer),
      meldingen.map(({ hmac }) => hmac),
      meldingen.map(({ bytes }) => createHash('sha256').update(bytes).digest()),
      meldingen.map(({ bytes }) => bytes.length),
      versleuteld.map(({ sleutelId }) => sleutelId),
      versleuteld.map(({ cijfertekst }) => cijfertekst),
    ],
  });
}

const waarden = (rijen: readonly Rij[], { peildatum, registerPeilmoment }: Kader): unknown[] => {
  const kolom = <K extends keyof Rij>(naam: K) => rijen.map((rij) => rij[naam]);
  return [
    kolom('id'),
    kolom('gemeente'),
    kolom('hmac'),
    kolom('besluitnummer'),
    kolom('voorzieningId'),
    kolom('actueel'),
    kolom('type'),
    kolom('terugwerkend'),
    kolom('overlapVanaf'),
    kolom('overlapTot'),
    kolom('indicatieVanaf'),
    kolom('indicatieTot'),
    kolom('status'),
    kolom('productcategorie'),
    kolom('productcode'),
    kolom('agb'),
    kolom('workflow'),
    kolom('uitkomst'),
    kolom('berichten'),
    kolom('sleutelId'),
    kolom('cijfertekst'),
    kolom('verteld'),
    kolom('herinnerd'),
    peildatum,
    registerPeilmoment,
  ];
};

/** What the switch closed without a word to the gemeente: what becomes of a signal can be followed in the log. */
const noteerStil = (verbinding: Verbinding, rijen: readonly Rij[]): Promise<void> =>
  schrijfLogboek(
    verbinding,
    rijen.map(({ id, gemeente, hmac, workflow, uitkomst }) => ({
      gebeurtenis: 'wlz-signaal behandeld' as const,
      actor: 'knooppunt',
      namens: gemeente,
      resultaat: uitkomst ?? workflow,
      berichtId: null,
      betrokkenen: [hmac],
      details: { signaal: id },
    })),
  );

/** @param verbinding the transaction of the comparison, which holds the lock of the part */
export async function schrijfUitslagen(
  verbinding: Verbinding,
  sleutels: Sleutels,
  kader: Kader,
  uitslagen: readonly Uitslag[],
): Promise<void> {
  const rijen = uitslagen.map((uitslag) => rijVan(uitslag, kader));
  const bestaand = rijen.filter(({ nieuw }) => !nieuw);
  const nieuw = rijen.filter((rij) => rij.nieuw);
  const vervangen = nieuw.flatMap(({ vervangt }) => vervangt ?? []);
  if (vervangen.length > 0) await verbinding.query({ ...VERVANG, values: [vervangen] });
  // What ends goes first: another signal may take over its key.
  const [weg, blijft] = [bestaand.filter(({ actueel }) => !actueel), bestaand.filter(({ actueel }) => actueel)];
  for (const groep of [weg, blijft])
    if (groep.length > 0) await verbinding.query({ ...WERK_BIJ, values: waarden(groep, kader) });
  if (nieuw.length > 0) await verbinding.query({ ...VOEG_TOE, values: waarden(nieuw, kader) });
  const stappen = rijen.filter(({ stap }) => stap !== null);
  if (stappen.length > 0)
    await verbinding.query({
      ...STAPPEN,
      values: [
        stappen.map(({ id }) => id),
        stappen.map(({ stap }) => stap),
        stappen.map(({ workflow }) => workflow),
        stappen.map(({ uitkomst }) => uitkomst),
      ],
    });
  await noteerStil(
    verbinding,
    stappen.filter(({ gevolg }) => !WERKINGEN[gevolg].bericht),
  );
  await schrijfMeldingen(
    verbinding,
    sleutels,
    rijen.flatMap((rij) => meldingVan(sleutels, rij, kader) ?? []),
  );
}
