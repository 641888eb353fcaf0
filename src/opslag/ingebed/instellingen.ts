/** The settings of the embedded PostgreSQL: a machine of 2 cores and 24 GB that also runs everything else. */

export const INSTELLINGEN: Readonly<Record<string, string>> = {
  // A receipt means: this message survives a power loss.
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',

  // Only this machine, only with a password.
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  max_connections: '100',

  // Checkpoints far apart and spread out, so that they don't show up as slow receipts.
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  checkpoint_completion_target: '0.9',

  // Payloads are encrypted, which doesn't compress; this build has no lz4, and pglz costs more than it saves.
  wal_compression: 'off',
  // Short statements on few cores: compiling them or handing their reads to other processes costs more than it gives.
  jit: 'off',
  io_method: 'sync',

  timezone: 'UTC',
  log_timezone: 'UTC',

  // The log tells about the server and nothing about people. Level `log` leaves out errors of statements: the text of
  // such an error may quote a value, and the client has it already. The others close every way a value could still come in.
  log_destination: 'stderr',
  logging_collector: 'off',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_statement: 'none',
  log_min_duration_statement: '-1',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
};

/** Arguments that set `instellingen` on the command line of the server. */
export function alsArgumenten(instellingen: Readonly<Record<string, string>>): string[] {
  return Object.entries(instellingen).flatMap(([naam, waarde]) => ['-c', `${naam}=${waarde}`]);
}
