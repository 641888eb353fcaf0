/** The terms of this installation: the defaults, or what the file of KNOOPPUNT_BEWAARTERMIJNEN says otherwise. */
import { readFileSync } from 'node:fs';
import type { Config } from '../config.ts';
import { ConfiguratieFout } from '../fouten.ts';
import { type Bewaartermijnen, SCHEMA, STANDAARD_TERMIJNEN } from './regels/termijnen.ts';

/** @throws ConfiguratieFout when the file is missing, names what does not exist, or asks for what may not be */
export function leesTermijnen({ bewaartermijnenbestand }: Pick<Config, 'bewaartermijnenbestand'>): Bewaartermijnen {
  if (bewaartermijnenbestand === undefined) return STANDAARD_TERMIJNEN;
  try {
    return SCHEMA.parse(JSON.parse(readFileSync(bewaartermijnenbestand, 'utf8')));
  } catch (cause) {
    const waar =
      cause !== null && typeof cause === 'object' && 'issues' in cause
        ? (cause.issues as readonly { path: readonly PropertyKey[] }[]).map(({ path }) => path.join('.')).join(', ')
        : '';
    throw new ConfiguratieFout(`De bewaartermijnen zijn niet leesbaar of niet toegestaan${waar && `: ${waar}`}.`, {
      cause,
    });
  }
}
