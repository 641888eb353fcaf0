/** As whom the PostgreSQL programs run: as ourselves, or, because they refuse root, as a user without rights. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isRoot, type Opdracht } from '../../proces.ts';
import type { Programmas } from './programmas.ts';

export interface Uitvoerder {
  /** Full command line for a program; the process that starts becomes that program, so its pid is the program's. */
  opdracht(argumenten: readonly string[], omgeving?: Readonly<Record<string, string>>): Opdracht;
  /** Makes a file, or a folder with all in it, the property of who runs the programs. */
  eigen(pad: string): void;
}

interface Gebruiker {
  readonly naam: string;
  readonly uid: number;
  readonly gid: number;
}

/** Environment of the programs: nothing of ours, so no secret of ours. */
export const KALE_OMGEVING = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C' };

const ZICHZELF: Uitvoerder = {
  opdracht: (argumenten, omgeving) => ['env', ...toewijzingen(omgeving), ...argumenten],
  eigen: () => undefined,
};

/**
 * Capabilities to try, fewest first. None is enough when every folder on the way may be entered. A project or data
 * folder that only root may enter takes the right to look past folder permissions, and programs that only root may
 * execute (installed with umask 077), or a container that withholds the first, take the broader right.
 */
const BEVOEGDHEDEN = [null, 'dac_read_search', 'dac_override'] as const;

/**
 * Chooses who runs PostgreSQL for this data folder, by trying it.
 * @param map data folder; its parent exists
 * @throws Error with a Dutch sentence when we are root and no unprivileged user can be made to work
 */
export function kiesUitvoerder(map: string, programmas: Programmas): Uitvoerder {
  if (!isRoot()) return ZICHZELF;
  const gebruiker = kiesGebruiker(map);
  const proef = ['sh', '-c', '"$0" --version && test -r "$1" && test -x "$2"'];
  const doel = [programmas.postgres, programmas.proefbestand, dirname(map)];
  let reden = '';
  for (const bevoegdheid of BEVOEGDHEDEN) {
    const uitvoerder = alsGebruiker(gebruiker, bevoegdheid);
    const [programma, ...argumenten] = uitvoerder.opdracht([...proef, ...doel]);
    const uitkomst = spawnSync(programma, argumenten, { cwd: '/', env: KALE_OMGEVING, encoding: 'utf8' });
    if (uitkomst.status === 0) return uitvoerder;
    reden = uitkomst.error?.message ?? uitkomst.stderr.trim();
  }
  throw new Error(
    `PostgreSQL draait niet als root, en gebruiker ${gebruiker.naam} kan niet bij de programma's of bij ${dirname(map)} (${reden}). ` +
      'Start Knooppunt als gewone gebruiker, kies met --data een map die ieder mag openen, of zet DATABASE_URL.',
  );
}

/** The owner of an existing database goes on owning it; a new one goes to `postgres`, or `nobody` where that is absent. */
function kiesGebruiker(map: string): Gebruiker {
  if (existsSync(join(map, 'PG_VERSION'))) {
    const { uid, gid } = statSync(map);
    if (uid !== 0) return { naam: String(uid), uid, gid };
  }
  const regels = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const naam of ['postgres', 'nobody']) {
    const velden = regels.find((regel) => regel.startsWith(`${naam}:`))?.split(':');
    if (velden !== undefined) return { naam, uid: Number(velden[2]), gid: Number(velden[3]) };
  }
  return { naam: 'nobody', uid: 65_534, gid: 65_534 };
}

function alsGebruiker({ uid, gid }: Gebruiker, bevoegdheid: string | null): Uitvoerder {
  const setpriv = ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'] as const;
  const rechten =
    bevoegdheid === null
      ? ['--inh-caps=-all']
      : [
          ...['inh-caps', 'ambient-caps', 'bounding-set'].map((soort) => `--${soort}=-all,+${bevoegdheid}`),
          // access(2) asks on behalf of the real user, and for anyone but root the kernel then drops the effective
          // capabilities, unless this bit is set. PostgreSQL checks its own programs with access(2).
          '--securebits=+no_setuid_fixup',
        ];
  return {
    // `env` comes after setpriv: what a test puts in (LD_PRELOAD) should reach the server, not a program that is still root.
    opdracht: (argumenten, omgeving) => [...setpriv, ...rechten, 'env', ...toewijzingen(omgeving), ...argumenten],
    eigen: (pad) => {
      execFileSync('chown', ['--recursive', '--no-dereference', `${uid}:${gid}`, pad]);
    },
  };
}

function toewijzingen(omgeving: Readonly<Record<string, string>> = {}): string[] {
  return Object.entries(omgeving).map(([naam, waarde]) => `${naam}=${waarde}`);
}
