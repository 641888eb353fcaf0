/** What a schema says of a form, field by field. */
import type { z } from 'zod';
import type { Veldfouten } from './pagina.ts';

/** The first thing that is wrong with each field; its schema says it in Dutch. */
export function veldfoutenVan(fout: z.ZodError): Map<string, string> {
  const fouten = new Map<string, string>();
  for (const { path, message } of fout.issues) {
    const veld = String(path[0] ?? 'formulier');
    if (!fouten.has(veld)) fouten.set(veld, message);
  }
  return fouten;
}

/** @returns what was filled in when it is right, and what is wrong with it when it is not */
export function leesVelden<F>(
  schema: z.ZodType<F>,
  velden: Readonly<Record<string, unknown>>,
): { readonly gelezen: F | undefined; readonly veldfouten: Veldfouten } {
  const uitslag = schema.safeParse(velden);
  return uitslag.success
    ? { gelezen: uitslag.data, veldfouten: new Map() }
    : { gelezen: undefined, veldfouten: veldfoutenVan(uitslag.error) };
}
