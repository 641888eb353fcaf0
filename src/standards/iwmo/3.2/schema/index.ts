// Generated from xsd/iwmo/3.2 by `npm run genereer`; do not edit. The names are those of the standard.
import type { Structuurgegevens } from '../../../../xml/structuur.ts';
import * as WMO301 from './WMO301.ts';
import * as WMO302 from './WMO302.ts';
import * as WMO305 from './WMO305.ts';
import * as WMO306 from './WMO306.ts';
import * as WMO307 from './WMO307.ts';
import * as WMO308 from './WMO308.ts';
import * as WMO315 from './WMO315.ts';
import * as WMO316 from './WMO316.ts';
import * as WMO317 from './WMO317.ts';
import * as WMO318 from './WMO318.ts';
import * as WMO319 from './WMO319.ts';
import * as WMO320 from './WMO320.ts';
import * as WMO323 from './WMO323.ts';
import * as WMO325 from './WMO325.ts';

/** The classes of each message. */
export interface Berichten {
  readonly '301': WMO301.Klassen;
  readonly '302': WMO302.Klassen;
  readonly '305': WMO305.Klassen;
  readonly '306': WMO306.Klassen;
  readonly '307': WMO307.Klassen;
  readonly '308': WMO308.Klassen;
  readonly '315': WMO315.Klassen;
  readonly '316': WMO316.Klassen;
  readonly '317': WMO317.Klassen;
  readonly '318': WMO318.Klassen;
  readonly '319': WMO319.Klassen;
  readonly '320': WMO320.Klassen;
  readonly '323': WMO323.Klassen;
  readonly '325': WMO325.Klassen;
}

export const STRUCTUREN: Readonly<Record<string, Structuurgegevens>> = {
  WMO301: WMO301.STRUCTUUR,
  WMO302: WMO302.STRUCTUUR,
  WMO305: WMO305.STRUCTUUR,
  WMO306: WMO306.STRUCTUUR,
  WMO307: WMO307.STRUCTUUR,
  WMO308: WMO308.STRUCTUUR,
  WMO315: WMO315.STRUCTUUR,
  WMO316: WMO316.STRUCTUUR,
  WMO317: WMO317.STRUCTUUR,
  WMO318: WMO318.STRUCTUUR,
  WMO319: WMO319.STRUCTUUR,
  WMO320: WMO320.STRUCTUUR,
  WMO323: WMO323.STRUCTUUR,
  WMO325: WMO325.STRUCTUUR,
};
