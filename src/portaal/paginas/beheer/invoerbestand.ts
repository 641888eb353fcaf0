/** A form with a file that is imported: one at a time, and what is wrong with it said at its field. */
import type { z } from 'zod';
import { KnooppuntFout, type WeigeringSoort } from '../../../fouten.ts';
import type { Omgeving } from '../../../http/omgeving.ts';
import type { Kaart } from '../../../routering/kaart.ts';
import type { Domein } from '../../../standards/catalogus.ts';
import { eisBevoegd } from '../../../toegang/bevoegdheid.ts';
import type { Client } from '../../../toegang/clients.ts';
import { beheerclient } from '../../../toegang/gebruikers/organisatiebeheer.ts';
import type { Paginaverzoek, Veldfouten } from '../../pagina.ts';
import type { Formulier, Uploadbestand } from '../../upload.ts';
import { leesVelden } from '../../veldfouten.ts';
import { domeinenVan } from './eigen.ts';

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
function bezwarenVan(veldfouten: Veldfouten, bestand: Uploadbestand | undefined): Map<string, string> {
  const { reden, ...rest } = Object.fromEntries(veldfouten);
  const leeg = !bestand || bestand.bytes.length === 0;
  return new Map([
    ...Object.entries(rest),
    ...(leeg ? [['bestand', 'Kies een bestand dat niet leeg is.'] as const] : []),
    ...(reden === undefined ? [] : [['reden', reden] as const]),
  ]);
}

export interface Opdracht<F> {
  readonly gelezen: F;
  readonly bestand: Uploadbestand;
  /** Who imports, and may. */
  readonly client: Client;
}

/**
 * Reads the form of an import for this organisation.
 * @returns what is asked; or what is wrong, by its field
 * @throws KnooppuntFout when this person may not import for it
 */
export function leesOpdracht<F extends { readonly domein: Domein }>(
  schema: z.ZodType<F>,
  { gebruiker }: Pick<Paginaverzoek, 'gebruiker'>,
  kaart: Kaart,
  { velden, bestanden: [bestand] }: Formulier,
): Opdracht<F> | Map<string, string> {
  const { gelezen, veldfouten } = leesVelden(schema, velden);
  const fouten = bezwarenVan(veldfouten, bestand);
  if (gelezen && !domeinenVan(kaart).includes(gelezen.domein)) fouten.set('domein', 'Aan deze wet doet u niet mee.');
  if (!gelezen || !bestand || fouten.size > 0) return fouten;
  const client = beheerclient(gebruiker);
  eisBevoegd(client, 'dossier invoeren', kaart.code, gelezen.domein);
  return { gelezen, bestand, client };
}
