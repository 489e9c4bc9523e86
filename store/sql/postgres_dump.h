// PostgreSQL's own programs: pg_dump and pg_restore.
//
// `variables` ("PGHOST=...") say where the database is; a command line, which everybody can read,
// holds no secrets. `address` is for messages.
#pragma once

#include <string>
#include <vector>

#include "base/core/result.h"

namespace store {

// In the custom format, under another name until it is whole.
base::Status dump_postgres(const std::vector<std::string>& variables, const std::string& address,
                           const std::string& path);
// All or nothing.
base::Status restore_postgres(const std::vector<std::string>& variables, const std::string& address,
                              const std::string& path);

}  // namespace store
