#!/bin/sh
# Run once by the database's container: County HR signs in as an ordinary role that owns its database, never as the
# superuser, who could get round the guards of the history.
set -e
psql -v ON_ERROR_STOP=1 -v password="$POSTGRES_PASSWORD" -U postgres <<'SQL'
CREATE ROLE countyhr LOGIN PASSWORD :'password';
CREATE DATABASE countyhr OWNER countyhr;
SQL
