/**
 * SQL servers over the simulated network: what clients of MySQL and of PostgreSQL say and hear, on H2 databases in memory
 * whose content is written to the data directory as a script. Doors: {@code MySqlServer}, {@code PostgresServer}. Uses
 * network, time.
 *
 * <p>Intentional: statements run as a user of H2 who may not administer it, and only those of known kinds, so that nothing
 * outside a database can be reached.
 */
@org.jspecify.annotations.NullMarked
package dev.kuar.practice.sql;
