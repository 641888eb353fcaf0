/**
 * What a page of the portal is: one object, from which the router, the check of access, the check of the form token, the menu and the tests
 * are all made. A page decides nothing about messages: it asks the rooms that do, as the caller in `gebruiker.client`.
 */
import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Dienst, Gebruiker } from '../toegang/gebruikers/types.ts';
import type { Html } from './html.ts';

/**
 * Who may open a page. A service: who has it. berichten: who has wmo or jw. wlz: who has one of its two services. beheer: the operator, and
 * a gebruikersbeheerder for its own organisation (the page looks which). The operator has no services: it sees no messages.
 */
export type Toegang =
  | 'iedereen'
  | 'aangemeld'
  | 'berichten'
  | 'wlz'
  | Dienst
  | 'ketendata'
  | 'gebruikersbeheer'
  | 'beheer'
  | 'beheerder';

export interface Melding {
  readonly soort: 'ok' | 'fout';
  readonly tekst: string;
}

/** Who is logged in, in this browser. Made by the door (aanmelden). */
export interface Sessie {
  readonly gebruiker: Gebruiker;
  /** Goes into every form, as the field `_csrf`. */
  readonly csrf: string;
  /** Shown on the next page that this browser opens, once. */
  zetMelding(melding: Melding): void;
  neemMelding(): Melding | undefined;
  uit(): Promise<void>;
}

/** Field → Dutch sentence. */
export type Veldfouten = ReadonlyMap<string, string>;

export interface Paginaverzoek<V = unknown, F = unknown> {
  /** Of who is logged in. A page for iedereen must look at `aangemeld` first. */
  readonly gebruiker: Gebruiker;
  readonly sessie: Sessie;
  readonly aangemeld: boolean;
  /** Parts of the path. */
  readonly pad: Readonly<Record<string, string>>;
  readonly vraag: V;
  /** The form when it is right; undefined when it is not: then `veldfouten` says why, and `ingevuld` has what was filled in. */
  readonly formulier: F | undefined;
  readonly veldfouten: Veldfouten;
  readonly ingevuld: Readonly<Record<string, string>>;
  /** Of a page with a body of its own: throws when the token among these fields is not that of this session. See upload.ts. */
  readonly eisCsrf: (velden: Readonly<Record<string, string>>) => void;
  readonly req: Request;
  readonly res: Response;
}

export interface Scherm {
  readonly titel: string;
  readonly inhoud: Html;
  readonly status?: number;
  /** From the menu down to the page above this one. */
  readonly kruimels?: readonly { readonly naam: string; readonly pad: string }[];
  /** Names of scripts in web/ that make the page better; it works without. */
  readonly scripts?: readonly string[];
  /** Wide pages (tables, dashboards) use the whole width. */
  readonly breed?: boolean;
}

/** Go there with GET (303), and say this. */
export interface Doorverwijzing {
  readonly naar: string;
  readonly melding?: Melding;
}

/** undefined: the page wrote its answer itself (a download, a stream). */
export type Uitkomst = Scherm | Doorverwijzing | undefined;

export interface Pagina<V = unknown, F = unknown> {
  readonly methode: 'get' | 'post';
  /** As Express takes it, without /portaal: /berichten/:berichtId. */
  readonly pad: string;
  /** Unique; names the page in metrics and tests. */
  readonly id: string;
  readonly toegang: Toegang;
  /** Of the query string. Give fields a `.catch()`: whoever changes an address by hand gets the default, not an error. */
  readonly vraagSchema?: z.ZodType<V>;
  /** Of an urlencoded form: every field is a text, or a list of texts when its schema is an array. */
  readonly formulierSchema?: z.ZodType<F>;
  /** The page reads its body itself (files). Then it calls `eisCsrf` itself, before it does anything. */
  readonly eigenLijf?: true;
  readonly voer: (verzoek: Paginaverzoek<V, F>) => Promise<Uitkomst>;
}

/** Keeps the types of one page together; the table of pages then forgets them. */
export const pagina = <V = unknown, F = unknown>(definitie: Pagina<V, F>): Pagina => definitie as unknown as Pagina;
