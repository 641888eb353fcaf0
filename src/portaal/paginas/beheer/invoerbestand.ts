/** A file that is imported: one at a time, and what is wrong with it said at its field. */
import { KnooppuntFout, type WeigeringSoort } from '../../../fouten.ts';
import type { Omgeving } from '../../../http/omgeving.ts';
import type { Veldfouten } from '../../pagina.ts';
import type { Uploadbestand } from '../../upload.ts';

/** Said when somebody else is at it, or when it is too large: both before the file was read. */
const VOORAF: Partial<Record<WeigeringSoort, () => KnooppuntFout>> = {
  tijdelijkNietBeschikbaar: () =>
    new KnooppuntFout(
      'tijdelijkNietBeschikbaar',
      'Er wordt nu een ander bestand ingevoerd. Er is niets met uw bestand gebeurd.',
    ),
  berichtTeGroot: () => new KnooppuntFout('invoerTeGroot'),
};

/** Does work when nobody else imports: that is asked before the file is read, because it takes memory. */
export async function eenTegelijk<T>({ invoerder }: Pick<Omgeving, 'invoerder'>, werk: () => Promise<T>): Promise<T> {
  try {
    return await invoerder.alleen(werk);
  } catch (fout) {
    throw (fout instanceof KnooppuntFout && VOORAF[fout.soort]?.()) || fout;
  }
}

/** What the registry says of the ZIP of an upload, where an import is another matter. */
const ANDERS: Partial<Record<WeigeringSoort, string>> = {
  zipTeVeelBestanden: 'Er staan te veel bestanden in het ZIP-bestand. Verdeel ze over meer ZIP-bestanden.',
};

/** What is wrong with a file as a whole. @throws what is not about the file */
export function bezwaarVan(fout: unknown): string {
  if (!(fout instanceof KnooppuntFout) || fout.soort === 'tijdelijkNietBeschikbaar') throw fout;
  if (fout.soort === 'invoerOngeldig') return fout.details ?? fout.message;
  return ANDERS[fout.soort] ?? fout.message;
}

/** What is wrong with a form with a file, in the order of its fields: the reason comes last. */
export function bezwarenVan(veldfouten: Veldfouten, bestand: Uploadbestand | undefined): Map<string, string> {
  const { reden, ...rest } = Object.fromEntries(veldfouten);
  const leeg = !bestand || bestand.bytes.length === 0;
  return new Map([
    ...Object.entries(rest),
    ...(leeg ? [['bestand', 'Kies een bestand dat niet leeg is.'] as const] : []),
    ...(reden === undefined ? [] : [['reden', reden] as const]),
  ]);
}
