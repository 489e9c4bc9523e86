// Files that clients uploaded or that batches wrote: /v1/files. The bytes are a blob, owner
// "file:ID", role "content".
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json/json.h"
#include "store/blobs/blobs.h"
#include "store/sql/db.h"

namespace server {

struct FileRow {
    std::string id;
    int64_t seq = 0, project_id = 0;
    std::string filename, purpose;
    int64_t bytes = 0, created_ms = 0;
    std::optional<int64_t> expires_ms;
};

// Gives the next number of the order of files and batches.
base::Result<int64_t> next_seq(store::Tx& tx);

base::Result<FileRow> create_file(store::Tx& tx, int64_t project_id, const std::string& filename,
                                  const std::string& purpose, const store::Blob& blob,
                                  std::optional<int64_t> expires_after_ms);
base::Result<std::optional<FileRow>> find_file(store::Db& db, int64_t project_id,
                                               const std::string& id);
struct FilePage {
    std::vector<FileRow> rows;
    bool has_more = false;
};
base::Result<FilePage> list_files(store::Db& db, int64_t project_id, const std::string& purpose,
                                  std::optional<int64_t> after, int limit, bool ascending);
base::Result<bool> delete_file(store::Tx& tx, int64_t project_id, const std::string& id);
base::Result<int64_t> delete_expired_files(store::Db& db);
base::Json file_json(const FileRow& file);

}  // namespace server
