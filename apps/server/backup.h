// A server's data as a folder: database, blobs, manifest. Taken while the server runs.
//
//   FOLDER/manifest.json
//   {"schema":"aozora-backup/1","engine","made_at","blobs","bytes","database_sha256"}
//   FOLDER/database        SQLite file or pg_dump archive
//   FOLDER/blobs/ab/cd/SHA256
// The database is copied first and names the blobs that follow; blobs never change, and none that
// is referred to is swept. A folder that holds an earlier backup gets only what is new; what its
// database no longer names is removed at the end. The manifest is written last: without it a folder
// is no backup.
#pragma once

#include <functional>
#include <string>

#include "apps/server/core/config.h"
#include "base/core/result.h"

namespace server {

struct BackupProgress {
    int64_t blobs_done = 0, blobs = 0, bytes_done = 0;
};

base::Status backup(const Config& config, const std::string& folder,
                    const std::function<void(const BackupProgress&)>& progress);

// Into an empty data folder (and an empty PostgreSQL database, where the configuration names one).
// Everything is hashed again. A damaged, foreign or newer backup is refused with the place of the
// damage, and what was put until then is taken back.
base::Status restore(const Config& config, const std::string& folder,
                     const std::function<void(const BackupProgress&)>& progress);

}  // namespace server
