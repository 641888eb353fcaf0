/** Pages are made with tagged templates. What is put into one is escaped, unless it was made by one itself. */
import { html as maak, raw } from 'hono/html';

/** A piece of HTML that is safe to send. Only this file makes them. */
export interface Html {
  readonly isEscaped: true;
  toString(): string;
}

/** What may stand in a template. No promises: a page gathers first and then writes. */
export type Deel = Html | string | number | boolean | null | undefined | readonly Deel[];

/** @returns the template with every value escaped; null, undefined and booleans give nothing */
export const html = (tekst: TemplateStringsArray, ...waarden: readonly Deel[]): Html => maak(tekst, ...waarden) as Html;

/** Text that is HTML already and was made by us: a chart, never anything that came from outside. */
export const letterlijk = (tekst: string): Html => raw(tekst) as Html;

/** An attribute without a value, when it applies. */
export const alsWaar = (
  naam: 'checked' | 'selected' | 'required' | 'disabled' | 'open' | 'multiple',
  wel: boolean,
): Html => letterlijk(wel ? ` ${naam}` : '');
