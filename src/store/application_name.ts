/** How the server's own connections introduce themselves, in Postgres's views and to PGlite's bridge. */

export const APPLICATION_NAME = "neurolearn";
