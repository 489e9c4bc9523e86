// Numbered, forward-only migrations. store/migrations/NNNN_name.sql are embedded at build.
//
// Table `migrations(number, name, checksum, applied_ms)`. Each file runs in one transaction, all of
// them under one lock (BEGIN IMMEDIATE; advisory lock on PostgreSQL), so that many servers may
// start at once. Refused with a clear Error: a database with a number that this build does not know
// ("made by a newer Aozora"), or whose checksum differs from ours ("was changed").
#pragma once

#include <string>
#include <vector>

#include "store/sql/db.h"

namespace store {

struct Migration {
    int number;
    std::string name;
    std::string sql;  // statements separated by ';' at line ends
};

const std::vector<Migration>& all_migrations();
base::Result<int> migrate(Db& db, const std::vector<Migration>& migrations = all_migrations());

}  // namespace store
