/** The table of every rule of the norm, with what is checked within a message and across messages. What the CLI prints and the docs show. */
import { DOSSIERREGELS } from './dossier/dossierregels.ts';
import { type RegelRij, regeloverzicht } from './standards/overzicht.ts';

/** @returns a row per code, sorted by kind and code */
export const alleRegels = (): readonly RegelRij[] => regeloverzicht(DOSSIERREGELS);
