/** Does a retour reject its heenbericht? Pure. Source: IV028, IV032 and OP286. */
import type { Inhoud, Waarde } from '../xml/structuur.ts';
import type { Berichtsoort } from './catalogus.ts';

const GEEN_OPMERKINGEN = '0200';

const alsLijst = (waarde: Waarde | undefined): readonly (Inhoud | string)[] => {
  if (waarde === undefined) return [];
  return Array.isArray(waarde) ? waarde : [waarde as Inhoud | string];
};

/**
 * Does this retour reject its heenbericht, so that it counts as not sent? Approved is: no Client or Antwoord, and no code in the header, or
 * the code that says there is nothing to remark.
 */
export function keurtAf({ aard }: Pick<Berichtsoort, 'aard'>, inhoud: Inhoud): boolean {
  if (aard !== 'retour') return false;
  const { RetourCodes } = inhoud.Header as { readonly RetourCodes?: Inhoud };
  const codes = alsLijst(RetourCodes?.RetourCode);
  return (
    codes.some((code) => code !== GEEN_OPMERKINGEN) || inhoud.Client !== undefined || inhoud.Antwoord !== undefined
  );
}
