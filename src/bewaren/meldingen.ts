/** Notices in the postbus of whoever a message that lapses is of: a message of the switch itself, without a lane, as a Wlz signal is. */
import { createHash } from 'node:crypto';
import { afgeleideUuid } from '../identiteit.ts';
import { schrijfLogboek } from '../logboek/logboek.ts';
import type { Verbinding } from '../opslag/database.ts';
import type { Sleutels } from '../opslag/sleutels.ts';
import { versleutel } from '../opslag/versleuteling.ts';
import { VERVALMELDING } from '../toestanden.ts';
import { type Kant, MELDINGVERSIE, schrijfMelding, type Vervallend } from './regels/melding.ts';

/** What one party is to hear about one message. */
export interface Gericht {
  readonly kant: Kant;
  readonly partij: string;
  readonly postbus: string;
  readonly domein: 'iwmo' | 'ijw';
  readonly bericht: Vervallend;
}

const STUUR = {
  name: 'bewaren-meld',
  text: `
with n as (
  select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::bytea[], $7::int[], $8::text[], $9::bytea[])
    as n(id, domein, partij, postbus, referentienummer, sha256, omvang, sleutel_id, cijfertekst)
), b as (
  insert into bericht (id, oorsprong, domein, berichtsoort, release, afzender, ontvanger, indiener, referentienummer, sha256, omvang, toestand,
    ontvangen_op, verwerkt_op)
  select id, 'knooppunt', domein, '${VERVALMELDING}', '${MELDINGVERSIE}', 'knooppunt', partij, 'knooppunt', referentienummer, sha256, omvang,
    'verwerkt', date_trunc('milliseconds', now()), now()
  from n
), i as (
  insert into inhoud (bericht_id, sleutel_id, cijfertekst) select id, sleutel_id, cijfertekst from n
)
insert into postbus_item (postbus, bericht_id, bezorging) select postbus, id, 'te_bezorgen' from n`,
};

/** One notice per party, side and domein: whoever did not look for two months need not confirm a thousand of them. */
function perPartij(alle: readonly Gericht[]): readonly (readonly Gericht[])[] {
  const groepen = Map.groupBy(alle, ({ kant, partij, postbus, domein }) => [kant, partij, postbus, domein].join(' '));
  return [...groepen.values()];
}

/** Puts the notices in the postbussen, in the transaction that remembers that these messages were announced. */
export async function stuurMeldingen(client: Verbinding, sleutels: Sleutels, alle: readonly Gericht[]): Promise<void> {
  const meldingen = perPartij(alle).flatMap((groep) => {
    const [eerste] = groep;
    if (!eerste) return [];
    const { kant, partij, postbus, domein, bericht } = eerste;
    // A message is announced once, so its id makes that of the notice.
    const wat = [kant, partij, bericht.berichtId];
    const id = afgeleideUuid('vervalmelding', ...wat);
    const bytes = schrijfMelding(
      kant,
      groep.map((stuk) => stuk.bericht),
    );
    const referentienummer = afgeleideUuid('vervalreferentie', ...wat);
    return [
      {
        id,
        partij,
        postbus,
        domein,
        referentienummer,
        bytes,
        aantal: groep.length,
        ...versleutel(sleutels, id, bytes),
      },
    ];
  });
  if (meldingen.length === 0) return;
  const kolom = <K extends keyof (typeof meldingen)[number]>(naam: K) => meldingen.map((stuk) => stuk[naam]);
  await client.query({
    ...STUUR,
    values: [
      kolom('id'),
      kolom('domein'),
      kolom('partij'),
      kolom('postbus'),
      kolom('referentienummer'),
      meldingen.map(({ bytes }) => createHash('sha256').update(bytes).digest()),
      meldingen.map(({ bytes }) => bytes.length),
      kolom('sleutelId'),
      kolom('cijfertekst'),
    ],
  });
  await schrijfLogboek(
    client,
    meldingen.map(({ id, partij, aantal }) => ({
      gebeurtenis: 'verval aangekondigd',
      actor: 'knooppunt',
      namens: partij,
      resultaat: VERVALMELDING,
      berichtId: id,
      details: { aantal },
    })),
  );
}
