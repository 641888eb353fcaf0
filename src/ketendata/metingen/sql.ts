/** What the statements of all metingen have in common. */

const NEDERLAND = `at time zone 'Europe/Amsterdam'`;

/** The day of a moment in the Netherlands, YYYY-MM-DD. */
export const dagVan = (moment: string): string => `to_char(${moment} ${NEDERLAND}, 'YYYY-MM-DD')`;
/** The Monday of the ISO week of a moment in the Netherlands. */
export const weekVan = (moment: string): string => `to_char(date_trunc('week', ${moment} ${NEDERLAND}), 'YYYY-MM-DD')`;
/** Whole milliseconds between two moments: never less than none, whatever two clocks say; null when one is not there. */
export const msTussen = (van: string, tot: string): string =>
  `case when ${tot} > ${van} then floor(extract(epoch from (${tot} - ${van})) * 1000) when ${tot} <= ${van} then 0 end::float8`;

/** The party of a message without a lane that is of this kind, '' when there is none. */
const partij = (b: string, vorm: string): string =>
  `case when ${b}.ontvanger ~ '${vorm}' then ${b}.ontvanger when ${b}.afzender ~ '${vorm}' then ${b}.afzender else '' end`;

/** Where a message is counted: columns domein, gemeente, aanbieder. Its lane is joined as `baan`, on the left. */
export const plekVan = (b: string): string => `${b}.domein,
  coalesce(baan.gemeente, ${partij(b, '^[0-9]{4}$')}) as gemeente, coalesce(baan.aanbieder, ${partij(b, '^[0-9]{8}$')}) as aanbieder`;

/** A row about one subject, with where it is counted. */
export interface Plekrij {
  readonly id: string;
  readonly week: string;
  readonly domein: string;
  readonly gemeente: string;
  readonly aanbieder: string;
  readonly berichtsoort: string;
  readonly release: string;
}

/** What all contributions of a row have in common. */
export const plaatsVan = ({ week, domein, gemeente, aanbieder, berichtsoort, release }: Plekrij) => ({
  ...{ week, domein, gemeente, aanbieder, berichtsoort, release },
});
