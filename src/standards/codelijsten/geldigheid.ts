/** The days on which an entry of a list is valid. */
import { na } from '../datum.ts';

export interface Geldigheid {
  /** First and last day, YYYY-MM-DD; absent when the list does not say. */
  readonly vanaf?: string | undefined;
  readonly tot?: string | undefined;
}

/** @param dag a date as the XSD has it */
export const geldigOp = ({ vanaf, tot }: Geldigheid, dag: string): boolean =>
  (vanaf === undefined || !na(vanaf, dag)) && (tot === undefined || !na(dag, tot));
