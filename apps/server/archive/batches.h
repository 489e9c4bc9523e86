// Batches: a file of requests, worked off line by line, answered by a file (OpenAI's /v1/batches).
//
//   validating -> in_progress -> finalizing -> completed
//        |             |              (cancelling -> cancelled, expired)
//        +-> failed    +-> cancelling / expired
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json/json.h"
#include "store/sql/db.h"

namespace server {

struct BatchRow {
    std::string id;
    int64_t seq = 0, project_id = 0;
    std::string key_id, status, input_file_id;
    std::string output_file_id, error_file_id;  // "" = none
    std::string errors, metadata;               // JSON, "" = none
    int64_t lines = 0, next_line = 0;
    int64_t created_ms = 0, expires_ms = 0;
    std::optional<int64_t> in_progress_ms, finalizing_ms, completed_ms, failed_ms, expired_ms,
        cancelling_ms, cancelled_ms;
};

struct BatchCounts {
    int64_t total = 0, completed = 0, failed = 0;
};

base::Result<BatchRow> create_batch(store::Tx& tx, int64_t project_id, const std::string& key_id,
                                    const std::string& input_file_id, const std::string& metadata,
                                    int64_t window_ms);
base::Result<std::optional<BatchRow>> find_batch(store::Db& db, const std::string& id);
struct BatchPage {
    std::vector<BatchRow> rows;
    bool has_more = false;
};
base::Result<BatchPage> list_batches(store::Db& db, int64_t project_id,
                                     std::optional<int64_t> after, int limit);
// Those that are not at their end.
base::Result<std::vector<BatchRow>> open_batches(store::Db& db);
base::Result<BatchCounts> count_lines(store::Db& db, const std::string& id);
// Asks for the end: false when it has already ended.
base::Result<bool> cancel_batch(store::Tx& tx, const std::string& id);
base::Json batch_json(const BatchRow& batch, const BatchCounts& counts);

}  // namespace server
