/** Fields of forms as text becomes what the rooms want: days, moments on the clock of the Netherlands, choices that may be left open. */
import { z } from 'zod';
import { ORGANISATIECODE } from '../../../routering/kaart.ts';
import { DOMEINEN } from '../../../standards/catalogus.ts';
import { dag } from '../../../standards/dag.ts';
import { datum, stufTijdstip } from '../../../tijd.ts';

/** An empty field means: none. */
export const leegIsNull = <T extends z.ZodType>(schema: T) =>
  z
    .literal('')
    .transform(() => null)
    .or(schema)
    .default(null);

export const Dag = leegIsNull(dag('Vul een bestaande datum in.'));
export const Domeinveld = z.enum(DOMEINEN, 'Kies een domein.');
export const Organisatiecode = z
  .string()
  .trim()
  .regex(ORGANISATIECODE, 'Een code heeft 4 cijfers (gemeente) of 8 cijfers (aanbieder).');

const OP_DE_KLOK = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::\d\d)?$/;

/**
 * A moment as a clock in the Netherlands shows it.
 * @returns undefined when there is no such moment: in the hour that is skipped in spring
 */
export function vanDeKlok(tekst: string): Date | undefined {
  const [, dag, uur, minuut] = OP_DE_KLOK.exec(tekst) ?? [];
  if (dag === undefined || !z.iso.date().safeParse(dag).success) return undefined;
  for (const verschil of ['+02:00', '+01:00']) {
    const moment = new Date(`${dag}T${uur}:${minuut}:00${verschil}`);
    if (Number.isNaN(+moment)) return undefined;
    const klok = stufTijdstip(moment);
    if (datum(moment) === dag && klok.slice(8, 12) === `${uur}${minuut}`) return moment;
  }
  return undefined;
}

/** For in a field of type datetime-local. */
export const opDeKlok = (moment: Date): string => {
  const klok = stufTijdstip(moment);
  return `${datum(moment)}T${klok.slice(8, 10)}:${klok.slice(10, 12)}`;
};

export const Moment = z.string().transform((tekst, context) => {
  const moment = vanDeKlok(tekst);
  if (moment) return moment;
  context.addIssue({ code: 'custom', message: 'Vul een datum en een tijd in.' });
  return z.NEVER;
});
export const MogelijkMoment = leegIsNull(Moment);

/** Of a checkbox. */
export const Aangekruist = z
  .literal('ja')
  .optional()
  .transform((waarde) => waarde === 'ja');
