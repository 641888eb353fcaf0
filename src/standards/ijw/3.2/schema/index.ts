// Generated from xsd/ijw/3.2 by `npm run genereer`; do not edit. The names are those of the standard.
import type { Structuurgegevens } from '../../../../xml/structuur.ts';
import * as JW301 from './JW301.ts';
import * as JW302 from './JW302.ts';
import * as JW305 from './JW305.ts';
import * as JW306 from './JW306.ts';
import * as JW307 from './JW307.ts';
import * as JW308 from './JW308.ts';
import * as JW315 from './JW315.ts';
import * as JW316 from './JW316.ts';
import * as JW317 from './JW317.ts';
import * as JW318 from './JW318.ts';
import * as JW319 from './JW319.ts';
import * as JW320 from './JW320.ts';
import * as JW323 from './JW323.ts';
import * as JW325 from './JW325.ts';

/** The classes of each message. */
export interface Berichten {
  readonly '301': JW301.Klassen;
  readonly '302': JW302.Klassen;
  readonly '305': JW305.Klassen;
  readonly '306': JW306.Klassen;
  readonly '307': JW307.Klassen;
  readonly '308': JW308.Klassen;
  readonly '315': JW315.Klassen;
  readonly '316': JW316.Klassen;
  readonly '317': JW317.Klassen;
  readonly '318': JW318.Klassen;
  readonly '319': JW319.Klassen;
  readonly '320': JW320.Klassen;
  readonly '323': JW323.Klassen;
  readonly '325': JW325.Klassen;
}

export const STRUCTUREN: Readonly<Record<string, Structuurgegevens>> = {
  JW301: JW301.STRUCTUUR,
  JW302: JW302.STRUCTUUR,
  JW305: JW305.STRUCTUUR,
  JW306: JW306.STRUCTUUR,
  JW307: JW307.STRUCTUUR,
  JW308: JW308.STRUCTUUR,
  JW315: JW315.STRUCTUUR,
  JW316: JW316.STRUCTUUR,
  JW317: JW317.STRUCTUUR,
  JW318: JW318.STRUCTUUR,
  JW319: JW319.STRUCTUUR,
  JW320: JW320.STRUCTUUR,
  JW323: JW323.STRUCTUUR,
  JW325: JW325.STRUCTUUR,
};
